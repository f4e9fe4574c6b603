"""What is told over the page is text: whatever a visitor or an address puts into it, it is shown as
typed, and nothing is fetched.
"""

import json
import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Route, expect

from aigc_demo.ui.views import views
from tests.helpers.browser import Visit
from tests.helpers.canvas import counter

pytestmark = pytest.mark.browser

MARKUPS = ["<img src=/beacon>", "<b>a</b> &lt; **c** `d`", "<svg/onload=fetch('/beacon')>"]
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def beacons(here: Visit) -> list[str]:
    asked: list[str] = []
    here.page.on(
        "request",
        lambda request: (
            request.url.partition("?")[0].endswith("/beacon") and asked.append(request.url)
        ),
    )
    return asked


def told(here: Visit, count: int = 1) -> str:
    """Return what the messages say, of which there are `count` without an element in them."""
    messages = here.page.get_by_test_id("toast-text")
    expect(messages).to_have_count(count)
    here.page.evaluate(PAINTED)  # by now a picture in them would have been asked for
    assert messages.locator("*").count() == 0
    return "\n".join(messages.all_text_contents())


def dismiss(here: Visit) -> None:
    here.page.get_by_test_id("toast-close").click()
    expect(here.toast()).to_have_count(0)


@pytest.mark.parametrize("turn", range(len(MARKUPS)))
def test_what_an_address_asks_for_is_repeated_as_text(visit, turn):
    here = visit(query="tab=maths&lang=en")
    asked = beacons(here)
    wishes = {
        key: MARKUPS[(turn + i) % len(MARKUPS)] for i, key in enumerate(("tab", "lang", "tour"))
    }
    here.page.goto(f"{here.page.url.partition('?')[0]}?{urlencode(wishes)}")
    text = told(here, count=3)
    assert [wish for wish in wishes.values() if f"“{wish}”" not in text] == []
    assert asked == []


def test_a_view_that_there_is_not_is_repeated_as_text_in_chinese(visit):
    here = visit(language="zh", query=urlencode({"tab": "gan", "view": MARKUPS[0], "lang": "zh"}))
    names = ", ".join(views("gan"))
    assert told(here) == here.word("app.unknown_view").format(
        value=MARKUPS[0], tab="gan", names=names
    )


def test_an_error_repeats_what_a_visitor_chose_as_text(visit):
    here = visit(query="tab=diffusion&view=digits&lang=en", reduced_motion="reduce")
    here.finished("diffusion")
    asked = beacons(here)
    chosen = ["DDIM"]

    def choose(route: Route) -> None:  # a sampler that the page does not offer
        sent = json.loads(route.request.post_data)
        sent["data"] = [chosen[-1] if value == "DDIM" else value for value in sent["data"]]
        route.continue_(post_data=json.dumps(sent))

    here.page.route("**/gradio_api/queue/join*", choose)
    for markup in MARKUPS:
        chosen.append(markup)
        here.button("diffusion/digits", "diffusion.run").click()
        assert f"“{markup}”" in told(here)
        dismiss(here)
    assert counter(here.page.locator("#diffusion-film .player"))[1] > 1  # nothing is lost
    assert asked == []


def test_an_error_repeats_what_a_visitor_typed_as_text(visit):
    here = visit(query="tab=llm&view=finetune&lang=en")
    panel = here.finished("llm/finetune")
    asked = beacons(here)
    panel.get_by_role("radio", name="Shakespeare", exact=True).check(force=True)
    line = panel.locator("#finetune-instruction textarea")
    expect(line).to_have_value(re.compile("^[A-Z]+, "))  # the other model's example has come
    for keyword in ("<i>love</i>", "a&amp;b", "<s>love</s>"):
        line.fill(f"ROMEO, {keyword}")
        panel.get_by_role("button", name=here.word("llm.finetune.run"), exact=True).click()
        assert f"“{keyword}”" in told(here)
        dismiss(here)
    assert asked == []
