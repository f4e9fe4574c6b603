"""Diffusion in two dimensions, in the browser: the slider leads both ways, the network trains, a
shape is drawn.
"""

import math
import time
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit

pytestmark = pytest.mark.browser
ROOT = "#diffusion-plane .drawing"


def opened(
    visit: Any,
    *,
    language: str = "en",
    theme: str = "light",
    width: int = 1440,
    motion: str = "reduce",
) -> tuple[Visit, Locator]:
    query = f"tab=diffusion&view=plane&lang={language}&__theme={theme}"
    here = visit(query=query, language=language, width=width, reduced_motion=motion)
    view = here.finished("diffusion/plane")
    expect(view.locator(".diffusing .plane")).to_be_visible()
    return here, view


def look(view: Locator) -> dict[str, Any]:
    return view.locator(ROOT).evaluate("(root) => root.look()")


def where(view: Locator) -> dict[str, Any]:
    return view.locator(ROOT).evaluate("(root) => root.where()")


def act(view: Locator, name: str) -> Locator:
    return view.locator(f"{ROOT} [data-act={name}]")


def slide(view: Locator, to: int) -> dict[str, Any]:
    view.locator(f"{ROOT} .ride input").fill(str(to))
    return where(view)


def wait_for(view: Locator, condition: str) -> None:
    page = view.page
    page.wait_for_function(
        f"(() => {{ const root = document.querySelector('{ROOT}'), value = root.look();"
        f" return value && ({condition}); }})()"
    )


def test_the_slider_adds_noise_to_the_right_and_leads_back_to_the_left(visit):
    _, view = opened(visit)
    # at the left there is the ring
    assert max(abs(math.hypot(*place) - 2) for place in where(view)["data"]) < 0.7
    there = slide(view, 1000)
    expect(view.locator(".diffusing .now")).to_contain_text("Forward: 0.00 × point + 1.00 × noise")
    # the same noise
    assert (
        max(math.dist(a, b) for a, b in zip(there["data"], there["particles"], strict=True)) < 0.01
    )
    middle = slide(view, 400)
    expect(view.locator(".diffusing .now")).to_contain_text("Backward")
    expect(view.locator(".diffusing .level")).to_have_text("Noise t = 399")
    assert middle["way"] == "backward"
    landed = slide(view, 0)["particles"]
    assert sum(abs(math.hypot(*place) - 2) < 0.6 for place in landed) > 0.85 * len(landed)
    view.locator(f"{ROOT} .ride input").press("ArrowRight")
    assert where(view)["way"] == "forward"


def test_the_play_goes_into_the_noise_and_back(visit):
    _, view = opened(visit, language="zh", theme="dark")
    act(view, "play").click()
    wait_for(view, "root.where().way === 'forward' && root.where().u > 100")
    wait_for(view, "root.where().way === 'backward' && root.where().u < 900")
    act(view, "play").press("Enter")
    stood = where(view)["u"]
    time.sleep(0.3)
    assert where(view)["u"] == stood


def test_it_trains_from_nothing_pauses_and_rests_when_nobody_looks(visit):
    here, view = opened(visit)
    assert look(view)["done"] == 800
    act(view, "anew").click()
    wait_for(view, "value.done === 0")
    before = look(view)["gap"]
    act(view, "train").click()
    wait_for(view, "value.done > 80")
    expect(act(view, "train")).to_contain_text("s left")
    assert look(view)["gap"] < before
    here.place("diffusion/digits")
    time.sleep(0.5)
    resting = view.locator(ROOT).get_attribute("data-frames")
    time.sleep(0.6)
    assert view.locator(ROOT).get_attribute("data-frames") == resting
    here.place("diffusion/plane")
    act(view, "train").click()
    expect(view.locator(ROOT)).to_have_attribute("data-mode", "still")
    expect(view.locator(".diffusing .summary")).to_contain_text("that no network can avoid")


def test_a_sampler_is_changed_without_another_network(visit):
    _, view = opened(visit)
    path = look(view)["places"]
    view.get_by_role("radio", name="DDPM").check(force=True)
    wait_for(view, "value.rules.sampler === 'DDPM'")
    assert look(view)["done"] == 800
    assert look(view)["places"] != path
    view.get_by_role("button", name="exact score").click()
    expect(view.get_by_role("button", name="exact score")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("width", [1440, 390])
def test_a_shape_is_drawn_and_learned(visit, width):
    here, view = opened(visit, width=width)
    view.get_by_role("radio", name="draw your own").check(force=True)
    expect(view.locator(".diffusing .over")).to_be_visible()
    act(view, "train").click()
    expect(view.locator(".diffusing .problem")).to_contain_text("Nothing is drawn yet")
    plane = view.locator(".diffusing .plane")
    plane.scroll_into_view_if_needed()
    box = plane.bounding_box()
    spot = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    here.page.mouse.click(*spot)
    expect(view.locator(".diffusing .problem")).to_contain_text("one point is no distribution")
    here.page.mouse.move(*spot)
    here.page.mouse.down()
    here.page.mouse.move(spot[0] + box["width"] * 0.3, spot[1], steps=6)
    here.page.mouse.up()
    wait_for(view, "value.rules.shape === 'drawn' && value.done === 0")
    expect(view.locator(".diffusing .problem")).to_be_empty()
    act(view, "train").click()
    wait_for(view, "value.rules.shape === 'drawn' && value.done > 5")
    act(view, "train").click()
    assert here.page.evaluate("document.documentElement.scrollWidth") <= width
