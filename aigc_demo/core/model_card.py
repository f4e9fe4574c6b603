"""What was measured about a checkpoint: metrics.json, and the model card made from it."""

import platform
import re
import subprocess
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open

import aigc_demo
from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.settings import PROJECT, settings

BEGIN, END = "<!-- checkpoints: begin -->", "<!-- checkpoints: end -->"
HEADLINE = re.compile(r"\| `(?P<name>[^`]+)` \| (?P<what>[^|]*?) \| (?P<figure>[^|]*?) \| [^|]* \|")
SHOWN = ("figure", "value", "unit")
# figure, value, unit, and how it was measured: split, samples, seed, steps ...; curve: it is a
# point of one
Figure = dict[str, Any]

CARD = """---
license: mit
library_name: pytorch
tags: [aigc-demo, {family}]
---
# {name}

A model of [AIGC Demo](../../README.md), {origin}. Open it with `aigc_demo.load("{name}")`.

| configuration | |
|---|---|
{configuration}

| measured | value | unit | how |
|---|---|---|---|
{figures}

Measured on {date} with torch {torch} on {device} at commit `{commit}`; \
the same figures stand in `metrics.json`.
Train it again: `python -m aigc_demo train {name} {budget}`. \
Limits: it knows nothing beyond its training data.
"""


def write(name: str, evaluate: Callable[[Any], list[Figure]]) -> list[Figure]:
    """Measure checkpoint `name` with its family's `evaluate`, and return the figures.

    Write them to metrics.json and README.md, unless the checkpoint belongs to an installed package.
    """
    folder, model, began = checkpoints.folder_of(name), checkpoints.load(name), time.monotonic()
    figures = [*evaluate(model), *_training(folder)]
    metrics = {
        "name": name,
        "figures": figures,
        "seconds": round(time.monotonic() - began, 1),
        "date": date.today().isoformat(),
        "device": f"{runtime.device().type}, {torch.get_num_threads()} threads, "
        f"{platform.machine()}",
        "commit": commit(PROJECT),
        "torch": torch.__version__,
    }
    if is_shipped(name):
        return figures
    checkpoints.write_json(folder / "metrics.json", metrics)
    (folder / "README.md").write_text(card(folder, metrics), encoding="utf-8")
    if folder.parent == PROJECT / "checkpoints":
        write_tables(PROJECT)
    return figures


def is_shipped(name: str) -> bool:
    """Return whether checkpoint `name` belongs to an installed package, which is never written."""
    return checkpoints.folder_of(name).parent == settings().shipped_folder


def table() -> str:
    """Return the table, in Markdown, of all checkpoints' figures but the points of curves."""
    rows = ["| checkpoint | measured | size | trained |", "|---|---|---|---|"]
    for name, figures in _measured().items():
        trained = next((_trained(f) for f in figures if f["figure"] == "training time"), "")
        weights = sum(f["value"] for f in figures if f["unit"] == "weights")
        size = (settings().checkpoint(name) / "model.safetensors").stat().st_size / 1e6
        measured = "; ".join(f"{f['figure']} {_value(f)}" for f in figures if _is_quality(f))
        card = f"[`{name}`](../checkpoints/{name}/README.md)"
        counted = f"{weights / 1e6:.2f} M weights, {size:.1f} MB"
        rows.append(f"| {card} | {measured} | {counted} | {trained} |")
    return "\n".join(rows)


def headlines(readme: str) -> str:
    """Return the README's table, of what stands there now: one figure of each checkpoint.

    What a checkpoint does, and which figure says how well, is chosen in the README; the value is
    what was measured. A checkpoint without a row, or whose figure is gone, shows its first figure.
    """
    rows = {match["name"]: match for match in HEADLINE.finditer(readme)}
    lines = ["| checkpoint | what it does | measured | |", "|---|---|---|---|"]
    for name, figures in _measured().items():
        what, chosen = rows[name].group("what", "figure") if name in rows else ("", "")
        known = [f for f in figures if _is_quality(f)]
        figure = next((f for f in known if f["figure"] == chosen), known[0])
        lines.append(f"| `{name}` | {what} | {figure['figure']} | {_value(figure)} |")
    return "\n".join(lines)


