"""KaTeX, as Gradio ships it, for drawings whose formulas change in the browser."""

from pathlib import Path

import gradio

ASSETS = Path(gradio.__file__).parent / "templates" / "frontend" / "assets"


def address() -> dict[str, str]:
    """Return where the page finds KaTeX's script and its style sheet; empty where Gradio's release
    holds none under these names.
    """
    found = {
        kind: next(iter(sorted(ASSETS.glob(f"katex-*.{kind}"))), None) for kind in ("js", "css")
    }
    return {kind: f"assets/{path.name}" for kind, path in found.items() if path}
