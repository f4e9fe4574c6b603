"""The comparison: a digit and a seed for four generators, what is measured of them side by side,
and all that is shipped in one table.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

import aigc_demo
from aigc_demo.core import data, images, model_cache
from aigc_demo.core.errors import check_choice
from aigc_demo.core.settings import settings
from aigc_demo.ui import components, language
from aigc_demo.ui.components import InitialResult

if TYPE_CHECKING:
    from aigc_demo.overview.comparison import Entry

ORDER = 20  # among the tab's views
REQUIRES = ("diffusion-digits",)  # of other families
FOLDER = Path(__file__).parent
DIGITS = [*"0123456789"]
OPENING = {"digit": "3", "seed": 7}
FIGURES = ("time", "right", "diversity", "fid")
NOTES = (
    "gan",
    "vae",
    "few",
    "many",
    "few_short",
    "many_short",
    "gan_note",
    "vae_note",
    "steps_note",
    "weights",
    "chosen",
    "reads",
    "apart",
    "twin",
    "reading",
    "shown",
    "unset",
    "missing",
)
TRILEMMA = (
    "trilemma",
    "trilemma_said",
    "speed",
    "quality",
    "variety",
    "per_picture",
    "distance",
    "features",
    "real",
)
WORDS = (*FIGURES, *NOTES, *TRILEMMA)
COLUMNS = (
    "checkpoint",
    "measured",
    "weights_all",
    "size",
    "trained",
    "million",
    "minutes",
    "megabytes",
)
# Units of figures with a column of their own, or too special for a table.
HIDDEN_UNITS = ("weights", "correlation", "minutes")


def contest(digit: str, seed: int) -> Iterator[dict[str, Any]]:
    """Yield what is there so far of the four entries, each with its pictures and figures; at the
    end all, with the nearest training pictures.
    """
    from aigc_demo.overview.comparison import COUNT, compare

    asked, training = int(check_choice("digit", digit, DIGITS)), data.training_digits()
    shown = {
        "digit": asked,
        "seed": seed,
        "count": COUNT,
        "nearest": _at_hand(training),
        "real": _real_fid(),
        "finished": False,
    }
    entries, painted = {}, {}
    for entry in compare(asked, seed):
        name = entry.entrant.name
        entries[name], painted[name] = _shown(entry, asked), entry.pictures
        yield {**shown, "entries": dict(entries)}
    if training is not None:  # all at once, and last: a search reads all 60,000
        found = _nearest(painted, training)
        entries = {name: entry | found.get(name, {}) for name, entry in entries.items()}
    yield {**shown, "entries": entries, "finished": True}


def _at_hand(training: Any) -> str:
    """Return whether nearest training pictures are "shown", or why not: no folder is "unset", none
    in it are "missing".
    """
    if training is not None:
        return "shown"
    return "unset" if settings().data_folder is None else "missing"


def _nearest(painted: dict[str, Any], training: Any) -> dict[str, dict[str, Any]]:
    """Return, for each entrant's pictures, their nearest training pictures as one sheet, and how
    far these are on average.
    """
    import torch

    from aigc_demo.judge.measure import nearest

    found, apart = nearest(torch.cat(list(painted.values())), training)
    sheets, first = {}, 0
    for name, pictures in painted.items():
        mine = slice(first, first := first + len(pictures))
        if len(pictures):
            sheet = images.grid(training[found[mine]], columns=len(pictures))
            sheets[name] = {"nearest": images.data_uri(sheet), "apart": apart[mine].mean().item()}
    return sheets


def _shown(entry: "Entry", digit: int) -> dict[str, Any]:
    name, count = entry.entrant.checkpoint, len(entry.pictures)
    figures = components.measured(name)
    return {
        "sheet": images.data_uri(images.grid(images.to_pixels(entry.pictures), columns=count))
        if count
        else None,
        "nearest": None,
        "apart": None,
        "reads": entry.reads,
        "right": None if entry.chosen else sum(read == digit for read in entry.reads) / count,
        "drawn": entry.drawn,
        "steps": entry.entrant.steps,
        "milliseconds": 1000 * entry.seconds / max(count, 1),
        "diversity": entry.diversity,
        "fid": _measured_fid(name, entry.entrant.steps),
        "weights": figures.get("parameters") or figures.get("parameters of the generator"),
    }


def _measured_fid(name: str, steps: int) -> float | None:
    """Return the measured digit FID of COMPARED pictures that a model made in so many steps of
    DDIM, or in one stroke.
    """
    from aigc_demo.judge.measure import COMPARED

    points = (
        figure
        for figure in components.figures(name)
        if figure.get("curve") == "distance" and figure.get("samples") == COMPARED
    )
    mine = (
        point
        for point in points
        if point["figure"] == "digit FID at 1,000 samples"
        or (point.get("sampler"), point.get("steps")) == ("DDIM", steps)
    )
    return next((point["value"] for point in mine), None)


def _real_fid() -> float | None:
    """Return the measured digit FID of COMPARED real digits."""
    return next(
        (
            figure["value"]
            for figure in components.figures("diffusion-digits")
            if figure.get("curve") and "real" in figure["figure"]
        ),
        None,
    )


def shipped() -> dict[str, Any]:
    """Return what table.js shows: every shipped checkpoint with its size and its measured figures,
    but for the points of curves.
    """
    return {"rows": [_row(name) for name in aigc_demo.available()]}


def _row(name: str) -> dict[str, Any]:
    figures = components.figures(name)
    listed = [
        figure for figure in figures if figure["unit"] not in HIDDEN_UNITS and "curve" not in figure
    ]
    return {
        "name": name,
        "tab": name.split("-")[0],
        "figures": [
            {"figure": _named(f["figure"]), "value": f["value"], "unit": _named(f["unit"])}
            for f in listed
        ],
        "weights": sum(figure["value"] for figure in figures if figure["unit"] == "weights"),
        "bytes": (settings().checkpoint(name) / "model.safetensors").stat().st_size,
        "minutes": next(
            (figure["value"] for figure in figures if figure["figure"] == "training time"), None
        ),
    }


def _named(text: str) -> dict[str, str] | None:
    """Return the name of a figure, or a unit, in both languages; one that the tables do not know
    stays as it is measured.
    """
    key = f"overview.figure.{text}"
    return language.both(key) if key in language.TABLES["en"] else {"as_measured": text}


@model_cache.single_flight_cache
def opening() -> list[Any]:
    """Return the finished result with which the view opens, and the table."""
    *_, last = contest(**OPENING)
    return [last, shipped()]


def build() -> InitialResult:
    """Draw the view; return its opening result."""
    with gr.Row(elem_classes="page-row"):
        with gr.Column(scale=1, min_width=280, elem_classes="controls"):
            digit = components.digit(DIGITS, OPENING["digit"])
            seed = components.seed(value=OPENING["seed"])
            run, stop = components.run_and_stop("overview.contest.run")
            gr.Markdown(language.label("overview.contest.teaches"), elem_classes="lead")
        with gr.Column(scale=4, min_width=320, elem_classes="stage"):
            words = language.words("app.waking", *(f"overview.contest.{word}" for word in WORDS))
            drawing = components.Drawing(
                FOLDER / "view.js", words=words, elem_id="overview-contest"
            )
    gr.Markdown(language.label("overview.contest.shipped"), elem_classes="section")
    named = language.words("app.waking", *(f"overview.contest.{word}" for word in COLUMNS))
    table = components.Drawing(FOLDER / "table.js", words=named, elem_id="overview-shipped")
    components.starts(
        [run.click, digit.input, seed.submit],
        contest,
        [digit, seed],
        drawing,
        api_name="overview_contest",
        stop=stop,
    )
    return InitialResult(opening, [drawing, table])
