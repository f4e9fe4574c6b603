"""The page itself: made once for each address at which the app is reached, and sent packed.

Gradio describes all its components anew to each visitor, which takes half a second of a core.
"""

import gzip
import threading
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aigc_demo.ui import components, glossary

HEAD = Path(__file__).with_name("head.js")
REACHED = (b"host", b"x-forwarded-host", b"x-forwarded-proto", b"x-gradio-server")  # the headers of which Gradio makes the page's own address
MOST = 16  # addresses that are remembered: a stranger may invent any number
Headers = list[tuple[bytes, bytes]]


class FrontPage:
    """Puts head.js and the drawings' scripts first into the page's <head>: Gradio's own `head` runs too late to settle the language."""

    served = threading.Event()  # set when the first page is out: only then may torch take the cores

    def __init__(self, app: ASGIApp):
        self.app = app
        self.script = f"<head><script>{HEAD.read_text(encoding='utf-8')}{glossary.script()}{components.scripts()}</script>".encode()
        self.pages: dict[tuple[object, ...], tuple[Headers, bytes, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with the page where it is asked for, and passes everything else on."""
        method = scope["method"] if scope["type"] == "http" and scope["path"] == "/" else None
        if method == "GET":
            await self._answer(scope, receive, send)
        elif method == "HEAD":  # Gradio asks so at its start, and gives up when it takes three seconds: no page is made for it
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
            await send({"type": "http.response.body"})
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = dict(scope["headers"])
        reached = (scope["scheme"], scope.get("root_path"), *(asked.get(name) for name in REACHED))
        if reached not in self.pages:
            while len(self.pages) >= MOST:
                self.pages.pop(next(iter(self.pages)))
            self.pages[reached] = await self._make({**scope, "query_string": b""}, receive)  # which head.js reads, in the browser
        headers, page, packed = self.pages[reached]
        if b"gzip" in asked.get(b"accept-encoding", b""):
            headers, page = [*headers, (b"content-encoding", b"gzip")], packed
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, (b"content-length", str(len(page)).encode())]})
        await send({"type": "http.response.body", "body": page})
        self.served.set()

    async def _make(self, scope: Scope, receive: Receive) -> tuple[Headers, bytes, bytes]:
        """Gives back the headers but for the length, and the page that Gradio makes with the scripts in its head, as it is and packed."""
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self.app(scope, receive, keep)
        start, *rest = messages
        page = b"".join(message.get("body", b"") for message in rest).replace(b"<head>", self.script, 1)
        headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
        return [*headers, (b"vary", b"accept-encoding")], page, gzip.compress(page)
