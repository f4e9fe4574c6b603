"""The documents agree with each other and with what they speak of."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from aigc_demo.core.settings import PROJECT
from tests.helpers import tree

PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def prose(page: Path) -> str:
    """Return a page without its blocks of code."""
    return FENCE.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> Iterator[Path]:
    """Yield the files that `page` links to or shows."""
    for target in LINK.findall(prose(page)):
        if "://" not in target and not target.startswith("#"):
            yield (page.parent / target.partition("#")[0]).resolve()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_is_there(page):
    found = [path for path in links(page) if path.suffix != ".py"]
    assert [path for path in found if not path.is_file()] == []


def test_every_page_and_every_picture_is_linked_to():
    linked = {path for page in PAGES for path in links(page)}
    pictures = {path.resolve() for path in (PROJECT / "docs" / "images").iterdir()}
    assert (pictures | {page for page in PAGES[1:]}) - linked == set()


def test_a_dead_link_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("[there](page.md), [not](lost.md), [far](https://a.example/lost.md)\n")
    assert [path.name for path in links(page) if not path.is_file()] == ["lost.md"]


def test_the_architecture_lists_every_folder():
    written = tree.PATH.read_text(encoding="utf-8")
    assert tree.written() == written, "python -m tests.helpers.tree writes the list anew"
    assert {path.name for path in tree.folders()} >= {"core", "hub", "ui", "text", "diffusion"}
