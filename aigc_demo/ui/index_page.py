"""The page itself: made once for everybody, whatever the address at which the app is reached, and
sent packed.

Gradio describes all its components anew to each visitor, which takes half a second of a core, and
writes into the page the address that it believes to be its own. Behind a proxy it cannot know that:
here the page says "." instead, and the visitor's browser knows where that is.
"""

import asyncio
import gzip
import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from fastapi import Request
from gradio.route_utils import get_root_url
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from aigc_demo.ui import glossary, language, modules
from aigc_demo.ui.gradio_script import is_repaired, repair
from aigc_demo.ui.modules import Module

HEAD = Path(__file__).with_name("head.js")
FIRST_PAINT = Path(__file__).with_name("first_paint.js")
FIRST_VALUES = "/first-paint"  # where that script asks for the first drawing's value
# who asks for the page that everybody gets: no name, no language, no proxy
NOBODY = [(b"host", b"page.invalid")]
# else a browser asks the proxy's own address for it
ICON = '<link rel="icon" href="./favicon.ico">'
MANIFEST = b'href="/manifest.json"'  # of Gradio's page: the one address in it that is not relative


@dataclass(frozen=True)
class RenderedPage:
    """A page as Gradio made it, with the scripts in its head."""

    status: int
    body: bytes
    gzipped: bytes  # the same, with gzip
    tag: str  # changes with the body


class IndexPageMiddleware:
    """Puts the import map and head.js first into the page's <head>, and serves what the map names.

    Gradio's own `head` runs too late to settle the language.
    """

    served = threading.Event()  # set when the first page is out: only then may torch take the cores

    def __init__(self, app: ASGIApp):
        self.app = app
        served = [*modules.modules().values(), told := glossary.module()]
        self.modules = {f"/{module.address}": module for module in served}
        words = json.dumps(language.words("shared.scrolls"), ensure_ascii=False)
        scripts = f"{HEAD.read_text(encoding='utf-8')}window.aigc.words = {words};"
        imports = f'<script type="importmap">{modules.import_map([told])}</script>'
        self.head = f"<head>{imports}<script>{scripts}</script>{ICON}"
        self.page: RenderedPage | None = None
        self._making = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the page where it is asked for, and pass everything else on."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        # GRADIO_ROOT_PATH may be a whole address
        root_path = urlsplit(scope.get("root_path", "")).path.rstrip("/")
        scope = {**scope, "root_path": root_path}
        path = scope["path"].removeprefix(scope["root_path"])
        if path == FIRST_VALUES and scope["method"] == "GET" and _has_first_paint(scope):
            return await StreamingResponse(_first_values(scope), media_type="application/x-ndjson")(
                scope, receive, _unbuffered(send)
            )
        if module := self.modules.get(path):
            return await _module(module, scope)(scope, receive, send)
        if is_repaired(path) and scope["method"] == "GET":
            return await (await self._script(scope, receive))(scope, receive, send)
        if path not in ("", "/") or scope["method"] not in ("GET", "HEAD"):
            return await self.app(scope, receive, _unbuffered(send))
        if not path:  # the prefix alone, from which nothing relative could be found
            query = scope["query_string"].decode("latin-1")
            answer: Response = RedirectResponse(
                f"./{quote(scope['path'].rpartition('/')[2])}/{query and '?'}{query}"
            )
        elif scope["method"] == "HEAD" and not self.page:
            # Gradio asks so at its start, and gives up when it takes three seconds
            answer = Response(media_type="text/html", headers={"vary": "Accept-Encoding"})
            del answer.headers["content-length"]
        else:
            answer = _answer(await self._page(scope, receive), scope)
        await answer(scope, receive, send)
        if path and scope["method"] == "GET":
            self.served.set()
        return None

    async def _page(self, scope: Scope, receive: Receive) -> RenderedPage:
        """Return the page that everybody gets, made at the first call; where visitors log in, a
        page for this one alone.
        """
        # the query is read in the browser, by head.js
        scope = {**scope, "method": "GET", "query_string": b""}
        if _is_private(scope):
            return await self._make(scope, receive)
        async with self._making:
            page = self.page or await self._make({**scope, "headers": NOBODY}, receive)
            self.page = page if page.status == 200 else None
        return page

    async def _make(self, scope: Scope, receive: Receive) -> RenderedPage:
        answer = await self._ask(scope, receive)
        root = json.dumps(_root(scope))[:-1].encode()  # with the quotation mark before it
        body = (
            bytes(answer.body)
            .replace(root + b'"', b'"."')
            .replace(root + b"/", b'"./')
            .replace(MANIFEST, b'href="./manifest.json"')
        )
        body = body.replace(b"<head>", self.head.encode(), 1)
        if _has_first_paint(scope):
            body = body.replace(b"<gradio-app", f"{_first_paint(scope)}<gradio-app".encode(), 1)
        return RenderedPage(
            answer.status_code, body, gzip.compress(body), hashlib.sha256(body).hexdigest()[:16]
        )

    async def _script(self, scope: Scope, receive: Receive) -> Response:
        """Return a script of Gradio's, repaired."""
        plain = [
            (name, value)
            for name, value in scope["headers"]
            if name not in (b"accept-encoding", b"range")
        ]
        answer = await self._ask({**scope, "headers": plain}, receive)
        body = repair(bytes(answer.body))
        packs = answer.status_code == 200 and accepts_gzip(
            ",".join(Headers(scope=scope).getlist("accept-encoding"))
        )
        headers = {
            name: value
            for name, value in answer.headers.items()
            if name not in ("content-length", "accept-ranges")
        }
        headers |= {"vary": "Accept-Encoding", **({"content-encoding": "gzip"} if packs else {})}
        return Response(gzip.compress(body) if packs else body, answer.status_code, headers)

    async def _ask(self, scope: Scope, receive: Receive) -> Response:
        """Return Gradio's answer, whole."""
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self.app(scope, receive, keep)
        start = next(message for message in messages if message["type"] == "http.response.start")
        answer = Response(
            b"".join(
                message.get("body", b"")
                for message in messages
                if message["type"] == "http.response.body"
            ),
            start["status"],
        )
        answer.raw_headers = list(start["headers"])
        return answer


