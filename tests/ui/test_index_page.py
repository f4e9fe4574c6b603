"""The page is made once for everybody, packed for who can unpack it, and depends on nothing that a
visitor or a proxy sends.
"""

import gzip
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import gradio as gr
import pytest
from fastapi import FastAPI, Request
from starlette.responses import Response
from starlette.testclient import TestClient

from aigc_demo.ui import gradio_script
from aigc_demo.ui.index_page import IndexPageMiddleware, accepts_gzip

INNER, EVIL, GOOD = "http://inner.example", "evil.example", "good.example"
Ask = Callable[..., TestClient]


@pytest.fixture
def blocks() -> gr.Blocks:
    """A small app."""
    with gr.Blocks() as demo:
        gr.Markdown("Hello")
    return demo


@pytest.fixture
def ask(blocks: gr.Blocks) -> Ask:
    """Mount the app behind IndexPageMiddleware in another one; return who asks it."""

    def mount(path: str = "/", **options: object) -> TestClient:
        parent = FastAPI()
        middleware = {"middleware": [(IndexPageMiddleware, [], {})]}
        gr.mount_gradio_app(parent, blocks, path, app_kwargs=middleware, ssr_mode=False, **options)
        return TestClient(parent, base_url=INNER)

    return mount


def root(page: str) -> set[str]:
    """Return what the page says of its own address, in its configuration and in its script."""
    found = {
        re.search(pattern, page)[1] for pattern in (r'"root":"([^"]*)"', r'const root = "([^"]*)"')
    }
    assert page.index("window.aigc = ") < page.index("window.gradio_config = ")
    return found


@pytest.mark.parametrize(
    ("mounted", "root_path", "asked"),
    [
        ("/", None, "/"),
        ("/", None, ""),
        ("/demo", None, "/demo/"),
        ("/a/b", None, "/a/b/"),
        ("/demo/", None, "/demo/"),
        ("/", "/demo", "/"),
        ("/", "/demo", "/demo/"),
        ("/", "/demo/", "/demo/"),
        ("/", "https://somewhere.example/a/b/", "/a/b/"),
        ("/", "https://somewhere.example/a/b", "/"),
    ],
)
def test_the_page_lives_and_names_no_address_however_it_is_reached(ask, mounted, root_path, asked):
    answer = ask(mounted, root_path=root_path).get(asked)
    assert answer.status_code == 200
    assert root(answer.text) == {"."}


@pytest.mark.parametrize("auth", [None, [("ada", "1815")]])
@pytest.mark.parametrize("path", ["/", "/demo"])
def test_the_first_values_are_streamed_where_the_page_has_some_and_is_everybodys(
    ask, blocks, auth, path
):
    under = path.rstrip("/")
    plain = ask(path, auth=auth).get(f"{under}/first-paint")
    assert (plain.status_code, "first-header" in plain.text) == (404, False)
    blocks.first_values, blocks.header = lambda: iter([{"a": 1}, {"a": 2}]), "<header></header>"
    blocks.openings = [SimpleNamespace(outputs=[SimpleNamespace(elem_id="map")])]
    client = ask(path, auth=auth)
    values, page = client.get(f"{under}/first-paint"), client.get(f"{under}/").text
    assert values.text == ('{"a": 1}\n{"a": 2}\n' if auth is None else plain.text)
    assert (
        ('<template id="first-header"><header></header>' in page)
        == ('paint("map")' in page)
        == (auth is None)
    )


def test_the_prefix_alone_leads_to_the_page_whatever_the_host_is_called(ask):
    answer = ask("/", root_path="/a/b").get("/a/b?tab=gan&lang=zh", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "./b/?tab=gan&lang=zh")


FORGED = [
    [("X-Forwarded-Host", EVIL), ("X-Forwarded-Host", GOOD)],
    [("X-Forwarded-Host", f"{EVIL}, {GOOD}"), ("X-Forwarded-Proto", "https, http")],
    [("Host", EVIL)],
    [("X-Gradio-Server", f"http://{EVIL}")],
    [("X-Forwarded-Prefix", "/evil.example"), ("X-Forwarded-Host", EVIL)],
]


@pytest.mark.parametrize("forged", FORGED)
def test_nothing_that_one_visitor_sends_reaches_the_next(ask, forged):
    client = ask()
    first = client.get("/", headers=forged).text
    second = client.get("/", headers={"X-Forwarded-Host": GOOD}).text
    assert first == second and EVIL not in second
    assert root(second) == {"."}


def test_the_page_is_made_once_however_many_ask_for_it_first(ask, blocks, monkeypatch):
    made = []
    monkeypatch.setattr("gradio.routes.templates.TemplateResponse", _counted(made))
    with ask() as client, ThreadPoolExecutor(8) as threads:  # in one event loop, as a server has
        pages = list(threads.map(lambda number: client.get(f"/?tab={number}").text, range(16)))
    assert len(made) == 1 and len(set(pages)) == 1
    assert IndexPageMiddleware.served.is_set()


def _counted(made: list[object]) -> Callable[..., object]:
    from gradio.routes import templates

    render = templates.TemplateResponse
    return lambda *args, **kwargs: made.append(kwargs) or render(*args, **kwargs)


