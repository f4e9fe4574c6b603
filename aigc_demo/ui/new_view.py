"""A new view of a tab, as a folder that runs: `python -m aigc_demo.ui.new_view TAB NAME`.

What is written here is meant to be changed: a slider, and as many dots on the stage as it says.
"""

import re
import sys
from pathlib import Path
from string import Template

from aigc_demo.core.errors import DemoError
from aigc_demo.tabs import TABS

PACKAGE = Path(__file__).parent.parent
FILES = {
    "view.py": '''"""$title: what a visitor learns here, in one sentence."""

from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo.core import model_cache
from aigc_demo.core.errors import check_number
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult

ORDER = 900  # among the tab's views
FOLDER = Path(__file__).parent
OPENING = {"count": 3}


def $name(count: int) -> dict[str, Any]:
    """Return what view.js draws. Raises DemoError for a count that is out of range."""
    return {"count": check_number("count", count, 1, 9, whole=True)}


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens."""
    return [$name(**OPENING)]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    label = language.label
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            run, stop = components.run_and_stop("$key.run")
            texts = {"label": label("$key.count"), "info": label("$key.count.info")}
            count = components.Slider(1, 9, OPENING["count"], step=1, **texts)
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words("app.waking", "$key.caption")
            drawing = components.Drawing(FOLDER / "view.js", words=words, elem_id="$family-$name")
    triggers = [run.click, count.release]
    components.starts(triggers, $name, [count], drawing, api_name="${family}_$name", stop=stop)
    return InitialResult(opening, [drawing])
''',
    "view.js": """// $title. value: see view.py's `$name`.

/** @typedef {{ count: number }} Value */

/** @param {Given<Value>} given */
export default function mount({ element, props, watch }) {
  const { make, say } = window.aigc;
  const root = element.querySelector(".drawing");
  const waking = make("p", { class: "waking" }, say(props.words.waking));
  const dots = make("p", { class: "dots" });
  const caption = make("p", { class: "caption" });
  root.append(waking, dots, caption);

  function draw() {
    if (!props.value?.count) return;
    waking.hidden = true;
    dots.textContent = "●".repeat(props.value.count);
    caption.textContent = say(props.words.caption, { count: props.value.count });
  }
  watch("value", draw);
  draw();
}
""",
    "view.css": """.dots {
  font-size: 60px;
  color: var(--generated);
}
""",
    "en.toml": """title = "$title"
run = "Draw"
count = "Dots"
"count.info" = "One line on what it teaches."
caption = "{count} dots."
""",
    "zh.toml": """title = "$title（新视图）"
run = "绘制"
count = "点数"
"count.info" = "一行字，说明它教什么。"
caption = "{count} 个点。"
""",
}


def make(family: str, name: str, *, package: Path = PACKAGE) -> Path:
    """Write the folder of view `name` of the tab `family`; return it.

    Raises DemoError where there is such a view already, or the name is none for a module.
    """
    folder = package / family / "views" / name
    if not re.fullmatch(r"[a-z][a-z0-9]*", name) or folder.exists():
        raise DemoError(
            "A view's name is of small letters and digits, and new in its tab; {name} is not.",
            name=name,
        )
    filled = {"family": family, "name": name, "title": name.title(), "key": f"{family}.{name}"}
    folder.mkdir(parents=True)
    for file, text in FILES.items():
        (folder / file).write_text(Template(text).substitute(filled), encoding="utf-8")
    return folder


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in TABS:
        raise SystemExit(f"python -m aigc_demo.ui.new_view {{{','.join(TABS)}}} NAME")
    print(make(*sys.argv[1:]))
