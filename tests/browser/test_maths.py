"""The mathematics tab: what the page shows when its handles are moved by keyboard is what the
Python functions give.
"""

import math
import re
from dataclasses import asdict
from typing import Any

import pytest
import torch
from playwright.sync_api import expect

from aigc_demo.maths import attention, divergence, entropy, minimax, noise
from aigc_demo.maths.views.attention.view import OPENING as READ
from aigc_demo.maths.views.divergence.view import OPENING as COMPARED
from aigc_demo.maths.views.entropy.view import OPENING as TYPED
from tests.helpers.maths_stage import Stage
from tests.helpers.server import call

pytestmark = pytest.mark.browser


def answer(url: str, event: str, *inputs: object) -> Any:
    return call(url, event, list(inputs)).data[0]


def two_classes(stage: Stage) -> None:
    knob = stage.knob("guess")
    stage.press(knob, "Home", *["ArrowRight"] * 7)
    seen = entropy.binary(1, 0.07)
    shown = ("loss", "slope", "slope_z", "squared", "squared_slope", "squared_slope_z")
    stage.shows(**{name: getattr(seen, name) for name in shown})
    expect(knob).to_have_attribute("aria-valuetext", re.compile(r"0\.07.*2\.659"))
    stage.press(knob, "Home")
    stage.shows(loss=math.inf, slope=-math.inf, squared=1)
    stage.choose("y:0")
    stage.shows(loss=0)
    stage.answers_at_once(knob)
    stage.drag(0, (0.12, 0.5), (0.8, 0.6))
    expect(knob).to_have_attribute("aria-valuenow", "0.8")
    stage.shows(loss=-math.log(0.2))


def several_classes(stage: Stage) -> None:
    stage.part(2)
    stage.press(stage.knob("logit_of", name="cat"), *["ArrowUp"] * 5, "PageDown")
    logits = torch.tensor([0.7, 2.4, 0.3, -0.8, -1.5], dtype=torch.float64)
    seen = entropy.classes(logits, 0)
    stage.shows(loss=seen.loss, bits=seen.bits, perplexity=seen.perplexity)
    share = stage.knob("share_of", name="cat")
    stage.press(share, "PageUp", "ArrowUp")
    assert float(share.get_attribute("aria-valuenow")) == pytest.approx(
        round(seen.probabilities[0].item(), 2) + 0.11, abs=0.01
    )
    others = stage.knob("logit_of", name="dog").get_attribute("aria-valuenow")
    assert others == "2.4"  # only its own logit moved
    stage.press(stage.knob("logit_of", name="cat"), "Home", *["ArrowUp"] * 47)
    stage.shows(loss=seen.loss)
    stage.drawing.get_by_role(
        "button", name=stage.here.word("maths.entropy.is_true").format(name="bear"), exact=True
    ).first.press("Enter")
    stage.shows(loss=entropy.classes(logits, 4).loss)


def next_character(stage: Stage, url: str) -> None:
    stage.part(3)
    seen = answer(url, "maths_following", TYPED)
    mean = math.fsum(seen["losses"]) / len(TYPED)
    stage.shows(
        loss=-max(seen["log_p"]),
        mean=mean,
        mean_bits=mean / math.log(2),
        mean_perplexity=math.exp(mean),
    )
    stage.drawing.locator(".bar-list button").nth(1).press("Enter")
    stage.shows(loss=-sorted(seen["log_p"])[-2])
    typed = stage.drawing.get_by_label(stage.here.word("maths.text"))
    typed.fill("€")
    expect(stage.here.toast()).to_contain_text("never saw these characters: €")
    stage.shows(mean=mean)  # nothing is lost
    typed.fill("KING")
    expect(stage.drawing.locator(".strip span")).to_have_count(4)


def test_cross_entropy(app, visit):
    stage = Stage(visit, "entropy")
    two_classes(stage)
    several_classes(stage)
    next_character(stage, app.url)


