"""The README's list of all modules, a line each, made of their docstrings: `python -m
tests.helpers.tree` writes it anew.
"""

import ast
from pathlib import Path

from aigc_demo.core import model_card
from aigc_demo.core.settings import PROJECT

README = PROJECT / "README.md"
BEGIN, END = "<!-- files: begin -->", "<!-- files: end -->"


def tree() -> str:
    """Return every folder of the package with its modules, the language tables left out; each with
    its docstring's first line.
    """
    package = PROJECT / "aigc_demo"
    folders = [
        package,
        *sorted(
            {
                path.parent
                for path in package.glob("*/**/*.py")
                if path.parent.parent.name != "language"
            }
        ),
    ]
    return "\n\n".join(map(_folder, folders))


def _folder(folder: Path) -> str:
    return "\n".join(
        [
            f"{folder.relative_to(PROJECT)}/",
            *(f"  {path.name:<16} {_said(path)}" for path in sorted(folder.glob("*.py"))),
        ]
    )


def _said(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))).partition("\n")[0]


def written() -> str:
    """Return the README with the list as it is now."""
    return model_card.between(README.read_text(encoding="utf-8"), BEGIN, END, f"```\n{tree()}\n```")


if __name__ == "__main__":
    README.write_text(written(), encoding="utf-8")
