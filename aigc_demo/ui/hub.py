"""Picking a model of the Hugging Face Hub: what its download would be, the download itself, and
whether it is on this machine already.

Nobody is asked anything before a visitor presses a button here: all else in the app works without a
network.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from aigc_demo import hub
from aigc_demo.core.spelling import plain
from aigc_demo.hub import Format
from aigc_demo.hub.downloads import Offer, download
from aigc_demo.hub.downloads import fetch as fetch_file
from aigc_demo.ui import components, language
from aigc_demo.ui.event_options import PRIVATE, Concurrency, Visibility

SHOWN_EVERY = 0.25  # seconds between two pictures of a download
WORDS = (
    "nothing",
    "absent",
    "here",
    "offered",
    "part",
    "coming",
    "licence",
    "no_licence",
    "files",
    "commit",
    "progress",
    "left",
    "resting",
    "seconds",
)
WORDS += ("minutes",)
# apart from the models' work, which goes on meanwhile
DOWNLOADS: Concurrency = {"concurrency_id": "hub", "concurrency_limit": 4}


@dataclass(frozen=True)
class Kind:
    """What a picker offers."""

    name: str  # of the events: <name>_look and <name>_download
    format: Format
    # of a folder with its configuration; raises DemoError where it will not do
    check: Callable[[str, Path], object] = lambda repo, folder: None
    # small files that `check` reads, so that what will not do is refused before the download
    reads: tuple[str, ...] = ()
    public: bool = True  # whether its events are part of the app's interface


@dataclass(frozen=True)
class Picker:
    """What a visitor picks with."""

    # unseen: the name of what was picked, when it is on this machine; "" until then. An input of
    # the events that use it
    here: gr.Textbox | gr.State
    card: components.Drawing  # what is shown of it


def local_status(kind: Kind, repo: str) -> dict[str, Any]:
    """Return what hub.js shows of `repo` as it lies on this machine, asking nobody; raises
    DemoError where it is no name, or will not do.
    """
    name = plain(repo).strip() if isinstance(repo, str) else repo
    folder = hub.cached(name, kind.format)
    if folder is None:
        return {"repo": name, "here": False}
    kind.check(name, folder)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {
        "repo": name,
        "here": True,
        "commit": folder.name,
        "files": len(files),
        "size": sum(path.stat().st_size for path in files),
    }


def look_up(kind: Kind, repo: str) -> list[Any]:
    """Return what hub.js shows of `repo`, which the Hub is asked for unless it is here, and its
    name if so; raises DemoError as `hub.offer`.
    """
    found = local_status(kind, repo)
    if not found["here"]:
        found = _offered(kind, hub.offer(found["repo"], kind.format))
    return _answer(found)


def fetch(kind: Kind, repo: str) -> Iterator[list[Any]]:
    """Download `repo`, from where an earlier download stopped; yields what `look_up` returns.
    Raises DemoError as `downloads.download`.
    """
    found = local_status(kind, repo)
    if not found["here"]:
        offer = hub.offer(found["repo"], kind.format)
        about = _offered(kind, offer)
        yield from ([{**about, **progress}, gr.skip()] for progress in _progress(offer))
        found = {**local_status(kind, found["repo"]), "licence": about["licence"]}
    yield _answer(found)


def _offered(kind: Kind, offer: Offer) -> dict[str, Any]:
    for file in offer.files:
        if file.name in kind.reads:
            list(fetch_file(offer, file))
    kind.check(offer.repo, offer.folder)
    name = offer.repo if offer.branch == "main" else f"{offer.repo}@{offer.branch}"
    about = {
        "commit": offer.commit,
        "files": len(offer.files),
        "size": offer.size,
        "licence": offer.licence,
    }
    return {"repo": name, "here": False, "done": offer.size - offer.missing, **about}


def _progress(offer: Offer) -> Iterator[dict[str, Any]]:
    """Yield the bytes that are here, the file that is coming, and bytes a second since this
    download began.
    """
    began, shown, before = time.monotonic(), 0.0, None
    for step in download(offer):
        now, before = time.monotonic(), step.done if before is None else before
        if now - shown > SHOWN_EVERY:
            yield {
                "done": step.done,
                "file": step.file,
                "rate": (step.done - before) / max(now - began, SHOWN_EVERY),
            }
            shown = now


def _answer(found: dict[str, Any]) -> list[Any]:
    return [found, found["repo"] if found["here"] else gr.skip()]


def picker(
    kind: Kind, presets: Sequence[tuple[Any, str]] = (), here: gr.Textbox | gr.State | None = None
) -> Picker:
    """Draw the choice of a model and return what was picked; presets: what is shown with its name
    on the Hub; here: takes what was picked.
    """
    label, place = language.label, f"{kind.name.replace('_', '-')}"
    chips = components.Radio(
        list(presets),
        label=label("hub.presets"),
        elem_classes=["chips", "models"],
        visible=bool(presets),
    )
    name = components.Textbox(
        label=label("hub.name" if presets else "hub.presets"),
        info=label("hub.name.info"),
        placeholder="owner/name",
        max_lines=1,
        elem_id=f"{place}-name",
    )
    asked = gr.Button(label("hub.look"), elem_id=f"{place}-look")
    words = language.words(*(f"hub.{word}" for word in WORDS))
    card = components.Drawing(
        Path(__file__).with_name("hub.js"), words=words, elem_id=f"{place}-card"
    )
    with gr.Row(visible=False, elem_classes="run") as row:
        run = gr.Button(label("hub.download"), variant="primary", scale=3, min_width=140)
        stop = gr.Button(label("shared.stop"), scale=1, min_width=80)
    here = (
        gr.Textbox("", label="model", visible="hidden", elem_id=f"{place}-here")
        if here is None
        else here
    )
    _connect(kind, _Controls(chips, name, asked, card, row, run, stop, here))
    return Picker(here, card)


@dataclass(frozen=True)
class _Controls:
    """What a picker is made of."""

    chips: gr.Radio
    name: gr.Textbox
    asked: gr.Button
    card: components.Drawing
    row: gr.Row  # of the two buttons that follow
    run: gr.Button
    stop: gr.Button
    here: gr.Textbox | gr.State


def _connect(kind: Kind, parts: _Controls) -> None:
    seen = "(card) => ({ visible: Boolean(card?.size && !card.here), __type__: 'update' })"
    drawing = f"(await aigc.drawn('#{parts.card.elem_id}'))"
    of_card = f"async () => {drawing}.repo"  # what the card tells of, whatever the box says
    rest = f"async () => {drawing}.rest()"
    shown: Visibility = {**PRIVATE, "api_visibility": "public"} if kind.public else PRIVATE

    def choose(repo: str) -> list[Any]:
        return [repo, *_answer(local_status(kind, repo))]

    chosen = parts.chips.input(
        components.explained(choose),
        parts.chips,
        [parts.name, parts.card, parts.here],
        concurrency_limit=None,
        **PRIVATE,
    )
    looked = gr.on(
        [parts.asked.click, parts.name.submit],
        components.explained(partial(look_up, kind)),
        parts.name,
        [parts.card, parts.here],
        api_name=f"{kind.name}_look",
        api_description=look_up.__doc__,
        **shown,
        **DOWNLOADS,
    )
    loaded = parts.run.click(
        components.explained(partial(fetch, kind)),
        parts.name,
        [parts.card, parts.here],
        js=of_card,
        api_name=f"{kind.name}_download",
        api_description=fetch.__doc__,
        **shown,
        **DOWNLOADS,
    )
    for event in (chosen, looked, loaded):
        event.then(None, parts.card, parts.row, js=seen, **PRIVATE)
    parts.stop.click(None, js=rest, cancels=[loaded], api_visibility="private")
    loaded.failure(None, js=rest, api_visibility="private")