def test_divergence(app, visit):
    stage = Stage(visit, "divergence", language="zh", theme="dark", width=390)
    p, q = (
        torch.tensor(row, dtype=torch.float64)
        for row in ([0.45, 0.3, 0.15, 0.1], [0.2, 0.25, 0.25, 0.3])
    )
    seen = divergence.divergence(p, q)
    stage.shows(forward=seen.forward, reverse=seen.reverse)
    top = stage.knob("of_p", name="a")
    stage.press(top, "End")
    stage.shows(forward=-math.log(0.2), reverse=math.inf)
    stage.answers_at_once(top)
    stage.drawing.get_by_role(
        "button", name=stage.here.word("maths.divergence.equal"), exact=True
    ).click()
    stage.shows(forward=0, reverse=0)
    stage.part(2)
    stage.shows(forward=0)
    stage.part(3)
    stage.press(stage.knob("mean_q"), *["ArrowLeft"] * 4)
    stage.press(stage.knob("width_p"), *["ArrowRight"] * 2)
    first, second = divergence.Gaussian(-1, 0.9), divergence.Gaussian(0.8, 1.6)
    stage.shows(
        forward=divergence.kl_gaussians(first, second),
        reverse=divergence.kl_gaussians(second, first),
    )
    stage.part(4)
    start = stage.knob("start")
    for keys, begin in (([], -1), (["End", "PageDown"], 3)):
        stage.press(start, *keys)
        there, back = (
            divergence.fit(divergence.Mixture(2, 0.6, 0.7), direction, begin)
            for direction in divergence.DIRECTIONS
        )
        stage.shows(
            forward_mean=there.mean, forward_width=there.width, fit_forward=there.divergence
        )
        stage.shows(reverse_mean=back.mean, reverse_width=back.width, fit_reverse=back.divergence)
    stage.answers_at_once(start)
    stage.part(5)
    seen = answer(app.url, "maths_readers", COMPARED)
    stage.shows(forward=seen["forward"], reverse=seen["reverse"])


def matrix(stage: Stage, number: int, columns: int) -> list[list[str]]:
    """Return the texts of one of the shown matrices, in rows."""
    texts = stage.drawing.locator(".matrix").nth(number).locator("output").all_inner_texts()
    return [texts[i : i + columns] for i in range(0, len(texts), columns)]


def test_attention(app, visit):
    stage = Stage(visit, "attention")
    cell = stage.drawing.get_by_label(
        stage.here.word("maths.attention.cell").format(name="W_Q", i=1, j=2), exact=True
    )
    cell.fill("-1.5")
    stage.choose("hand-masked:true")
    stage.slide("hand-temperature", 0.5)
    given = ([[1, 0], [0, 1], [1, 1]], [[2, -1.5], [0, 1]], [[1, 1], [-1, 2]], [[1, 0], [0, -1]])
    seen = attention.attend(
        *(torch.tensor(rows, dtype=torch.float64) for rows in given), masked=True, temperature=0.5
    )
    for place, name in zip(range(4, 11), asdict(seen), strict=True):
        expected = [
            [f"{each:.2f}".replace("-inf", "−∞").replace("-", "−") for each in row]
            for row in getattr(seen, name).tolist()
        ]
        expected = [
            [each if re.search("[1-9∞]", each) else each.strip("−") for each in row]
            for row in expected
        ]
        assert matrix(stage, place, len(expected[0])) == expected, name
    cell.fill("one")
    expect(stage.drawing.locator(".remark.wrong")).to_contain_text("“one” in W_Q is no number")
    expect(cell).to_have_attribute("aria-invalid", "true")
    stage.part(2)
    expect(stage.drawing.locator(".heads-of canvas")).to_have_count(32)
    pressed = stage.drawing.locator("[data-choice^='head:'][aria-pressed=true]")
    stage.press(pressed, "ArrowUp", "ArrowUp")  # a row of the small maps is a layer
    layer, head = (
        1 + each
        for each in divmod(int(pressed.get_attribute("data-choice").removeprefix("head:")), 8)
    )
    expect(
        pressed.get_by_role(
            "img",
            name=stage.here.word("maths.attention.head").format(layer=layer, head=head),
            exact=True,
        )
    ).to_be_visible()
    for changes in ((True, True, 1.0), (False, False, 2.0)):
        for name, on in zip(("scaled", "masked"), changes, strict=False):
            stage.choose(f"head-{name}:{str(on).lower()}")
        stage.slide("head-temperature", changes[2])
        stage.drawing.locator(".asks").nth(-1).focus()
        stage.here.page.keyboard.press("Home")
        stage.here.page.keyboard.press("ArrowDown")
        expect(stage.drawing.locator(".asks").nth(1)).to_be_focused()
        row = answer(app.url, "maths_head", READ, layer, head, *changes)["weights"][1]
        stage.shows(largest=max(row), entropy=-sum(each * math.log2(each) for each in row if each))