def _has_first_paint(scope: Scope) -> bool:
    """Whether the page's first drawing is seen before Gradio has built it: where the page has one,
    and is the same for everybody.
    """
    return hasattr(scope["app"].get_blocks(), "first_values") and not _is_private(scope)


def _first_paint(scope: Scope) -> str:
    """Return what draws the page's header and first drawing."""
    demo = scope["app"].get_blocks()
    script = FIRST_PAINT.read_text(encoding="utf-8").replace(
        "DRAWING", demo.openings[0].outputs[0].elem_id
    )
    return f'<template id="first-header">{demo.header}</template><script>{script}</script>'


def _first_values(scope: Scope) -> Iterator[str]:
    """Yield the values of what is seen first, each with more of it, as lines of JSON."""
    for value in scope["app"].get_blocks().first_values():
        yield json.dumps(value) + "\n"


def _module(module: Module, scope: Scope) -> Response:
    """Return a script, which a browser may keep for good: another one has another address."""
    headers = {"vary": "Accept-Encoding", "cache-control": "public, max-age=31536000, immutable"}
    if accepts_gzip(",".join(Headers(scope=scope).getlist("accept-encoding"))):
        return Response(
            module.gzipped,
            headers={**headers, "content-encoding": "gzip"},
            media_type="text/javascript",
        )
    return Response(module.text, headers=headers, media_type="text/javascript")


def _root(scope: Scope) -> str:
    """Return the address that Gradio takes for its own when it is asked so, as its route for the
    page does.
    """
    app = scope["app"]
    return get_root_url(
        Request(scope),
        "/",
        app.root_path or scope["root_path"] or app.get_blocks().custom_mount_path,
    )


def _is_private(scope: Scope) -> bool:
    return scope["app"].auth is not None or scope["app"].auth_dependency is not None


def _answer(page: RenderedPage, scope: Scope) -> Response:
    asked = Headers(scope=scope)
    packs = accepts_gzip(",".join(asked.getlist("accept-encoding")))
    headers = {
        "vary": "Accept-Encoding",
        "cache-control": "no-store" if _is_private(scope) else "no-cache",
    }
    if page.status == 200 and not _is_private(scope):
        headers["etag"] = f'"{page.tag}{"-gzip" if packs else ""}"'
        if headers["etag"] in asked.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
    if packs:
        headers["content-encoding"] = "gzip"
    answer = Response(page.gzipped if packs else page.body, page.status, headers, "text/html")
    if scope["method"] == "HEAD":
        answer.body = b""
    return answer


def accepts_gzip(header: str) -> bool:
    """Whether Accept-Encoding `header` lets an answer be packed with gzip, and wants it no less
    than unpacked (RFC 9110, 12.5.3).
    """
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        weights[name] = next(
            (_weight(each[2:]) for each in parameters if each.startswith("q=")), 1.0
        )
    gzip_weight = weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0)))
    return gzip_weight > 0 and gzip_weight >= weights.get("identity", 0.0)


def _weight(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0


def _unbuffered(send: Send) -> Send:
    """Return `send` that asks a proxy to pass an event stream on as it comes: nginx would collect
    it in a buffer first.
    """

    async def pass_on(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith(
                ("text/event-stream", "application/x-ndjson")
            ):
                headers["x-accel-buffering"] = "no"
        await send(message)

    return pass_on
