"""Who may import whom: DESIGN.md's five rules. Imports are read from the source, those inside
functions too.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from aigc_demo.ui.modules import GENERATED, modules

PROJECT = Path(__file__).resolve().parent.parent
PACKAGE = PROJECT / "aigc_demo"
HOUSE = {"core", "hub", "serving", "ui"}  # what is no family
FAMILIES = sorted(
    path.parent.name for path in PACKAGE.glob("*/__init__.py") if path.parent.name not in HOUSE
)
SOURCES = {
    ".".join(path.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
GRADIO = {"gradio", "gradio_client"}

# What a module imports beyond the rules, and why.
EXCEPTIONS = {
    "aigc_demo.core.checkpoints": {"hub": "a checkpoint that is named owner/name is fetched"},
    "aigc_demo.core.data_sources": {"hub": "a data set is fetched on request"},
    "aigc_demo.core.model_cache": {"hub": "a model of the Hub is kept beside those of the folder"},
    "aigc_demo.llm.hub": {"hub": "its models are the Hub's"},
    "aigc_demo.llm.hub_generate": {"text": "it draws its tokens as the models of text do"},
    "aigc_demo.llm.presets": {"hub": "its models are the Hub's"},
    "aigc_demo.diffusion.hub": {"hub": "its models are the Hub's"},
    "aigc_demo.diffusion.presets": {"hub": "its models are the Hub's"},
    "aigc_demo.audio.network": {"text": "its blocks are made of the Transformer's parts"},
    "aigc_demo.audio.spoken_evaluate": {
        "judge": "distances of words are measured as those of digits"
    },
    "aigc_demo.audio.spoken_network": {"diffusion": "its blocks are those of the digits' denoiser"},
    "aigc_demo.audio.spoken_model": {
        "diffusion": "it generates spectrograms as digits are painted"
    },
    "aigc_demo.audio.spoken_train": {"diffusion": "it adds noise by the digits' schedule"},
    "aigc_demo.llm.network": {"text": "its blocks are made of the Transformer's parts"},
    "aigc_demo.llm.lora": {"text": "it fine-tunes the text models' Transformers"},
    "aigc_demo.llm.instructions": {
        "text": "a fine-tuned text model writes as the text models do, and keeps the poems' form"
    },
    "aigc_demo.llm.instruction_data": {
        "text": "it reads the poems that the text models are trained on"
    },
    "aigc_demo.llm.finetune": {"text": "it fine-tunes a text model"},
    "aigc_demo.llm.preference": {"text": "it teaches a text model what was preferred"},
    "aigc_demo.llm.prosody_pairs": {"text": "a text model writes the poems that the rules judge"},
    "aigc_demo.llm.prosody_train": {"text": "it teaches a text model the rules of verse"},
    "aigc_demo.llm.evaluate_prosody": {"text": "what was forgotten is measured as the base was"},
    "aigc_demo.llm.evaluate_instructions": {
        "text": "what was forgotten is measured as the base was"
    },
    "aigc_demo.maths.heads": {
        "text": "it shows a real head beside the one that is computed by hand"
    },
    "aigc_demo.llm.inspection": {
        "text": "its draws are those of the text models, to be made again by the same script"
    },
    "aigc_demo.llm.views.hub.write": {
        "text views": "a model of the Hub writes on the text tab's own page"
    },
    "aigc_demo.llm.views.hub.next_token": {
        "text views": "the next token of a model of the Hub is laid open by the text tab's own "
        "drawing"
    },
    "aigc_demo.llm.views.hub.surprise": {
        "text views": "a model of the Hub reads on the text tab's own page"
    },
    "aigc_demo.gan.evaluate": {"judge": "its digits are measured by a classifier trained on MNIST"},
    "aigc_demo.gan.views.families.view": {"judge": "it measures two families' digits side by side"},
    "aigc_demo.overview.comparison": {"judge": "what four generators paint is measured alike"},
    "aigc_demo.overview.views.contest.view": {
        "judge": "it finds the training picture that is nearest to each"
    },
    "aigc_demo.vae.evaluate": {"judge": "its digits are measured by a classifier trained on MNIST"},
    "aigc_demo.diffusion.evaluate": {
        "judge": "its digits are measured by a classifier trained on MNIST"
    },
    "aigc_demo.diffusion.quality": {
        "judge": "its digits are measured by a classifier trained on MNIST"
    },
}


def part(module: str) -> str:
    """Return to which part of the house a module belongs: core, serving, ui, app, __main__, a
    family, or a family's views.
    """
    first, *rest = [*module.split(".")[1:], ""]
    if first in FAMILIES:
        return f"{first} views" if rest[0] == "views" else first
    return first if first in (*HOUSE, "app", "__main__") else "core"


def allowed(module: str) -> set[str]:
    """Return the parts that a module may import."""
    here = part(module)
    family = here.removesuffix(" views")
    # rules 1 and 3
    rules = {"core": {"core"}, "hub": {"core", "hub"}, "serving": {"core", "serving"}}
    rules["ui"] = {"core", "hub", "serving", "ui", "gradio"}
    # rule 5
    rules["app"] = {*rules["ui"], *(f"{name} views" for name in FAMILIES)}
    rules["__main__"] = {"core", "hub", "serving", "app", *FAMILIES}
    if here in FAMILIES:
        rules[here] = {"core", here}  # rule 2
    if here.endswith(" views"):
        rules[here] = {"core", "hub", "ui", "gradio", family, here}  # rule 4
    return rules[here] | set(EXCEPTIONS.get(module, {}))


def imported(source: str, module: str) -> Iterator[str]:
    """Yield the full names of what `source` imports; `from a import b` counts as a.b where that is
    a module.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (
                f"{base}.{alias.name}" if f"{base}.{alias.name}" in SOURCES else base
                for alias in node.names
            )


