"""Who draws: the finger that began, and the mouse's main button. Nobody else: on the pad, on the
plane, on the inpainting canvas, at a handle.
"""

import pytest
from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit
from tests.helpers.canvas import draw, painted
from tests.helpers.pointers import Fingers, drag

pytestmark = pytest.mark.browser

SHEETS = {"pad": "diffusion/digits", "inpaint": "diffusion/picture"}


def sheet(here: Visit, kind: str) -> Locator:
    panel = here.finished(SHEETS[kind])  # what arrives above the pad moves it
    canvas = panel.locator(
        {"pad": "#diffusion-pad canvas", "inpaint": ".inpaint-canvas canvas"}[kind]
    )
    expect(canvas).to_be_visible()
    clear = {
        "pad": panel.locator("#diffusion-pad button").first,
        "inpaint": panel.locator(".inpaint-canvas button.clear"),
    }[kind]
    clear.click()
    return canvas


def ink(canvas: Locator, x: float, y: float) -> int:
    """Return the brightness of a place, in shares of the side; strokes are white on black."""
    picture = painted(canvas)
    return picture.getpixel((round(x * (picture.width - 1)), round(y * (picture.height - 1))))


@pytest.fixture
def hands(visit):
    return visit(
        query="tab=diffusion&view=digits&lang=en&__theme=light",
        has_touch=True,
        reduced_motion="reduce",
    )


@pytest.mark.parametrize("kind", list(SHEETS))
def test_a_second_finger_and_other_buttons_draw_nothing(hands, kind):
    canvas = sheet(hands, kind)
    for button in ("right", "middle"):
        drag(hands.page, canvas, (0.2, 0.5), (0.8, 0.5), button=button)
    assert painted(canvas).getextrema() == (0, 0)
    fingers = Fingers(hands.page, canvas)
    fingers.touch((0.2, 0.2))
    fingers.move((0.3, 0.2))
    fingers.touch((0.3, 0.2), (0.8, 0.8))
    fingers.move((0.4, 0.2), (0.6, 0.8))
    fingers.move((0.4, 0.2), (0.8, 0.8))
    fingers.move((0.8, 0.2), (0.8, 0.8))  # the first still draws
    fingers.lift()
    assert ink(canvas, 0.3, 0.2) > 200 and ink(canvas, 0.7, 0.2) > 200
    assert [ink(canvas, x, y) for x, y in ((0.8, 0.8), (0.6, 0.8), (0.6, 0.5), (0.5, 0.5))] == [
        0,
        0,
        0,
        0,
    ]


@pytest.mark.parametrize("kind", list(SHEETS))
def test_a_stroke_ends_when_it_is_taken_away(hands, kind):
    canvas = sheet(hands, kind)
    fingers = Fingers(hands.page, canvas)
    fingers.touch((0.2, 0.3))
    fingers.move((0.4, 0.3))
    fingers.take_away()
    hands.page.mouse.move(**fingers.place((0.8, 0.8)))
    draw(hands.page, canvas, (0.2, 0.9), (0.4, 0.9))
    assert ink(canvas, 0.3, 0.3) > 200 and ink(canvas, 0.3, 0.9) > 200
    assert [ink(canvas, x, y) for x, y in ((0.8, 0.8), (0.6, 0.55), (0.3, 0.6))] == [0, 0, 0]


FIRE = """(canvas, events) => {
  const box = canvas.getBoundingClientRect();
  for (const [kind, pointerId, x, y] of events) canvas.dispatchEvent(new PointerEvent(kind, {
    pointerId, isPrimary: pointerId === 1, button: 0, bubbles: true,
    clientX: box.left + x * box.width, clientY: box.top + y * box.height,
  }));
}"""


@pytest.mark.parametrize("end", ["pointerup", "pointercancel", "lostpointercapture"])
def test_only_the_pointer_that_began_ends_the_stroke(hands, end):
    canvas = sheet(hands, "pad")
    first = [("pointerdown", 1, 0.2, 0.5), ("pointermove", 1, 0.3, 0.5)]
    canvas.evaluate(
        FIRE,
        [*first, ("pointerdown", 2, 0.8, 0.9), (end, 2, 0.8, 0.9), ("pointermove", 1, 0.6, 0.5)],
    )
    assert ink(canvas, 0.5, 0.5) > 200
    canvas.evaluate(
        FIRE, [(end, 1, 0.6, 0.5), ("pointermove", 1, 0.9, 0.5), ("pointermove", 2, 0.9, 0.9)]
    )
    assert [ink(canvas, x, y) for x, y in ((0.8, 0.5), (0.8, 0.9), (0.7, 0.7))] == [0, 0, 0]


def test_on_the_plane_only_the_first_finger_and_the_main_button_draw(visit):
    here = visit(
        query="tab=gan&view=lab&lang=en&__theme=light", has_touch=True, reduced_motion="reduce"
    )
    panel = here.finished("gan/lab")
    panel.get_by_role("radio", name=here.word("gan.lab.shape.drawn"), exact=True).check(force=True)
    hint, canvas = panel.locator(".lab .hint.over"), panel.locator("#gan-lab .field canvas").first
    expect(hint).to_be_visible()
    drag(here.page, canvas, (0.2, 0.5), (0.8, 0.5), button="right")
    expect(hint).to_be_visible()
    fingers = Fingers(here.page, canvas)
    fingers.touch((0.2, 0.2))
    fingers.touch((0.2, 0.2), (0.8, 0.8))
    fingers.move((0.8, 0.2), (0.8, 0.8))
    expect(hint).to_be_hidden()
    alpha = """(canvas, [x, y]) => {
      const pen = canvas.getContext('2d');
      return pen.getImageData(canvas.width * x, canvas.height * y, 1, 1).data[3];
    }"""
    seen = [canvas.evaluate(alpha, place) for place in ([0.5, 0.2], [0.65, 0.65], [0.8, 0.8])]
    fingers.lift()
    assert seen[0] > 0 and seen[1:] == [0, 0]


def test_a_handle_follows_the_finger_that_took_it_and_the_main_button(visit):
    here = visit(
        query="tab=maths&view=entropy&lang=en&__theme=light",
        has_touch=True,
        reduced_motion="reduce",
    )
    panel = here.finished("maths/entropy")
    knob = panel.locator("#maths-entropy .knob").first
    before = knob.get_attribute("aria-valuenow")
    drag(here.page, knob, (0.5, 0.5), (4, 0.5), button="right")
    assert knob.get_attribute("aria-valuenow") == before
    fingers = Fingers(here.page, knob)
    fingers.touch((0.5, 0.5))
    fingers.move((4, 0.5))
    expect(knob).not_to_have_attribute("aria-valuenow", before)
    risen = knob.get_attribute("aria-valuenow")
    fingers.touch((4, 0.5), (1, 4))
    fingers.move((4, 0.5), (8, 4))
    assert knob.get_attribute("aria-valuenow") == risen
    fingers.lift()
    here.page.mouse.move(**fingers.place((8, 0.5)))
    assert knob.get_attribute("aria-valuenow") == risen
