"""The app: a header, a tab a family, and the way in which the page is served. No logic of any family."""

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before gradio is imported: no request leaves the machine
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # torch's threads sleep while they wait: spinning, they fought the browser for the cores
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy's products, one character's, are too small for two threads

import threading
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aigc_demo import library
from aigc_demo.diffusion import page as diffusion
from aigc_demo.errors import DemoError
from aigc_demo.gan import page as gan
from aigc_demo.llm import page as llm
from aigc_demo.maths import page as maths
from aigc_demo.overview import page as overview
from aigc_demo.text import page as text
from aigc_demo.ui import components, glossary, language, theme
from aigc_demo.ui.components import Drawing, Opening
from aigc_demo.vae import page as vae

PAGES = {"overview": overview, "text": text, "gan": gan, "vae": vae, "diffusion": diffusion, "llm": llm, "maths": maths}
HEAD = Path(__file__).parent / "ui" / "head.js"
LONGEST_WAIT = 3.0  # seconds until the models wake up though nobody has asked for the page
MASTHEAD = """<header id="masthead"><h1>{title}</h1><p>{subtitle}</p>
<button id="glossary-button" onclick="aigc.glossary.open()" aria-haspopup="dialog" aria-keyshortcuts="Alt+G" title="Alt+G">{glossary}</button>
<button onclick="aigc.speak(aigc.language === 'zh' ? 'en' : 'zh')">{language}</button>
<button onclick="aigc.shade()">{shade}</button></header>"""


def build_app() -> gr.Blocks:
    """Gives back the whole page; nothing is loaded yet."""
    with gr.Blocks(title="AIGC Demo", analytics_enabled=False, fill_width=True) as demo:
        gr.HTML(MASTHEAD.format(**{word: language.both_html(f"app.{word}") for word in ("title", "subtitle", "glossary", "language", "shade")}))
        tabs: list[list[Opening]] = []
        with gr.Tabs(elem_id="tabs", overflow_behavior="wrap"):  # in a menu a tab has no address
            for name, page in PAGES.items():
                with gr.Tab(language.label(f"{name}.tab"), id=name, elem_id=f"tab-{name}"):
                    tabs.append(page.build())
        demo.load(arrive, None, None, api_visibility="private", show_progress="hidden")
        demo.load(None, js="() => aigc.open()", api_visibility="private")
        demo.load(None, js="() => aigc.glossary.arrive()", api_visibility="private")
        demo.openings = [*(tab[0] for tab in tabs), *(opening for tab in tabs for opening in tab[1:])]  # what is seen first comes first
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


def arrive(request: gr.Request) -> None:
    """Says which tabs and languages there are when the address asks for another."""
    asked, spoken = request.query_params.get("tab"), request.query_params.get("lang")
    if spoken and spoken not in language.LANGUAGES:
        gr.Warning(language.both("app.unknown_language", value=spoken[:40])[language.of_visitor()])
    if asked and asked not in PAGES:
        gr.Warning(language.both("app.unknown_tab", value=asked[:40], names=", ".join(PAGES))[language.of_visitor()])


def launch(demo: gr.Blocks, **options: Any) -> Any:
    """Serves `demo` and then wakes the models in the background; `options` go to gradio. Gives back what gradio's launch does."""
    served = demo.launch(
        theme=theme.theme(),
        css="".join(sheet.read_text(encoding="utf-8") for sheet in (theme.STYLE, glossary.STYLE)),
        i18n=language.translations(),
        app_kwargs={"middleware": [(Head, [], {})]},
        footer_links=[],
        ssr_mode=False,
        run_history=False,
        enable_monitoring=False,
        max_file_size="2mb",
        state_session_capacity=500,
        max_threads=100,
        **{"prevent_thread_lock": True, "quiet": True, **options},
    )
    library.in_background(lambda: Head.served.wait(LONGEST_WAIT), *(opening.make for opening in demo.openings))
    return served


class Head:
    """Puts head.js and the drawings' scripts first into the page's <head>: Gradio's own `head` runs too late to settle the language."""

    served = threading.Event()  # set when the first page is out: only then may torch take the cores

    def __init__(self, app: ASGIApp):
        self.app = app
        self.script = f"<head><script>{HEAD.read_text(encoding='utf-8')}{glossary.script()}{components.scripts()}</script>".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on, and adds to the page itself.

        Whether there is a page is answered here: Gradio asks for it at its start, and gives up when it is not made within three seconds.
        """
        if scope["type"] == "http" and scope["method"] == "HEAD" and scope["path"] == "/":
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
            return await send({"type": "http.response.body"})
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] != "/":
            return await self.app(scope, receive, send)
        start: Message = {}

        async def insert(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            body = message.get("body", b"")
            if start:
                longer = len(self.script) - len(b"<head>") if b"<head>" in body else 0
                headers = [(k, str(int(v) + longer).encode() if k.lower() == b"content-length" else v) for k, v in start["headers"]]
                await send({**start, "headers": headers})
                start = {}
            await send({**message, "body": body.replace(b"<head>", self.script, 1)})
            self.served.set()

        return await self.app(scope, receive, insert)
