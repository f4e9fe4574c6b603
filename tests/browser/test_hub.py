"""Models of the Hub: looked up, downloaded with progress, stopped and resumed; then chat, surprise,
the next token and filling in.
"""

import re

import pytest
from playwright.sync_api import Locator, expect

from aigc_demo.core import checkpoints
from aigc_demo.gan.model import GanConfig, build_networks
from aigc_demo.llm.presets import PRESETS
from tests.helpers.browser import Open, Visit
from tests.helpers.hub_server import Hub
from tests.helpers.server import Server

pytestmark = pytest.mark.browser
LOOK = """drawing => {
  const { filtered_probs, probs, rank, u } = drawing.look();
  return { filtered_probs: [...filtered_probs], probs: [...probs], rank, u };
}"""
REPOS = {preset.title: preset.repo for preset in PRESETS}


@pytest.fixture(scope="module")
def hub(hub_app: tuple[Server, Hub]) -> Hub:
    return hub_app[1]


@pytest.fixture(scope="module")
def app(hub_app: tuple[Server, Hub]) -> Server:
    return hub_app[0]


def opened(visit: Open, app: Server, language: str, **options: object) -> tuple[Visit, Locator]:
    here = visit(
        language=language,
        query=f"tab=llm&view=hub&lang={language}&__theme=light",
        url=app.url,
        **options,
    )
    panel = here.page.locator("#view-llm-hub")
    expect(panel.locator("#hub-models tbody tr")).to_have_count(len(PRESETS) + 1)
    return here, panel


def choose(here: Visit, panel: Locator, title: str) -> Locator:
    """Pick a preset; return the card that tells of it."""
    panel.get_by_role("radio", name=title, exact=True).check(force=True)
    card = panel.locator("#llm-hub-card")
    expect(card.locator(".name")).to_contain_text(REPOS[title])
    return card


def bring(here: Visit, panel: Locator, title: str) -> Locator:
    """Pick a preset and download it where it is not here; return its card."""
    card = choose(here, panel, title)
    panel.locator("#llm-hub-look").click()
    expect(card.locator("dl")).to_be_visible()
    if "present" not in card.locator(".offer").get_attribute("class"):
        panel.get_by_role("button", name=here.word("hub.download"), exact=True).click()
    expect(card.locator(".present")).to_have_count(1)
    expect(panel.locator("#hub-task")).to_be_visible()
    return card


def task(here: Visit, panel: Locator, name: str) -> None:
    panel.locator("#hub-task").get_by_role(
        "radio", name=here.word(f"llm.hub.task.{name}"), exact=True
    ).check(force=True)


def it_writes(panel: Locator) -> None:
    """A model writes by itself, and what it might have written is seen."""
    expect(panel.locator("#hub-write .generated")).not_to_be_empty()
    expect(panel.locator("#hub-write .caret")).to_be_hidden()
    panel.locator(".tint button").click()
    panel.locator("#hub-write .page").press("End")
    expect(panel.locator("#hub-write .expected li.came")).to_have_count(1)


def it_reads(here: Visit, panel: Locator) -> None:
    """A text is read: what each token cost."""
    task(here, panel, "surprise")
    panel.locator("#hub-surprise-text textarea").fill("To be or not")
    panel.locator("#hub-surprise-run").click()
    drawing = panel.locator("#hub-surprise")
    expect(drawing.locator(".page .cell")).to_have_count(12)
    drawing.locator(".page .cell").nth(2).click()
    expect(drawing.locator(".expected .glyph")).to_have_text("␣")


def it_branches(here: Visit, panel: Locator) -> None:
    """The next token is drawn in the browser as in the server; another opens a branch."""
    task(here, panel, "next")
    drawing = panel.locator("#hub-next .drawing")
    here.page.wait_for_function(
        "drawing => drawing.look && drawing.querySelector('[data-at]')",
        arg=drawing.element_handle(),
    )
    expect(drawing.locator(".branch")).to_have_count(1)
    drawing.locator("[data-at='2']").click()
    seen = drawing.evaluate(LOOK)
    before = sum(seen["filtered_probs"][: seen["rank"]])
    # the browser draws what the server drew
    assert before <= seen["u"] < before + seen["filtered_probs"][seen["rank"]]
    assert sum(seen["probs"]) == pytest.approx(1)
    drawing.locator(".candidate:not(.standing)").first.click()
    expect(drawing.locator(".branch")).to_have_count(2)
    expect(drawing).to_have_attribute("data-position", "3")


