"""The guides lead to the plain algorithms, under the names that these have in the code."""

import importlib

import pytest

from aigc_demo.core.settings import PROJECT

PLAIN = [
    ("text", "model", "generate_naive"),
    ("gan", "train", "plain_step"),
    ("vae", "train", "plain_step"),
    ("diffusion", "samplers", "sample"),
    ("llm", "training_step", "pretrain_once"),
]


@pytest.mark.parametrize(("family", "module", "name"), PLAIN)
def test_both_guides_of_a_family_name_its_plain_algorithm(family, module, name):
    assert callable(getattr(importlib.import_module(f"aigc_demo.{family}.{module}"), name))
    for language in ("en", "zh"):
        guide = (PROJECT / "aigc_demo" / family / f"guide.{language}.md").read_text("utf-8")
        assert any(f"`{name}`" in line and f"`{module}.py`" in line for line in guide.splitlines())
