"""The command line: python -m aigc_demo train | evaluate NAME."""

import argparse
import importlib

from tqdm import tqdm

from aigc_demo import cards, data, training
from aigc_demo.settings import settings


def train(name: str, steps: int | None, minutes: float | None) -> None:
    """Trains checkpoint `name` within the budget, with a progress bar; writes it when the budget is spent or on Ctrl-C."""
    family = importlib.import_module(f"aigc_demo.{name.split('-')[0]}.train")
    recipe = family.recipe(name)
    run = training.fit(recipe, settings().run_folder / name, steps=steps, minutes=minutes)
    smooth = None
    with tqdm(total=1.0, bar_format="{l_bar}{bar}| {elapsed}<{remaining} {postfix}", mininterval=5) as bar:
        try:
            for event in run:
                smooth = event.losses if smooth is None else {k: 0.98 * smooth[k] + 0.02 * v for k, v in event.losses.items()}
                bar.n = event.progress
                bar.set_postfix_str(f"step {event.step} " + " ".join(f"{k} {v:.3f}" for k, v in smooth.items()), refresh=False)
                bar.update(0)
        except KeyboardInterrupt:
            run.close()
    recipe.export(settings().checkpoint_folder / name)


def main() -> None:
    """Reads the command line and does what it says."""
    parser = argparse.ArgumentParser(prog="python -m aigc_demo")
    parser.add_argument("command", choices=["train", "evaluate", "fetch"])
    parser.add_argument("name")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--minutes", type=float)
    a = parser.parse_args()
    if a.command == "fetch":
        data.fetch(a.name)
    elif a.command == "train":
        train(a.name, a.steps, a.minutes)
    else:
        figures = cards.write(a.name, importlib.import_module(f"aigc_demo.{a.name.split('-')[0]}.evaluate").evaluate)
        print("\n".join(f"{f['figure']}: {f['value']} {f['unit']}" for f in figures))


if __name__ == "__main__":
    main()
