"""The laboratory in the browser: it runs, step by step and at full speed, and rests when nobody
looks.
"""

import time
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser


def opened(
    visit: Any, *, language: str = "en", theme: str = "light", width: int = 1440
) -> tuple[Visit, Locator]:
    here = visit(
        query=f"tab=gan&view=lab&lang={language}&__theme={theme}", language=language, width=width
    )
    view = here.finished("gan/lab")
    expect(view.locator(".lab .plane")).to_be_visible()
    return here, view


def frame(view: Locator) -> dict[str, Any]:
    return view.locator("#gan-lab .drawing").evaluate("(root) => root.look()")


def frames(view: Locator) -> int:
    return int(view.locator("#gan-lab .drawing").get_attribute("data-frames") or 0)


def act(view: Locator, name: str) -> Locator:
    return view.locator(f"[data-act={name}]")


def wait_for(view: Locator, condition: str) -> None:
    view.page.wait_for_function(
        "(() => { const value = document.querySelector('#gan-lab .drawing').look();"
        f" return {condition}; }})()"
    )


def test_it_runs_and_pauses(visit):
    _, view = opened(visit)
    assert frames(view) == 0  # nothing runs unasked
    assert frame(view)["rounds"] == 400
    act(view, "run").click()
    wait_for(view, "value.rounds > 410")
    before = frames(view)
    wait_for(view, "value.rounds > 440")
    assert frames(view) > before + 1
    act(view, "run").click()
    expect(view.locator("#gan-lab .drawing")).to_have_attribute("data-mode", "still")
    time.sleep(0.5)
    still = frames(view)
    time.sleep(0.5)
    assert frames(view) == still
    expect(view.locator(".lab .summary")).to_contain_text("of 8 islands reached")


def test_one_step_of_d_changes_d_alone_and_one_of_g_changes_g(visit):
    _, view = opened(visit)
    before = frame(view)
    act(view, "one_D").click()
    expect(view.locator(".lab .steps [aria-current=step]")).to_contain_text("D learns")
    d = frame(view)
    assert d["surface"] != before["surface"]
    assert d["points"]["generated"] == before["points"]["generated"]
    act(view, "one_G").press("Enter")
    expect(view.locator(".lab .steps [aria-current=step]")).to_contain_text("G learns")
    g = frame(view)
    assert g["surface"] == d["surface"]
    assert g["points"]["generated"] != d["points"]["generated"]
    assert g["rounds"] == 401


def test_slow_motion_lights_the_steps_in_turn(visit):
    _, view = opened(visit, language="zh", theme="dark")
    act(view, "slow").click()
    for place in (1, 2, 3, 4):  # from 0: real points, noise, D judges, D learns
        wait_for(
            view,
            f"document.querySelectorAll('.lab .steps li')[{place}].matches('[aria-current=step]')",
        )
    act(view, "slow").click()
    expect(view.locator(".lab .steps")).to_contain_text("采样真实点")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_shape_is_drawn_and_learned(visit, width):
    here, view = opened(visit, width=width)
    view.get_by_role("radio", name="draw your own").check(force=True)
    expect(view.locator(".lab .over")).to_be_visible()
    act(view, "run").click()
    expect(view.locator(".lab .problem")).to_contain_text("Nothing is drawn yet")
    plane = view.locator(".lab .plane")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    spot = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    here.page.mouse.click(*spot)
    expect(view.locator(".lab .problem")).to_contain_text("one point is no distribution")
    here.page.mouse.move(*spot)
    here.page.mouse.down()
    here.page.mouse.move(spot[0] + box["width"] * 0.3, spot[1], steps=6)
    here.page.mouse.up()
    wait_for(view, "value.rules.shape === 'drawn' && value.rounds === 0")
    expect(view.locator(".lab .problem")).to_be_empty()
    act(view, "run").click()
    wait_for(view, "value.rules.shape === 'drawn' && value.rounds > 5")
    act(view, "run").click()
    assert here.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_shape_is_drawn_by_keys(visit):
    _, view = opened(visit)
    view.get_by_role("radio", name="draw your own").check(force=True)
    plane = view.locator(".lab .plane")
    for key in ("Space", *["ArrowRight"] * 8, "Space"):
        plane.press(key)
    wait_for(view, "value.rules.shape === 'drawn'")
    expect(view.locator(".lab .problem")).to_be_empty()


def test_it_breaks_and_is_mended_and_the_controls_follow(visit):
    _, view = opened(visit)
    act(view, "small").click()
    wait_for(view, "value.rules.width_g === 1 && value.rounds > 0 && value.weights.G === 9")
    expect(view.locator(".lab .note")).to_contain_text("One unit a layer")
    act(view, "fast").click()
    wait_for(view, "value.rules.rate_g === 0.05 && value.rules.width_g === 32")
    expect(view.get_by_role("radio", name="0.05", exact=True).first).to_be_checked()
    view.get_by_role("button", name="Mend it: Learning rate × 10").click()
    wait_for(view, "value.rules.rate_g === 0.005 && value.rounds > 0")
    expect(view.get_by_role("radio", name="0.005", exact=True).first).to_be_checked()
    view.get_by_role("radio", name="Wasserstein").check(force=True)
    wait_for(view, "value.rules.loss === 'wasserstein' && value.rounds > 0")
    expect(view.locator(".lab .truth")).to_contain_text("no D* and no V")


def test_nothing_runs_on_when_another_view_is_open(visit):
    here, view = opened(visit)
    act(view, "run").click()
    wait_for(view, "value.rounds > 405")
    here.place("gan/mix")
    time.sleep(0.5)
    resting = frames(view)
    time.sleep(0.7)
    assert frames(view) == resting
    here.place("gan/lab")
    wait_for(view, "value.rounds > 420")
