"""The app: a header, a tab a family, and how it is launched. No logic of any family."""

from aigc_demo.core import environment

# isort: split
import gc
import time
import traceback
from collections import deque
from collections.abc import Iterator
from functools import partial
from inspect import isgeneratorfunction
from typing import Any

with environment.without_proxy():
    import gradio as gr
from fastapi import FastAPI

from aigc_demo.core import batching, model_cache
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings
from aigc_demo.serving.local import LocalEngine
from aigc_demo.tabs import TABS
from aigc_demo.ui import language, theme
from aigc_demo.ui.address_check import warn_of_unknown
from aigc_demo.ui.blocks import DemoBlocks
from aigc_demo.ui.components import Drawing, InitialResult
from aigc_demo.ui.event_options import MODEL_WORK, PRIVATE
from aigc_demo.ui.index_page import IndexPageMiddleware
from aigc_demo.ui.tour import tour
from aigc_demo.ui.views import build_tab, views

MAX_THREADS = 100
MAX_SESSIONS = 500  # whose values are kept
MAX_WAIT = 3.0  # seconds until the models wake up though nobody has asked for the page
# seconds that the first page then has to itself: a browser draws it in half of them if nothing else
# computes
PAINT = 1.5
MASTHEAD = """<header id="masthead"><h1>{title}</h1><p>{subtitle}</p>
<button id="tour-button" onclick="aigc.tour()">{tour}</button>
<button id="glossary-button" onclick="aigc.glossary.open()" aria-haspopup="dialog"
 aria-keyshortcuts="Alt+G" title="Alt+G">{glossary}</button>
<button onclick="aigc.speak(aigc.language === 'zh' ? 'en' : 'zh')">{language}</button>
<button onclick="aigc.shade()">{shade}</button></header>"""
HEADER = ("title", "subtitle", "tour", "glossary", "language", "shade")


def build_app() -> DemoBlocks:
    """Return the whole page; nothing is loaded yet. Raises DemoError for a setting that is not
    allowed.
    """
    settings()
    with DemoBlocks(title="AIGC Demo", analytics_enabled=False, fill_width=True) as demo:
        demo.header = MASTHEAD.format(
            **{word: language.bilingual_html(f"app.{word}") for word in HEADER}
        )
        gr.HTML(demo.header)
        tour()
        tabs: list[list[InitialResult]] = []
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):  # in a menu a tab has no address
            for name in TABS:
                with gr.Tab(language.label(f"{name}.tab"), id=name, elem_id=f"tab-{name}"):
                    tabs.append(build_tab(name))
        tabs_and_views = {name: list(views(name)) for name in TABS}
        arrived = demo.load(warn_of_unknown(tabs_and_views), None, None, **PRIVATE)
        arrived.then(None, js="() => { aigc.settle(); }", api_visibility="private")
        demo.load(
            None, js="() => { aigc.open(); aigc.glossary.arrive(); }", api_visibility="private"
        )
        # what is seen first comes first
        openings = [*(tab[0] for tab in tabs), *(opening for tab in tabs for opening in tab[1:])]
        demo.openings = sorted(openings, key=lambda opening: opening.slow)
        demo.first_values = partial(stream, demo.openings[0])
        for opening in demo.openings:
            shown = partial(stream if isgeneratorfunction(opening.make) else show, opening)
            opening.drawing.apply(
                shown,
                None,
                opening.outputs,
                api_visibility="private",
                show_progress="hidden",
                concurrency_limit=None,
            )
    if settings().engine:  # it lets the models take turns; a limit would cost 150 ms a call
        for event in demo.fns.values():
            if event.concurrency_id == MODEL_WORK.get("concurrency_id"):
                event.concurrency_limit = None
    # for `mount`: `launch` has options for them
    demo.max_threads, demo.state_session_capacity = (MAX_THREADS, MAX_SESSIONS)
    return demo


def show(opening: InitialResult) -> Any:
    """Return a view's opening result; where it cannot be made, whatever was raised, what each
    drawing shows instead.
    """
    *_, results = stream(opening)
    return results


def stream(opening: InitialResult) -> Iterator[Any]:
    """Yield what there is of a view's opening result so far, as `show` returns it."""
    with model_cache.in_foreground():
        try:
            made = opening.make()
            for results in made if isgeneratorfunction(opening.make) else [made]:
                # a single output takes a list for its value
                yield (results if len(results) > 1 else results[0])
        except Exception as error:
            results = _instead(opening, error)
            yield results if len(results) > 1 else results[0]


def _instead(opening: InitialResult, error: Exception) -> list[Any]:
    if not isinstance(error, DemoError):
        traceback.print_exception(error)
        error = DemoError(
            "This view's models could not be opened: {why}",
            why=f"{type(error).__name__}: {error}"[:200],
        )
    return [
        {"problem": language.error_both(error)} if isinstance(output, Drawing) else gr.skip()
        for output in opening.outputs
    ]


def finish(opening: InitialResult) -> None:
    """Make a view's opening result, to the end, so that it is there when a visitor asks."""
    if isgeneratorfunction(opening.make):
        deque(opening.make(), maxlen=0)
    else:
        opening.make()


def options() -> dict[str, Any]:
    """Return what the app needs of Gradio, whoever serves it: its looks, its texts, its page, its
    limits.
    """
    return {
        "theme": theme.theme(),
        "css": theme.style(),
        "i18n": language.translations(),
        "app_kwargs": {"middleware": [(IndexPageMiddleware, [], {})]},
        "footer_links": [],
        "ssr_mode": False,
        "run_history": False,
        "enable_monitoring": False,
        "max_file_size": "2mb",
    }


def launch(demo: DemoBlocks, **chosen: Any) -> Any:
    """Serve `demo`, then wake the models in the background; return gradio's answer. `chosen`
    options go to gradio.
    """
    given = {
        **options(),
        "state_session_capacity": MAX_SESSIONS,
        "max_threads": MAX_THREADS,
        "prevent_thread_lock": True,
        "quiet": True,
        **chosen,
    }
    start_engine()
    with environment.without_proxy():  # Gradio asks itself over HTTP whether it is there
        served = demo.launch(**{**given, "prevent_thread_lock": True})
    wake(demo)
    if not given["prevent_thread_lock"]:
        demo.block_thread()
    return served


def serve(demo: DemoBlocks) -> None:
    """Serve `demo` until the process is ended, and print its address."""
    launch(demo)
    gc.freeze()  # what was made so far stays: no need to look at it again
    gc.enable()  # whoever started the app disabled it
    print(f"AIGC Demo is open at {demo.local_url}", flush=True)
    demo.block_thread()


def mount(app: FastAPI, demo: DemoBlocks, path: str, **chosen: Any) -> FastAPI:
    """Make `demo` a part of another app, under `path`, as gr.mount_gradio_app would, and return
    that app; `chosen` options go to gradio.

    The models wake in the background, as in `launch`.
    """
    start_engine()
    mounted = gr.mount_gradio_app(app, demo, path, **{**options(), **chosen})
    wake(demo)
    return mounted


def start_engine() -> None:
    """Let the models' work of all visitors go through one engine from now on, if the settings ask
    for one.
    """
    if settings().engine and not isinstance(batching.current(), LocalEngine):
        batching.install(LocalEngine())


def wake(demo: DemoBlocks) -> None:
    """Load the models in the background once the first page is out, if the settings let it."""

    def wait() -> None:
        if IndexPageMiddleware.served.wait(MAX_WAIT):
            time.sleep(PAINT)

    if settings().wakes:
        model_cache.in_background(wait, *(partial(finish, opening) for opening in demo.openings))