def test_a_model_is_looked_up_downloaded_stopped_resumed_and_read_into(visit, app, hub):
    here, panel = opened(visit, app, "en")
    hub.asked.clear()
    card = choose(here, panel, "GPT-2")
    expect(card).to_contain_text(here.word("hub.absent"))
    assert hub.asked == []  # a choice asks nobody
    download, stop = (
        panel.get_by_role("button", name=here.word(word), exact=True).first
        for word in ("hub.download", "shared.stop")
    )
    expect(download).to_be_hidden()

    panel.locator("#llm-hub-look").click()  # 1. what it would be
    expect(card).to_contain_text("3.8 MB")
    expect(card).to_contain_text("mit")
    assert not any("safetensors" in asked for asked in hub.asked)

    hub.pace = 0.25
    download.click()  # 2. on its way, then stopped
    expect(card.locator("[role=progressbar]")).to_be_visible()
    expect(card).to_contain_text("MB/s")
    expect(card).to_contain_text("left, about")
    # percent: more than its configuration
    expect(card.locator("[role=progressbar]")).to_have_attribute(
        "aria-valuenow", re.compile(r"\d\d")
    )
    stop.click()
    expect(card).to_contain_text("are here and stay")
    expect(card).not_to_contain_text("MB/s")
    here.page.wait_for_timeout(1500)
    hub.pace = 0
    hub.asked.clear()
    download.click()  # 3. resumed
    expect(card.locator(".present")).to_have_count(1)
    assert any(asked.startswith("GET /cdn/") and "bytes=" in asked for asked in hub.asked)

    it_writes(panel)  # 4. its first task begins by itself
    it_reads(here, panel)
    it_branches(here, panel)


def test_chinese_a_conversation_is_streamed_and_hidden_words_are_filled_in(visit, app, hub):
    here, panel = opened(visit, app, "zh")
    bring(here, panel, "SmolLM2")
    log = panel.locator("#hub-chat")
    expect(log).to_contain_text(here.word("llm.hub.chat.stage.empty")[:8])
    panel.get_by_role("button", name=here.word("llm.hub.chat.run"), exact=True).click()
    expect(log.locator(".bubble")).to_have_count(2)
    expect(log.locator(".caption")).to_contain_text("每秒")
    expect(log.locator(".caret")).to_have_count(0)
    expect(panel.locator("#hub-chat-message textarea")).to_have_value("")
    panel.locator("#hub-shelf button").first.click()
    bring(here, panel, "BERT")
    expect(panel.locator("#hub-fill section")).to_have_count(2)
    panel.locator("#hub-fill-text textarea").fill("to [MASK] or not")
    panel.locator("#hub-fill-run").click()
    expect(panel.locator("#hub-fill section")).to_have_count(1)
    rows = panel.locator("#hub-fill .bar-row")
    expect(rows).to_have_count(6)
    word = rows.nth(1).locator("b").inner_text()
    rows.nth(1).click()
    expect(panel.locator("#hub-fill .slot")).to_have_text(word)
    here.page.set_viewport_size({"width": 390, "height": 900})
    for name in ("fill", "table"):
        task(here, panel, name)
        assert here.page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_not_there_is_explained_and_nothing_is_lost(visit, app, language):
    here, panel = opened(visit, app, language)
    choose(here, panel, "Qwen2.5")  # which is not here
    panel.locator("#llm-hub-name").locator("input, textarea").fill("nobody/nothing")
    panel.locator("#llm-hub-look").click()
    expect(here.toast()).to_contain_text(
        {"en": "The Hub has no nobody/nothing", "zh": "Hub 上没有 nobody/nothing"}[language]
    )
    expect(panel.locator("#llm-hub-card .name")).to_contain_text(REPOS["Qwen2.5"])


def test_other_weights_are_one_visitors_alone(visit, app, hub, tmp_path):
    config = GanConfig(latent=4, width=4)
    checkpoints.save(tmp_path, config, build_networks(config))
    checkpoints.write_json(tmp_path / "metrics.json", {"name": "gan-digits", "figures": []})
    hub.add("someone/gan", tmp_path)
    mine, other = (visit(query="tab=gan&view=pictures&lang=en", url=app.url) for _ in range(2))
    pictures = """grid => JSON.stringify(
      [...grid.querySelectorAll('canvas')].slice(0, 3).map((canvas) => canvas.toDataURL()))"""

    def generated(here: Visit) -> str:
        """What stands in the grid when it was made anew."""
        panel = here.page.locator("#view-gan-pictures")
        expect(panel.locator("#gan-grid canvas")).to_have_count(40)
        with here.page.expect_response(lambda response: "queue/data" in response.url):
            panel.get_by_role("button", name=here.word("gan.run"), exact=True).first.click()
        here.page.wait_for_timeout(1500)
        return panel.locator("#gan-grid").evaluate(pictures)

    shipped = generated(mine)
    panel = mine.page.locator("#view-gan-pictures")
    panel.locator("#gan_pictures-weights button").first.click()
    panel.locator("#gan-pictures-weights-name").locator("input, textarea").fill("someone/gan")
    panel.locator("#gan-pictures-weights-look").click()
    panel.get_by_role("button", name=mine.word("hub.download"), exact=True).click()
    expect(panel.locator("#gan-pictures-weights-card .present")).to_have_count(1)
    assert generated(mine) != shipped
    assert generated(other) == shipped
    panel.get_by_role("button", name=mine.word("hub.weights.back"), exact=True).click()
    expect(panel.locator("#gan-pictures-weights-card .present")).to_have_count(0)
    assert generated(mine) == shipped