@pytest.mark.parametrize("way", ["auth", "auth_dependency"])
def test_where_visitors_log_in_each_gets_a_page_of_their_own_that_nobody_keeps(ask, way):
    def user(request: Request) -> str | None:
        return request.headers.get("x-user")

    client = ask(
        **(
            {"auth": [("ada", "1815"), ("alan", "1912")]}
            if way == "auth"
            else {"auth_dependency": user}
        )
    )
    pages = {}
    for name, password in [("ada", "1815"), ("alan", "1912")]:
        client.cookies.clear()
        headers = {"x-user": name} if way == "auth_dependency" else {}
        if way == "auth":
            assert (
                client.post("/login", data={"username": name, "password": password}).status_code
                == 200
            )
        answer = client.get("/", headers=headers)
        assert answer.headers["cache-control"] == "no-store" and "etag" not in answer.headers
        assert root(answer.text) == {"."}
        pages[name] = answer.text
    assert '"username":"ada"' in pages["ada"] and '"username":"alan"' in pages["alan"]
    client.cookies.clear()
    stranger = client.get("/")
    assert stranger.status_code == (401 if way == "auth_dependency" else 200)
    assert (
        "ada" not in stranger.text.partition("window.gradio_config = ")[2]
        and "Hello" not in stranger.text
    )


PACKED = ("gzip", "gzip, deflate, br", "GZIP", "x-gzip", "*", "br, *;q=0.1", "gzip;q=0.5")
PACKED += ("gzip; q=0.001", "identity;q=0.5, gzip;q=0.5", "identity;q=0, gzip", "*;q=0, gzip;q=1")
PLAIN = ("", "gzip;q=0", "gzip;q=0.000", "gzip ; Q=0", "*;q=0", "*, gzip;q=0", "br", "identity;q=0")
PLAIN += ("identity, gzip;q=0.5", "gzip;q=nonsense", "notgzip", ";;,,q=")


@pytest.mark.parametrize(
    ("header", "packed"), [*((each, True) for each in PACKED), *((each, False) for each in PLAIN)]
)
def test_it_is_packed_for_who_wants_it_so(ask, header, packed):
    assert accepts_gzip(header) == packed
    client = ask()
    answer = client.get("/", headers={"Accept-Encoding": header})
    assert answer.headers.get("content-encoding") == ("gzip" if packed else None)
    assert answer.headers["vary"] == "Accept-Encoding"
    assert root(answer.text) == {"."}  # which the client has unpacked


def test_headers_that_come_twice_are_one_list(ask):
    answer = ask().get("/", headers=[("Accept-Encoding", "br"), ("Accept-Encoding", "gzip;q=0")])
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_has_the_page_already_is_told_so_and_a_head_has_its_headers(ask, encoding):
    client = ask()
    asked = {"Accept-Encoding": encoding}
    early = client.head("/", headers=asked)
    assert early.status_code == 200 and early.headers["content-type"].startswith("text/html")
    whole = client.get("/", headers=asked)
    again = client.get("/", headers={**asked, "If-None-Match": whole.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (
        304,
        b"",
        whole.headers["etag"],
    )
    other = client.get(
        "/",
        headers={
            "Accept-Encoding": "gzip" if encoding == "identity" else "identity",
            "If-None-Match": whole.headers["etag"],
        },
    )
    assert other.status_code == 200
    late = client.head("/", headers=asked)
    assert (late.status_code, late.content) == (200, b"")
    assert dict(late.headers) == dict(whole.headers)
    length = len(gzip.compress(whole.content)) if encoding == "gzip" else len(whole.content)
    # the time in gzip's own head aside
    assert abs(int(late.headers["content-length"]) - length) <= 8


def test_all_else_is_passed_on_and_event_streams_are_not_collected_in_a_proxys_buffer(ask):
    client = ask()
    assert client.get("/gradio_api/app_id").json().keys() == {"app_id"}
    assert client.post("/").status_code == 405
    assert "x-accel-buffering" not in client.get("/config").headers

    streams = TestClient(
        IndexPageMiddleware(Response("data: 1\n\n", media_type="text/event-stream"))
    )
    assert streams.get("/gradio_api/queue/data").headers["x-accel-buffering"] == "no"


def test_gradios_slow_function_is_replaced_in_its_script_and_nothing_else(ask):
    (core,) = (Path(gr.__file__).parent / "templates/frontend/assets").glob("core-*.js")
    script = core.read_bytes()
    if gradio_script.SLOW not in script:
        pytest.skip("this Gradio has another function")
    for packing in ("gzip", "identity"):
        answer = ask("/demo").get(f"/demo/assets/{core.name}", headers={"accept-encoding": packing})
        assert answer.content == script.replace(gradio_script.SLOW, gradio_script.FAST)
        assert answer.headers.get("content-encoding", "identity") == packing
        assert "javascript" in answer.headers["content-type"]
    tag = answer.headers["etag"]
    again = ask("/demo").get(f"/demo/assets/{core.name}", headers={"if-none-match": tag})
    assert (again.status_code, again.content) in ((304, b""), (200, answer.content))
    assert gradio_script.repair(b"f(){}") == b"f(){}"


@pytest.mark.parametrize("path", ["/", "/demo"])
def test_a_script_is_kept_for_good_at_an_address_that_the_page_names(ask, path):
    client, under = ask(path), path.rstrip("/")
    named = json.loads(
        re.search('type="importmap">(.*?)</script>', client.get(f"{under}/").text)[1]
    )
    for name in ("aigc/ui/drawing.js", "aigc/glossary-data.js"):
        address = f"{under}/{named['imports'][name].removeprefix('./')}"
        plain = client.get(address, headers={"Accept-Encoding": "identity"})
        packed = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert packed.headers["content-encoding"] == "gzip" and plain.text == packed.text
        assert plain.headers["content-type"].startswith("text/javascript")
        assert "immutable" in plain.headers["cache-control"] and len(plain.text) > 500
        assert client.get(address.replace(".js", "0.js")).status_code == 404
    assert client.get(f"{under}/modules/../ui/index_page.py").status_code == 404