def _measured() -> dict[str, list[Figure]]:
    """Return the figures of every checkpoint that was measured, by its name."""
    files = {name: settings().checkpoint(name) / "metrics.json" for name in checkpoints.available()}
    found = {name: file for name, file in files.items() if file.exists()}
    return {name: checkpoints.read_json(file)["figures"] for name, file in found.items()}


def _is_quality(figure: Figure) -> bool:
    """Whether a figure says how good a model is: not its size, its training, a curve's point."""
    counts = figure["unit"] in ("weights", "correlation") or figure["figure"] == "training time"
    return not counts and "curve" not in figure


def _value(figure: Figure) -> str:
    return f"{figure['value']:g} {figure['unit']}".strip()


def _trained(figure: Figure) -> str:
    """Return how long a checkpoint was trained, and on what where that is told."""
    device = f" on {figure['device']}" if "device" in figure else ""
    return f"{figure['value']:g} {figure['unit']}{device}, {figure['steps']:,} steps"


def write_tables(project: Path) -> None:
    """Bring the tables in README.md and docs/checkpoints.md up to the measured figures."""
    readme, everything = project / "README.md", project / "docs" / "checkpoints.md"
    for path in (readme, everything):
        text = path.read_text(encoding="utf-8")
        inside = headlines(text) if path == readme else table()
        path.write_text(between(text, BEGIN, END, inside), encoding="utf-8")


def between(text: str, begin: str, end: str, inside: str) -> str:
    """Return `text` with other lines between two marks that it has."""
    before, rest = text.split(begin)
    return f"{before}{begin}\n{inside}\n{end}{rest.split(end)[1]}"


def card(folder: Path, metrics: dict[str, Any]) -> str:
    """Return the model card, in Markdown, for the checkpoint in `folder` with these metrics."""
    configuration = checkpoints.read_json(folder / "config.json")
    rows = [
        f"| {f['figure']} | {f['value']} | {f['unit']} | "
        f"{', '.join(f'{k} {v}' for k, v in f.items() if k not in SHOWN)} |"
        for f in metrics["figures"]
    ]
    training = next(
        (f for f in metrics["figures"] if f["figure"] == "training time"), {"value": 30}
    )
    # another device's minutes say nothing
    budget = (
        f"--steps {training['steps']}" if "device" in training else f"--minutes {training['value']}"
    )
    return CARD.format(
        family=metrics["name"].split("-")[0],
        origin=f"`{configuration['base']}` fine-tuned"
        if "base" in configuration
        else "trained from scratch",
        configuration="\n".join(f"| {key} | {value} |" for key, value in configuration.items()),
        **{**metrics, "figures": "\n".join(rows), "budget": budget},
    )


def _training(folder: Path) -> list[Figure]:
    """How long it was trained: from the run if it is here, else from the last metrics.json."""
    run = settings().run_folder / folder.name / "state.safetensors"
    if run.exists():
        with safe_open(run, framework="pt") as state:
            steps, seconds = state.get_tensor("spent").tolist()
        return [
            {
                "figure": "training time",
                "value": round(seconds / 60, 1),
                "unit": "minutes",
                "steps": int(steps),
            }
        ]
    earlier = folder / "metrics.json"
    return (
        [f for f in checkpoints.read_json(earlier)["figures"] if f["figure"] == "training time"]
        if earlier.exists()
        else []
    )


def commit(project: Path) -> str:
    """Return the commit of the checkout `project`; the version, where it is none, as in a wheel."""
    if not (project / ".git").exists():  # else git would name a repository around it
        return f"v{aigc_demo.__version__}"
    command = ["git", "rev-parse", "--short", "HEAD"]
    answer = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return answer.stdout.strip() or "unknown"
