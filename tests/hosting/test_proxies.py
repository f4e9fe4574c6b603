"""Behind nginx as operators set it up, and as a part of another app: the page lives, streams,
saves, and finds every place.
"""

import json
import ssl
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.helpers.browser import Open, Visit
from tests.helpers.nginx import nginx
from tests.helpers.server import Server, serve

pytestmark = pytest.mark.browser

MOUNTED = """
import os, uvicorn
from fastapi import FastAPI
from aigc_demo.app import build_app, mount

app = mount(FastAPI(), build_app(), "/demo")
uvicorn.run(app, port=int(os.environ["GRADIO_SERVER_PORT"]), log_level="warning")
"""
FORWARDED = "proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto $scheme;"
WRONG = "proxy_set_header X-Forwarded-Host inner.example; proxy_set_header X-Forwarded-Proto http;"
PLACES = [
    "stripped",
    "kept",
    "https",
    "https, forwarded",
    "https, stripped",
    "wrong host",
    "mounted",
]


def to(server: Server | str, path: str, *, tail: str = "", more: str = "") -> str:
    """Return the settings with which nginx passes `path` on, its rest after `tail`."""
    url = server if isinstance(server, str) else server.url
    return f"location {path} {{ proxy_pass {url}{tail}; {more} }}"


@pytest.fixture(scope="module")
def places(app: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The app's addresses by how it is hosted."""
    quiet = {"AIGC_DEMO_WAKE": "no"}
    folder = tmp_path_factory.mktemp("nginx")
    with (
        serve(GRADIO_ROOT_PATH="/demo", **quiet) as kept,
        serve("-c", MOUNTED, prefix="/demo", **quiet) as mounted,
    ):
        inner = mounted.url.removesuffix("/demo")
        servers = {
            "stripped": ("http", to(app, "/demo/", tail="/")),
            "kept": ("http", to(kept, "/demo")),
            "https": ("https", to(app, "/")),
            "https, forwarded": ("https", to(app, "/", more=FORWARDED)),
            "https, stripped": ("https", to(app, "/demo/", tail="/", more=FORWARDED)),
            "wrong host": ("http", to(app, "/", more=WRONG)),
            "mounted": ("http", to(inner, "/demo/")),
        }
        with nginx(folder, servers) as urls:
            under = {
                name for name, (_, settings) in servers.items() if "location /demo" in settings
            }
            yield {name: f"{url}/demo" if name in under else url for name, url in urls.items()}


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, places: dict[str, str]) -> str:
    """One address after the other."""
    return places[request.param]


def opened(visit: Open, place: str, query: str) -> Visit:
    """Return a visit of the app at `place`."""
    return visit(url=place, query=query, ignore_https_errors=True)


def stays(here: Visit, place: str) -> None:
    """Fail where the page asked anything of another address than the proxy's."""
    assert here.origins == {place.removesuffix("/demo")}


def test_the_page_lives_and_saves_a_film(visit, place):
    here = opened(visit, place, "tab=diffusion&view=digits&lang=en&__theme=light")
    film = here.finished("diffusion").locator("#diffusion-film")
    with here.page.expect_download() as animation:
        film.get_by_role("button", name=here.word("player.save_film"), exact=True).click()
    with Image.open(animation.value.path()) as saved:
        assert saved.format == "WEBP" and saved.n_frames > 2
    assert (
        here.page.evaluate(
            "document.fonts.ready.then(() => [...document.fonts].filter((font) => font.status === "
            "'error').length)"
        )
        == 0
    )
    stays(here, place)


# how a place is found is the same in all
@pytest.mark.parametrize("name", ["kept", "https, stripped", "mounted"])
def test_an_address_opens_its_view_and_the_tour_leads_on(visit, places, name):
    place = places[name]
    here = opened(visit, place, "tab=gan&view=lab&lang=zh&__theme=light")
    here.language = "zh"
    expect(here.page.locator("#view-gan-lab")).to_be_visible()
    expect(here.page.locator("html")).to_have_attribute("lang", "zh-CN")
    here.page.get_by_role("button", name=here.word("app.tour"), exact=True).click()
    bar = here.page.get_by_role("region", name=here.word("tour.name"))
    for stop in (1, 2):
        expect(bar).to_contain_text(f"{stop} / ")
        bar.get_by_role("button", name=here.word("tour.next")).click()
    expect(bar).to_contain_text("3 / ")
    stays(here, place)


@dataclass
class Record:
    """A line of an event stream."""

    seconds: float  # after the call
    kind: str  # "generating", "complete"


def stream(url: str, event: str, inputs: list[object]) -> tuple[list[Record], str | None]:
    """Return an event's records as they came, and what the answer says of buffers."""
    unchecked = ssl._create_unverified_context()
    body = json.dumps({"data": inputs}).encode()
    began = time.monotonic()
    asked = urllib.request.Request(
        f"{url}/gradio_api/call/{event}", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=60, context=unchecked) as answer:
        ticket = json.load(answer)["event_id"]
    with urllib.request.urlopen(
        f"{url}/gradio_api/call/{event}/{ticket}", timeout=120, context=unchecked
    ) as answer:
        lines = iter(answer.readline, b"")
        records = [
            Record(time.monotonic() - began, line[7:].decode().strip())
            for line in lines
            if line.startswith(b"event: ")
        ]
        return records, answer.headers["X-Accel-Buffering"]


def test_what_is_written_arrives_while_it_is_written(place):
    stream(place, "text_generate", ["ROMEO:\n", 0.8, 30, 7, 0, 1.0, 0.0])  # wakes the models
    records, _ = stream(place, "text_generate", ["ROMEO:\n", 0.8, 400, 7, 0, 1.0, 0.0])
    assert [record.kind for record in records[-1:]] == ["complete"]
    # from a buffer the first comes with the last
    assert records[0].seconds < 0.9 * records[-1].seconds


def test_the_prefix_alone_leads_to_the_page_and_keeps_what_is_asked(places, chromium):
    context = chromium.new_context(ignore_https_errors=True)
    page = context.new_page()
    for name in ("kept", "stripped", "https, stripped"):
        page.goto(f"{places[name]}?tab=gan&view=lab&lang=en", wait_until="commit")
        assert page.url.startswith(f"{places[name]}/?tab=gan&view=lab")
        expect(page.locator("#view-gan-lab")).to_be_visible()
    context.close()
