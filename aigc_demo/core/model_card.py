"""What was measured about a checkpoint: metrics.json, and the model card made from it."""

import platform
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
SHOWN = ("figure", "value", "unit")
Figure = dict[str, Any]  # figure, value, unit, and how it was measured: split, samples, seed, steps ...; curve: it is a point of one

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

Measured on {date} with torch {torch} on {device} at commit `{commit}`; the same figures stand in `metrics.json`.
Train it again: `python -m aigc_demo train {name} {budget}`. Limits: it knows nothing beyond its training data.
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
        "device": f"{runtime.device().type}, {torch.get_num_threads()} threads, {platform.machine()}",
        "commit": commit(PROJECT),
        "torch": torch.__version__,
    }
    if is_shipped(name):
        return figures
    checkpoints.write_json(folder / "metrics.json", metrics)
    (folder / "README.md").write_text(card(folder, metrics), encoding="utf-8")
    if folder.parent == PROJECT / "checkpoints":
        write_table(PROJECT / "README.md")
    return figures


def is_shipped(name: str) -> bool:
    """Return whether checkpoint `name` belongs to an installed package, which is never written."""
    return checkpoints.folder_of(name).parent == settings().shipped_folder


def table() -> str:
    """Return the table, in Markdown, of all checkpoints' measured figures but the points of curves."""
    rows = ["| checkpoint | measured | size | trained |", "|---|---|---|---|"]
    for name in checkpoints.available():
        folder = settings().checkpoint(name)
        if not (folder / "metrics.json").exists():
            continue
        figures = checkpoints.read_json(folder / "metrics.json")["figures"]
        trained = next((_trained(f) for f in figures if f["figure"] == "training time"), "")
        weights = sum(f["value"] for f in figures if f["unit"] == "weights")
        size = (folder / "model.safetensors").stat().st_size / 1e6
        measured = "; ".join(
            f"{f['figure']} {f['value']:g} {f['unit']}".strip()
            for f in figures
            if f["figure"] != "training time" and f["unit"] not in ("weights", "correlation") and "curve" not in f
        )
        rows.append(f"| `{name}` | {measured} | {weights / 1e6:.2f} M weights, {size:.1f} MB | {trained} |")
    return "\n".join(rows)


def _trained(figure: Figure) -> str:
    """Return how long a checkpoint was trained, and on what where that is told."""
    device = f" on {figure['device']}" if "device" in figure else ""
    return f"{figure['value']:g} {figure['unit']}{device}, {figure['steps']:,} steps"


def write_table(readme: Path) -> None:
    """Put the table between the two marks in the README."""
    readme.write_text(between(readme.read_text(encoding="utf-8"), BEGIN, END, table()), encoding="utf-8")


def between(text: str, begin: str, end: str, inside: str) -> str:
    """Return `text` with other lines between two marks that it has."""
    before, rest = text.split(begin)
    return f"{before}{begin}\n{inside}\n{end}{rest.split(end)[1]}"


def card(folder: Path, metrics: dict[str, Any]) -> str:
    """Return the model card, in Markdown, for the checkpoint in `folder` with these metrics."""
    configuration = checkpoints.read_json(folder / "config.json")
    rows = [
        f"| {f['figure']} | {f['value']} | {f['unit']} | {', '.join(f'{k} {v}' for k, v in f.items() if k not in SHOWN)} |"
        for f in metrics["figures"]
    ]
    training = next((f for f in metrics["figures"] if f["figure"] == "training time"), {"value": 30})
    budget = f"--steps {training['steps']}" if "device" in training else f"--minutes {training['value']}"  # another device's minutes say nothing
    return CARD.format(
        family=metrics["name"].split("-")[0],
        origin=f"`{configuration['base']}` fine-tuned" if "base" in configuration else "trained from scratch",
        configuration="\n".join(f"| {key} | {value} |" for key, value in configuration.items()),
        **{**metrics, "figures": "\n".join(rows), "budget": budget},
    )


def _training(folder: Path) -> list[Figure]:
    """How long it was trained: from the run if it is here, else from the last metrics.json."""
    run = settings().run_folder / folder.name / "state.safetensors"
    if run.exists():
        with safe_open(run, framework="pt") as state:
            steps, seconds = state.get_tensor("spent").tolist()
        return [{"figure": "training time", "value": round(seconds / 60, 1), "unit": "minutes", "steps": int(steps)}]
    earlier = folder / "metrics.json"
    return [f for f in checkpoints.read_json(earlier)["figures"] if f["figure"] == "training time"] if earlier.exists() else []


def commit(project: Path) -> str:
    """Return the commit of the checkout `project`; the version, where it is none, as in a wheel."""
    if not (project / ".git").exists():  # else git would name a repository around it
        return f"v{aigc_demo.__version__}"
    command = ["git", "rev-parse", "--short", "HEAD"]
    answer = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    return answer.stdout.strip() or "unknown"
