"""The journeys of docs/architecture.md name files and calls that exist, and none is long."""

import ast
import re
from pathlib import Path

import pytest

from aigc_demo.core.settings import PROJECT

DOCS = PROJECT / "docs"
TEXT = (DOCS / "architecture.md").read_text(encoding="utf-8")
JOURNEYS = dict(re.findall(r"^### (.+)\n((?:(?!^#).*\n?)*)", TEXT, re.MULTILINE))
STOP = re.compile(r"^\| \[.+?\]\((?P<file>.+?)\) \| (?P<calls>.+?) \| .+ \|$", re.MULTILINE)
PLACE = re.compile(r"`((?:aigc_demo|tests|core|ui|hub|text|diffusion|vae)/[\w/.]+)`")
MAX_FILES = 5


def defined(source: str) -> set[str]:
    """Return the names of the functions and classes in `source`, methods as Class.method."""
    names = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        if isinstance(node, ast.ClassDef):
            names |= {f"{node.name}.{m.name}" for m in node.body if isinstance(m, ast.FunctionDef)}
    return names


def stops(journey: str) -> list[tuple[Path, list[str]]]:
    """Return each file of a journey, with the calls that are named in it."""
    rows = [match.group("file", "calls") for match in STOP.finditer(JOURNEYS[journey])]
    return [((DOCS / file).resolve(), re.findall(r"`([\w.]+)`", calls)) for file, calls in rows]


def test_there_are_three_journeys():
    assert list(JOURNEYS) == [
        "How a Transformer writes",
        "How DDIM samples",
        "How words become an emoji",
    ]


@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_journey_has_at_most_five_files_and_all_it_names_exists(journey):
    files = stops(journey)
    assert 3 <= len(files) <= MAX_FILES
    for file, calls in files:
        assert file.is_file() and calls, file
        assert set(calls) - defined(file.read_text(encoding="utf-8")) == set(), file


def test_the_files_and_folders_that_the_prose_names_exist():
    named = PLACE.findall(TEXT)
    assert len(named) > 10
    roots = (PROJECT, PROJECT / "aigc_demo")
    assert [name for name in named if not any((root / name).exists() for root in roots)] == []


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("app.py", "build_app"),
        ("app.py", "wake"),
        ("ui/components.py", "starts"),
        ("ui/handlers.py", "explained"),
        ("ui/components.py", "Drawing"),
        ("core/steps.py", "TokenStep"),
        ("core/steps.py", "DenoiseStep"),
        ("text/model.py", "generate_naive"),
        ("diffusion/samplers.py", "sample"),
    ],
)
def test_what_the_prose_names_beside_the_journeys_exists(file, name):
    assert name in TEXT and file in TEXT
    assert name in defined((PROJECT / "aigc_demo" / file).read_text(encoding="utf-8"))