def test_the_minimax_game(visit):
    stage = Stage(visit, "minimax", language="zh", width=390)
    mean = stage.knob("generated_mean")
    stage.press(mean, *["ArrowLeft"] * 8)
    stage.slide("sharpness", 0.75)
    seen = minimax.game(divergence.Gaussian(-0.8, 1), divergence.Gaussian(1, 0.7), 0.75)
    stage.shows(value=seen.value, best_value=seen.best_value, js=seen.js)
    stage.answers_at_once(mean)
    stage.drawing.get_by_role(
        "button", name=stage.here.word("maths.minimax.equal"), exact=True
    ).click()
    stage.shows(value=-math.log(4), js=0)
    stage.part(2)
    start = stage.knob("start")
    stage.press(start, *["ArrowLeft"] * 4, *["ArrowUp"] * 2)
    stage.slide("rate", 0.3)
    for rule in minimax.RULES:
        stage.choose(f"rule:{rule}")
        for steps in (37, 400):
            stage.slide("round", steps)
            course = minimax.dirac(1.0, 0.5, rule, 0.3, 0.3, steps)
            theta, psi = course.path[-1].tolist()
            stage.shows(
                theta=theta, psi=psi, dirac_value=course.values[-1].item(), radius=course.radius
            )
    stage.answers_at_once(start)


def test_noise_and_the_bound(visit):
    stage = Stage(visit, "noise", theme="dark")
    when = stage.knob("t")
    stage.press(stage.knob("x_0"), *["ArrowDown"] * 6)
    stage.press(when, "PageUp", "ArrowRight")
    stage.choose("schedule:cosine")
    seen = noise.noised(1.7, 261, "cosine")
    stage.shows(alpha_bar=seen.alpha_bar, mean=seen.mean, width=seen.width, decibels=seen.decibels)
    stage.answers_at_once(when)
    stage.part(2)
    stage.press(stage.knob("t"), "End")
    linear, cosine = (noise.noised(0, 999, schedule) for schedule in noise.SCHEDULES)
    stage.shows(
        linear_kept=linear.alpha_bar,
        cosine_kept=cosine.alpha_bar,
        linear_db=linear.decibels,
        cosine_db=cosine.decibels,
    )
    stage.part(3)
    stage.press(stage.knob("q_mean"), *["ArrowRight"] * 3)
    stage.press(stage.knob("q_width"), *["ArrowLeft"] * 5)
    stage.slide("spread", 1.2)
    seen = noise.elbo(2.2, 0.55, 0.65, 1.5, 1.2)
    stage.shows(
        **{
            name: getattr(seen, name)
            for name in ("reconstruction", "kl", "elbo", "evidence", "gap")
        }
    )
    stage.drawing.get_by_role(
        "button", name=stage.here.word("maths.noise.tighten"), exact=True
    ).click()
    stage.shows(gap=0, elbo=seen.evidence)
