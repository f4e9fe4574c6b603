"""The command line: aigc-demo [train | evaluate | fetch | bench NAME, or push NAME REPO]."""

from aigc_demo.core import environment  # noqa: F401  before NumPy is imported: as in the app

# isort: split
import argparse
import gc
import importlib
import sys
from pathlib import Path
from types import ModuleType

import aigc_demo
from aigc_demo.core import precompute
from aigc_demo.core.errors import DemoError, check_choice
from aigc_demo.core.files import check_writable
from aigc_demo.core.settings import settings

RECIPES = {
    "text-rnn-shakespeare": "text",
    "text-lstm-shakespeare": "text",
    "text-transformer-shakespeare": "text",
    "text-transformer-tang": "text",
    "llm-gpt-shakespeare": "llm",
    "llm-bert-shakespeare": "llm",
    "llm-xlnet-shakespeare": "llm",
    "llm-lora-tang": "llm",
    "llm-lora-shakespeare": "llm",
    "llm-lora-prosody": "llm",
    "judge-digits": "judge",
    "gan-digits": "gan",
    "gan-emoji": "gan",
    "vae-digits": "vae",
    "vae-digits-2d": "vae",
    "vae-digits-conditional": "vae",
    "vae-emoji": "vae",
    "audio-judge": "audio",
    "audio-digits": "audio",
    "audio-chorales": "audio",
    "audio-chorales-ar": "audio",
    "diffusion-digits": "diffusion",
    "diffusion-emoji": "diffusion",
}
BENCHMARKS = {"text": "text.bench", "diffusion": "diffusion.bench", "app": "bench"}


def start() -> None:
    """Start the app; return when it ends. Raises DemoError for a setting that is not allowed."""
    gc.disable()  # as in app.py
    precompute.start("aigc_demo.overview.thumbnails")
    from aigc_demo.app import build_app, serve

    serve(build_app())


def train(name: str, *, steps: int | None, minutes: float | None) -> None:
    """Train checkpoint `name` within the budget, with a progress bar; write it when the budget is
    spent or on Ctrl-C.

    A run that was cut off goes on where it was: its state is in the run folder.
    """
    from tqdm import tqdm

    from aigc_demo.core import snapshots, training

    make = _module(name, "train").recipe
    for folder, variable in (
        (settings().run_folder, "AIGC_DEMO_RUNS"),
        (settings().checkpoint_folder, "AIGC_DEMO_CHECKPOINTS"),
    ):
        for part in (folder / name, folder / name / "snapshots"):
            check_writable(part, variable)
    recipe = make(name)
    run = training.fit(recipe, settings().run_folder / name, steps=steps, minutes=minutes)
    smooth: dict[str, float] = {}
    first = None
    with tqdm(
        total=1.0,
        desc=name,
        bar_format="{desc} {percentage:3.0f}% {bar} {elapsed}<{remaining} {postfix}",
        mininterval=1,
        miniters=0,
    ) as bar:
        try:
            for event in run:
                first = first or event
                smooth = {
                    key: 0.98 * smooth.get(key, value) + 0.02 * value
                    for key, value in event.losses.items()
                }
                speed = (event.step - first.step) / max(event.seconds - first.seconds, 1e-9)
                figures = " ".join(f"{key} {value:.3f}" for key, value in smooth.items())
                bar.set_postfix_str(
                    f"step {event.step}, {speed:.1f} steps/s, {figures}", refresh=False
                )
                bar.update(event.progress - bar.n)
        except KeyboardInterrupt:
            run.close()
    recipe.export(settings().checkpoint_folder / name)
    snapshots.publish(settings().run_folder / name, settings().checkpoint_folder / name)


def evaluate(name: str) -> None:
    """Measure checkpoint `name`, print the figures, write them to metrics.json and the model card.

    Those of a checkpoint that belongs to an installed package are printed only.
    """
    from aigc_demo.core import checkpoints, model_card

    if not model_card.is_shipped(name):
        check_writable(checkpoints.folder_of(name), "AIGC_DEMO_CHECKPOINTS", "README.md")
    for figure in model_card.write(name, _module(name, "evaluate").evaluate):
        print(f"{figure['figure']}: {figure['value']} {figure['unit']}")


def push(name: str, repo: str) -> None:
    """Publish checkpoint `name`, its card too, as `repo` (owner/name) on the Hub, and prints its
    address.
    """
    from aigc_demo import hub
    from aigc_demo.core import checkpoints

    print(hub.publish(checkpoints.folder_of(name), repo))


def fetch(name: str) -> None:
    """Download the data set `name` from the Hub."""
    from aigc_demo.core import data

    data.fetch(name)


def bench(family: str) -> None:
    """Measure how fast the models of `family` are beside another library's, or the app's start and
    clicks; print the report as it comes.
    """
    check_choice("benchmark", family, list(BENCHMARKS))
    for line in importlib.import_module(f"aigc_demo.{BENCHMARKS[family]}").bench():
        print(line, flush=True)


def _module(name: str, part: str) -> ModuleType:
    if name not in RECIPES:
        raise DemoError(
            "There is no recipe {name}. There are: {names}.", name=name, names=", ".join(RECIPES)
        )
    return importlib.import_module(f"aigc_demo.{RECIPES[name]}.{part}")


def main() -> int:
    """Do what the command line says; return the exit status, 2 for a mistake that it explains."""
    asked = _parser().parse_args()
    try:
        if asked.command is None:
            start()
        elif asked.command == "train":
            train(asked.name, steps=asked.steps, minutes=asked.minutes)
        elif asked.command == "push":
            push(asked.name, asked.repo)
        else:
            {"evaluate": evaluate, "fetch": fetch, "bench": bench}[asked.command](asked.name)
    except DemoError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aigc-demo" if Path(sys.argv[0]).stem == "aigc-demo" else "python -m aigc_demo",
        description="Without a command, start the app.",
    )
    parser.add_argument("--version", action="version", version=aigc_demo.__version__)
    commands = parser.add_subparsers(dest="command")
    training_parser = commands.add_parser("train", help="train a checkpoint, or go on training it")
    training_parser.add_argument("name", metavar="NAME", help=", ".join(RECIPES))
    training_parser.add_argument("--steps", type=int, help="end after this many updates in all")
    training_parser.add_argument("--minutes", type=float, help="end after this many minutes in all")
    commands.add_parser("evaluate", help="measure a checkpoint").add_argument(
        "name", metavar="NAME"
    )
    commands.add_parser("fetch", help="download a data set from the Hugging Face Hub").add_argument(
        "name", metavar="DATA"
    )
    commands.add_parser(
        "bench",
        help="compare a family's speed with another library's, or the app's start with an empty "
        "one's",
    ).add_argument("name", metavar="FAMILY", help=", ".join(BENCHMARKS))
    pushing_parser = commands.add_parser(
        "push", help="publish a checkpoint on the Hugging Face Hub"
    )
    pushing_parser.add_argument("name", metavar="NAME")
    pushing_parser.add_argument("repo", metavar="REPO", help="owner/name")
    return parser


if __name__ == "__main__":
    sys.exit(main())