def arrows(source: str, module: str) -> list[str]:
    """Return the imports of `source` that break a rule, each as one line."""
    parts = {name: "gradio" for name in imported(source, module) if name.split(".")[0] in GRADIO}
    parts |= {
        name: part(name) for name in imported(source, module) if name.split(".")[0] == "aigc_demo"
    }
    return [
        f"{module} -> {name}" for name, target in parts.items() if target not in allowed(module)
    ]


@pytest.mark.parametrize("module", SOURCES)
def test_a_module_imports_only_what_its_part_of_the_house_may(module):
    assert arrows(SOURCES[module].read_text(encoding="utf-8"), module) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("aigc_demo.core.images", "import gradio"),
        ("aigc_demo.core.images", "def show():\n    from gradio import Image"),
        ("aigc_demo.core.images", "from aigc_demo import ui"),
        ("aigc_demo.core.images", "from aigc_demo.gan.model import GanModel"),
        ("aigc_demo.gan.model", "import gradio as gr"),
        ("aigc_demo.gan.model", "from aigc_demo.text import sample"),
        ("aigc_demo.gan.model", "from aigc_demo.gan.views.mix import view"),
        ("aigc_demo.gan.model", "from aigc_demo.judge.model import Judge"),
        ("aigc_demo.gan.model", "from .views._shared import subject"),
        ("aigc_demo.gan.model", "from ..ui import theme"),
        ("aigc_demo.serving.local", "from aigc_demo.text.model import TextModel"),
        ("aigc_demo.ui.theme", "import aigc_demo.gan.model"),
        ("aigc_demo.gan.views.mix.view", "from aigc_demo.text.model import TextModel"),
        ("aigc_demo.gan.views.mix.view", "from aigc_demo.text.views.write import view"),
        ("aigc_demo.gan.views.mix.view", "from aigc_demo import app"),
        ("aigc_demo.app", "from aigc_demo.gan.model import GanModel"),
        ("aigc_demo.app", "import aigc_demo.__main__"),
        ("aigc_demo.__main__", "from aigc_demo.gan.views.mix.view import build"),
    ],
)
def test_a_wrong_arrow_is_found(module, source):
    assert len(arrows(source, module)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        (
            "aigc_demo.core.images",
            "import torch, numpy\nfrom aigc_demo.core import runtime\nfrom aigc_demo.core.errors "
            "import DemoError",
        ),
        (
            "aigc_demo.gan.views.mix.view",
            "import gradio\nfrom aigc_demo.gan.model import GanModel\nfrom aigc_demo import ui",
        ),
        ("aigc_demo.gan.evaluate", "from aigc_demo.judge.model import Judge"),
        ("aigc_demo.app", "from aigc_demo.gan.views.mix import view\nimport gradio"),
        ("aigc_demo.__main__", "from aigc_demo.gan import train, sample"),
    ],
)
def test_a_right_arrow_is_let_pass(module, source):
    assert arrows(source, module) == []


