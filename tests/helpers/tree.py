"""The folders in docs/architecture.md, a line each: `python -m tests.helpers.tree` writes them."""

import ast
from pathlib import Path

from aigc_demo.core import model_card
from aigc_demo.core.settings import PROJECT

PATH = PROJECT / "docs" / "architecture.md"
BEGIN, END = "<!-- folders: begin -->", "<!-- folders: end -->"
UNLISTED = {"language", "pages", "views"}  # what they hold is told once for all families


def folders() -> list[Path]:
    """Return the package's folders with code, but those of views and of the languages."""
    found = (path.parent for path in (PROJECT / "aigc_demo").rglob("__init__.py"))
    return sorted(path for path in found if not UNLISTED & set(path.relative_to(PROJECT).parts))


def table() -> str:
    """Return a row for each folder, with the first paragraph of its docstring."""
    rows = [f"| `{path.relative_to(PROJECT)}/` | {_said(path)} |" for path in folders()]
    return "\n".join(["| folder | what it holds |", "|---|---|", *rows])


def _said(folder: Path) -> str:
    source = (folder / "__init__.py").read_text(encoding="utf-8")
    first = ast.get_docstring(ast.parse(source)).partition("\n\n")[0]
    return first.replace("\n", " ")


def written() -> str:
    """Return docs/architecture.md with the folders as they are now."""
    return model_card.between(PATH.read_text(encoding="utf-8"), BEGIN, END, table())


if __name__ == "__main__":
    PATH.write_text(written(), encoding="utf-8")
