"""The app: a header, a tab a family, and how it is launched. No logic of any family."""

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before gradio is imported: no request leaves the machine
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # torch's threads sleep while they wait: spinning, they fought the browser for the cores
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy's products, one character's, are too small for two threads

from functools import partial
from typing import Any

import gradio as gr

from aigc_demo import library
from aigc_demo.diffusion import page as diffusion
from aigc_demo.errors import DemoError
from aigc_demo.gan import page as gan
from aigc_demo.llm import page as llm
from aigc_demo.maths import page as maths
from aigc_demo.overview import page as overview
from aigc_demo.settings import settings
from aigc_demo.text import page as text
from aigc_demo.ui import glossary, language, theme
from aigc_demo.ui.arrival import greeting
from aigc_demo.ui.components import Drawing, Opening
from aigc_demo.ui.front import FrontPage
from aigc_demo.ui.tour import tour
from aigc_demo.vae import page as vae

PAGES = {"overview": overview, "text": text, "gan": gan, "vae": vae, "diffusion": diffusion, "llm": llm, "maths": maths}
LONGEST_WAIT = 3.0  # seconds until the models wake up though nobody has asked for the page
MASTHEAD = """<header id="masthead"><h1>{title}</h1><p>{subtitle}</p>
<button id="tour-button" onclick="aigc.tour()">{tour}</button>
<button id="glossary-button" onclick="aigc.glossary.open()" aria-haspopup="dialog" aria-keyshortcuts="Alt+G" title="Alt+G">{glossary}</button>
<button onclick="aigc.speak(aigc.language === 'zh' ? 'en' : 'zh')">{language}</button>
<button onclick="aigc.shade()">{shade}</button></header>"""
HEADER = ("title", "subtitle", "tour", "glossary", "language", "shade")


def build_app() -> gr.Blocks:
    """Gives back the whole page; nothing is loaded yet."""
    with gr.Blocks(title="AIGC Demo", analytics_enabled=False, fill_width=True) as demo:
        gr.HTML(MASTHEAD.format(**{word: language.both_html(f"app.{word}") for word in HEADER}))
        tour()
        tabs: list[list[Opening]] = []
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):  # in a menu a tab has no address
            for name, page in PAGES.items():
                with gr.Tab(language.label(f"{name}.tab"), id=name, elem_id=f"tab-{name}"):
                    tabs.append(page.build())
        tabs_and_views = {name: list(page.VIEWS) for name, page in PAGES.items()}
        arrived = demo.load(greeting(tabs_and_views), None, None, api_visibility="private", show_progress="hidden")
        arrived.then(None, js="() => { aigc.settle(); }", api_visibility="private")
        demo.load(None, js="() => { aigc.open(); aigc.glossary.arrive(); }", api_visibility="private")
        openings = [*(tab[0] for tab in tabs), *(opening for tab in tabs for opening in tab[1:])]  # what is seen first comes first
        demo.openings = sorted(openings, key=lambda opening: opening.slow)
        for opening in demo.openings:
            shown = partial(show, opening)
            opening.outputs[0].apply(shown, None, opening.outputs, api_visibility="private", show_progress="hidden", concurrency_limit=None)
    return demo.queue(max_size=100)


def show(opening: Opening) -> Any:
    """Gives back a view's opening result; where its models cannot be opened, what each drawing shows instead."""
    try:
        results = opening.make()
    except DemoError as error:
        results = [{"problem": language.error_both(error)} if isinstance(output, Drawing) else gr.skip() for output in opening.outputs]
    return results if len(results) > 1 else results[0]  # a single output takes a list for its value


def launch(demo: gr.Blocks, **options: Any) -> Any:
    """Serves `demo` and then wakes the models in the background, if the settings let it; `options` go to gradio, whose answer is given back."""
    served = demo.launch(
        theme=theme.theme(),
        css="".join(sheet.read_text(encoding="utf-8") for sheet in (theme.STYLE, glossary.STYLE)),
        i18n=language.translations(),
        app_kwargs={"middleware": [(FrontPage, [], {})]},
        footer_links=[],
        ssr_mode=False,
        run_history=False,
        enable_monitoring=False,
        max_file_size="2mb",
        state_session_capacity=500,
        max_threads=100,
        **{"prevent_thread_lock": True, "quiet": True, **options},
    )
    if settings().wakes:
        library.in_background(lambda: FrontPage.served.wait(LONGEST_WAIT), *(opening.make for opening in demo.openings))
    return served
