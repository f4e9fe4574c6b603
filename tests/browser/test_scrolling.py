"""Whatever can be scrolled is reached by the keyboard, whatever stands in it."""

import pytest

from tests.helpers import access

pytestmark = pytest.mark.browser

LONG = "a long text that no box holds whole " * 400
PLACES = (
    "text/mask",
    "text/tokens",
    "text/write",
    "llm/objectives",
    "maths/attention",
    "overview/contest",
)
# All that the styles let scroll, filled until it has to; returns how many there were.
FILL = """([view, text]) => {
  const scrolls = (each) => ["overflowX", "overflowY"]
    .some((axis) => ["auto", "scroll"].includes(getComputedStyle(each)[axis]));
  const boxes = [...document.querySelectorAll(`#view-${view} *`)]
    .filter((each) => each.getClientRects().length && scrolls(each))
    .filter((each) => !each.matches("textarea, input, select"));
  for (const each of boxes) {
    const wide = document.createElement("span");
    wide.className = "filling";
    wide.setAttribute("aria-hidden", "true");
    wide.style.cssText =
      "display: block; white-space: nowrap; min-width: 4000px; min-height: 2000px";
    wide.textContent = text;
    each.append(wide);
  }
  return boxes.length;
}"""
SHUT = """view => [...document.querySelectorAll(`#view-${view} *`)].filter((each) => {
  const { overflowX, overflowY } = getComputedStyle(each);
  const scrolls = (how) => ["auto", "scroll"].includes(how);
  const beyond = (each.scrollWidth > each.clientWidth && scrolls(overflowX))
    || (each.scrollHeight > each.clientHeight && scrolls(overflowY));
  return each.clientWidth && beyond && each.tabIndex < 0;
}).map((each) => each.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def reader(visits):
    return visits(
        query="tab=text&view=mask&lang=en&__theme=light",
        script=access.SCRIPT,
        reduced_motion="reduce",
    )


@pytest.mark.parametrize("place", PLACES)
def test_each_box_that_scrolls_takes_the_focus(reader, place):
    reader.finished(place)
    view = place.replace("/", "-")
    filled = reader.page.evaluate(FILL, [view, LONG])
    assert filled > 0
    reader.page.wait_for_function(f"view => !({SHUT})(view).length", arg=view, timeout=10_000)
    nameless = reader.page.locator(
        f"#view-{view} [data-scrolls]:not([aria-label], [aria-labelledby])"
    )
    assert nameless.count() == 0
    found = access.faults(reader.page, place.partition("/")[0], colours=False)
    assert [fault for fault in found if "scrollable-region-focusable" in fault] == []
    reader.page.evaluate("document.querySelectorAll('.filling').forEach((each) => each.remove())")
    reader.page.wait_for_function("!document.querySelector('[data-scrolls] > .filling')")
