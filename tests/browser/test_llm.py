"""The language models tab: three objectives, GPT's pretraining, fine-tuning; by mouse and by
keyboard.
"""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser


def open_view(visit: object, view: str, **options: object) -> Visit:
    language = options.get("language", "en")
    here = visit(query=f"tab=llm&view={view}&lang={language}&__theme=light", **options)
    here.finished(f"llm/{view}")
    return here


def families(here: Visit) -> Locator:
    return here.page.locator("#llm-objectives .families section")


def test_a_word_is_hidden_by_a_click_and_guessed_by_all_three(visit):
    here = open_view(visit, "objectives", reduced_motion="reduce")
    stage, sections = here.page.locator("#llm-objectives"), families(here)
    expect(sections.locator("h3")).to_have_text(["GPT", "BERT", "XLNet"])
    for word in ("king", "here", "speak"):
        stage.locator(".sentence button").get_by_text(word, exact=True).click()
    expect(sections.first.locator(".bar-list")).to_have_text(
        here.word("llm.objectives.stage.nothing")
    )
    expect(here.page.locator("#objectives-sentence textarea")).to_have_value(
        "My lord, the king is not here, and I will speak to the queen."
    )
    stage.locator(".sentence button").get_by_text("lord", exact=True).press("Enter")
    for section in sections.all():
        expect(section.locator(".tile.predicted")).to_have_count(1)
        expect(section.locator(".bar-list .came b")).to_have_text("lord")
    # GPT has not seen what comes after, BERT and XLNet all of it
    expect(sections.nth(0).locator(".tile.unseen")).to_have_count(15)
    expect(sections.nth(1).locator(".tile.unseen")).to_have_count(0)
    expect(sections.nth(2).locator(".tile.unseen")).to_have_count(0)


def test_the_arrow_keys_step_from_guess_to_guess(visit):
    here = open_view(visit, "objectives", reduced_motion="reduce", language="zh")
    stage = here.page.locator("#llm-objectives .player")
    stage.press("Home")
    expect(families(here).locator(".tile.predicted")).to_have_count(0)
    stage.press("ArrowRight")
    expect(families(here).locator(".tile.predicted")).to_have_count(3)
    expect(here.page.locator("#llm-objectives .caption")).to_contain_text("猜")
    here.page.locator("#objectives-sentence textarea").fill("My [lord")
    here.button("llm/objectives", "llm.objectives.run").click()
    expect(here.toast()).to_contain_text("方括号")


def test_the_five_steps_are_reached_by_keyboard(visit):
    here = open_view(visit, "procedure")
    drawing = here.page.locator("#llm-procedure")
    for number, name in enumerate(["cut", "pass", "ask", "measure", "learn"], start=1):
        title = here.word(f"llm.procedure.stage.{name}")
        expect(drawing.locator("h3").first).to_have_text(f"{number}{title}")
        expect(drawing.locator(".said")).not_to_have_text(re.compile(r"\{\w+\}|undefined|NaN"))
        drawing.locator(".panel").press("ArrowRight")
    here.page.locator("#llm-procedure-text textarea").fill("the king and the queen")
    here.button("llm/procedure", "llm.procedure.run").click()
    expect(drawing.locator(".sequence").first.locator(".token")).to_have_count(5)


def test_the_dial_and_the_other_model(visit):
    here = open_view(visit, "finetune")
    stage = here.page.locator("#llm-finetune")
    base, tuned = stage.locator(".page").first, stage.locator(".page").nth(1)
    expect(tuned).not_to_have_text(base.inner_text())
    here.page.get_by_label(re.compile(here.word("llm.finetune.dial"))).first.fill("0")
    here.page.keyboard.press("Enter")
    expect(tuned).to_have_text(base.inner_text())
    here.page.get_by_role("radio", name="Shakespeare").check(force=True)
    expect(stage.locator(".line")).to_have_text("ROMEO, love")
    here.button("llm/finetune", "llm.finetune.replay").click()
    expect(here.page.locator("#llm-snapshots h3")).to_have_text(re.compile("\\d"))
    here.page.locator("#finetune-instruction textarea, #finetune-instruction input").first.fill(
        "ROMEO"
    )
    here.button("llm/finetune", "llm.finetune.run").click()
    expect(here.toast()).to_contain_text("keyword is empty")