def undeclared(source: str, family: str, shipped: set[str]) -> set[str]:
    """Return the checkpoints of other families that `source` names and does not require."""
    tree = ast.parse(source)
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    named = {text for text in texts if isinstance(text, str)} & shipped
    required = next((ast.literal_eval(node.value) for node in tree.body if is_requires(node)), ())
    return {name for name in named if name.partition("-")[0] != family} - {*required}


def is_requires(node: ast.stmt) -> bool:
    """Whether a statement is REQUIRES = (...)."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [getattr(target, "id", "") for target in targets] == ["REQUIRES"]


def test_a_family_declares_what_it_needs_of_the_others_checkpoints():
    shipped = {path.parent.name for path in (PROJECT / "checkpoints").glob("*/config.json")}
    sources = {name: path.read_text("utf-8") for name, path in SOURCES.items()}
    families = {name: part(name).removesuffix(" views") for name in SOURCES}
    families = {name: family for name, family in families.items() if family in FAMILIES}
    found = {name: undeclared(sources[name], own, shipped) for name, own in families.items()}
    assert {name: names for name, names in found.items() if names} == {}
    assert undeclared('READER = "judge-digits"', "gan", shipped) == {"judge-digits"}
    assert undeclared('REQUIRES = ("judge-digits",)', "gan", shipped) == set()
    assert undeclared('NAME = "gan-digits"', "gan", shipped) == set()


def script_arrows(name: str, text: str) -> list[str]:
    """Return the imports of a script that break a rule: one imports ui/ and its own family."""
    own = name.split("/")[0]
    imported = re.findall(r'"aigc/([\w./-]+)"', text)
    known = (each for each in imported if each not in GENERATED)
    return [f"{name} -> {each}" for each in known if each.split("/")[0] not in ("ui", own)]


def test_scripts_import_what_all_share_and_their_own_family():
    every = {name: module.text for name, module in modules().items()}
    assert [arrow for name, text in every.items() for arrow in script_arrows(name, text)] == []
    wrong = 'import { plane } from "aigc/vae/views/map/plane.js";'
    assert script_arrows("gan/views/mix/view.js", wrong) and script_arrows("ui/pad.js", wrong)
    assert not script_arrows("vae/views/digit/view.js", wrong)


def test_what_all_share_names_no_family():
    names = re.compile(rf"\b({'|'.join(set(FAMILIES) - {'text'})})\b")  # any text is a text
    kinds = {".py", ".js", ".ts", ".css", ".toml"}
    files = [path for path in (PACKAGE / "ui").rglob("*") if path.suffix in kinds]
    found = {path.name: names.findall(path.read_text(encoding="utf-8")) for path in files}
    assert len(found) > 40 and {name: hits for name, hits in found.items() if hits} == {}


def test_the_page_is_served_without_waiting_for_torch():
    served = [
        "aigc_demo",
        "aigc_demo.app",
        *(module for module in SOURCES if part(module) == "ui" or part(module).endswith(" views")),
    ]
    lines = [
        "import importlib, sys",
        f"for name in {served}:",
        "    importlib.import_module(name)",
        "    assert 'torch' not in sys.modules, name",
    ]
    run = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr.strip().splitlines()[-1]


def test_what_tests_share_stands_in_the_helpers():
    shared = re.compile(
        r"^\s*(?:from|import) tests(?:\.(?!helpers\b)[\w.]+)?(?: import (?!helpers\b)|$)",
        re.MULTILINE,
    )
    assert [
        path.name
        for path in (PROJECT / "tests").rglob("*.py")
        if shared.search(path.read_text(encoding="utf-8"))
    ] == []
