"""The view `emoji` of the VAE tab: by mouse, by keyboard, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser


def opened(visit, *, language: str = "en", theme: str = "light", width: int = 1440) -> Visit:
    here = visit(
        query=f"tab=vae&view=emoji&lang={language}&__theme={theme}", language=language, width=width
    )
    expect(here.page.locator("#vae-emoji .drawing")).to_have_attribute("data-shown", "🐼 🍎")
    return here


@pytest.mark.parametrize("width", [1440, 390])
def test_an_emoji_comes_back_and_becomes_another(visit, width):
    here = opened(visit, width=width)
    view = here.page.locator("#view-vae-emoji")
    x, x_hat, slider, caption = (
        view.locator(".end canvas").first,
        view.locator(".end canvas").last,
        view.get_by_role("slider"),
        view.locator(".caption"),
    )
    expect(caption).to_contain_text("dB")
    before = x_hat.evaluate("(canvas) => canvas.toDataURL()")
    # a glyph, not a box
    assert (
        x.evaluate(
            "(canvas) => new Set(canvas.getContext('2d').getImageData(0, 0, 64, 64).data).size"
        )
        > 20
    )
    slider.press("End")
    expect(caption).to_contain_text("dB")
    slider.press("ArrowLeft")
    expect(caption).to_contain_text("t = 0.95")
    assert x_hat.evaluate("(canvas) => canvas.toDataURL()") != before
    assert here.page.evaluate("document.documentElement.scrollWidth") <= width


def test_another_emoji_is_chosen_or_typed_and_letters_after_it_are_left_out(visit):
    here = opened(visit, language="zh", theme="dark")
    view, drawing = here.page.locator("#view-vae-emoji"), here.page.locator("#vae-emoji .drawing")
    view.get_by_role("radio", name="🚀").first.check(force=True)
    expect(drawing).to_have_attribute("data-shown", "🚀 🍎")
    typed = view.get_by_role("textbox").last
    typed.fill("🦋 and more")
    expect(drawing).to_have_attribute("data-shown", "🚀 🦋")
    expect(view.get_by_role("slider")).to_have_value("20")  # what has just been chosen is seen
    typed.fill(" ")
    expect(view.locator(".problem")).to_contain_text("请输入或选择一个表情")
    expect(drawing).to_have_attribute("data-shown", "🚀 🦋")
