"""A view of the mathematics tab, moved by keyboard and by mouse."""

import math
import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.helpers.browser import Visit

# How long it takes until a move of a handle is answered, drawn and laid out: of 21 moves the third
# fastest, for the machine may be busy.
PACE = """knob => {
  const times = Array.from({ length: 21 }, (_, i) => {
    const began = performance.now();
    const key = i % 2 ? "ArrowLeft" : "ArrowRight";
    knob.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    document.body.getBoundingClientRect();
    return performance.now() - began;
  });
  return times.sort((a, b) => a - b)[2];
}"""
AT_ONCE = 500  # milliseconds: an alarm; 50 and fewer are measured on idle cores
WINDOW, HEAD = 900, 189  # pixels: a window's height, and what stands above a stage


class Stage:
    """A view of the tab, its parts, its handles and its numbers."""

    def __init__(
        self,
        visit: Any,
        view: str,
        *,
        language: str = "en",
        theme: str = "light",
        width: int = 1440,
    ):
        self.here: Visit = visit(
            language=language,
            query=f"tab=maths&view={view}&lang={language}&__theme={theme}",
            width=width,
        )
        self.view = view
        self.drawing: Locator = self.here.page.locator(f"#maths-{view}")
        expect(self.drawing.locator(".tex .katex").first).to_be_visible()

    def part(self, number: int) -> None:
        """Turn to a part, from 1; nothing reaches over the edge there."""
        self.drawing.locator(".stepper button").nth(number - 1).click()
        expect(self.drawing.locator(".waking:visible")).to_have_count(0)
        expect(self.drawing.locator(".panel .tex .katex").first).to_be_visible()
        frame, panel = (self.drawing.locator(name).bounding_box() for name in (".frame", ".panel"))
        if frame["width"] > 1000:
            assert panel["y"] + panel["height"] - frame["y"] <= WINDOW - HEAD, (
                f"part {number} is taller than the window"
            )
        width = self.here.page.evaluate("document.documentElement.clientWidth")
        assert self.here.page.evaluate("document.documentElement.scrollWidth") <= width

    def knob(self, key: str, **fields: object) -> Locator:
        return self.drawing.get_by_role(
            "slider", name=self.here.word(f"maths.{self.view}.{key}").format(**fields), exact=True
        )

    def press(self, knob: Locator, *keys: str) -> None:
        knob.focus()
        for key in keys:
            self.here.page.keyboard.press(key)

    def choose(self, choice: str) -> None:
        self.drawing.locator(f"[data-choice='{choice}']").click()

    def slide(self, name: str, value: float) -> None:
        self.drawing.locator(f"[data-slider='{name}']").fill(f"{value:g}")

    def shows(self, **numbers: float) -> None:
        """Each figure shows this number, rounded to the digits that it has."""
        for key, value in numbers.items():
            text = self.drawing.locator(f"[data-figure='{key}']").inner_text()
            digits = len(text.partition(".")[2])
            expected = (
                ("∞" if value > 0 else "−∞")
                if math.isinf(value)
                else f"{value:,.{digits}f}".replace("-", "−")
            )
            assert text == (expected if re.search("[1-9∞]", expected) else expected.strip("−")), key

    def drag(self, plot: int, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drags from one place of a plot to another, in shares of its width and height."""
        box, mouse = (
            self.drawing.locator(".plot-area").nth(plot).bounding_box(),
            self.here.page.mouse,
        )
        for (x, y), act in ((start, mouse.down), (end, mouse.up)):
            mouse.move(box["x"] + x * box["width"], box["y"] + y * box["height"])
            act()

    def answers_at_once(self, knob: Locator) -> None:
        assert knob.evaluate(PACE) <= AT_ONCE
