"""The README: a valid Space card, short, and what it says to type works."""

import re
import subprocess
import sys

import gradio
import pytest
from huggingface_hub import SpaceCard
from huggingface_hub.repocard import metadata_load

import aigc_demo
from aigc_demo.core.settings import PROJECT
from aigc_demo.ui import glossary
from aigc_demo.ui.tour import STOPS

README = PROJECT / "README.md"
TEXT = README.read_text(encoding="utf-8")
MAX_BYTES = 9_000
MAX_DESCRIPTION = 60  # characters of a Space's short description


def test_it_is_short_and_tells_who_reads_chinese_what_this_is():
    assert len(TEXT.encode()) <= MAX_BYTES
    assert len(re.findall("[一-鿿]", TEXT)) > 50


def test_its_front_matter_is_a_space_card():
    card, raw = SpaceCard(TEXT).data, metadata_load(README)
    assert (card.sdk, card.license, card.title) == ("gradio", "mit", "AIGC Demo")
    assert (PROJECT / card.app_file).is_file()
    assert len(raw["short_description"]) <= MAX_DESCRIPTION
    assert card.sdk_version.split(".")[:2] == gradio.__version__.split(".")[:2]
    assert isinstance(raw["python_version"], str)  # 3.10 would be 3.1


def snippets() -> list[str]:
    return re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.mark.parametrize("snippet", snippets())
def test_its_python_runs(snippet):
    command = [sys.executable, "-c", snippet]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    model = aigc_demo.load("text-transformer-shakespeare")
    steps = model.generate("ROMEO:", max_new_tokens=200, temperature=0.8, seed=7)
    assert done.stdout == "".join(step.text for step in steps)


def test_it_names_the_two_commands_that_the_makefile_has():
    commands = re.findall(r"^make (\w+)$", TEXT, re.MULTILINE)
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    assert commands == ["demo", "test"]
    assert all(re.search(rf"^{command}:", makefile, re.MULTILINE) for command in commands)
    assert snippets()


@pytest.mark.parametrize("page", ["README.md", "docs/tabs.md"])
def test_the_tours_stops_and_the_glossarys_terms_are_counted_right(page):
    text = (PROJECT / page).read_text(encoding="utf-8")
    assert len(STOPS) == 14 and "fourteen stops" in text
    assert f"{len(glossary.terms('en'))} terms" in text
