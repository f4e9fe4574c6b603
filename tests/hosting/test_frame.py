"""In a frame of another site, as Spaces shows it, whose storage the browser keeps from the page."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.helpers.browser import CUT_OFF, Visit, listen

pytestmark = pytest.mark.browser

# of those that a Space's frame has
SANDBOX = "allow-downloads allow-forms allow-modals allow-popups allow-same-origin allow-scripts"
OUTER = """<!doctype html><link rel="icon" href="data:,">
<iframe title="app" width="1400" height="850" sandbox="{sandbox}" src="{url}"></iframe>"""
NO_STORAGE = """
if (self !== top) {
  const refuse = () => { throw new DOMException("The operation is insecure.", "SecurityError"); };
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
    Object.defineProperty(window, name, { get: refuse });
  Object.defineProperty(Document.prototype, "cookie", { get: refuse, set: refuse });
}
"""


@pytest.fixture
def outer() -> Iterator[tuple[str, dict[str, str]]]:
    """Another site, called localhost, and what it shows at each path."""
    pages: dict[str, str] = {}

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages[self.path].encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as site:
        thread = threading.Thread(target=site.serve_forever)
        thread.start()
        yield f"http://localhost:{site.server_port}", pages
        site.shutdown()
        thread.join()


@pytest.mark.parametrize("storage", ["refused", "partitioned"])
def test_in_a_frame_the_page_lives_changes_its_language_and_shows_results(
    app, chromium, outer, storage
):
    site, pages = outer
    pages["/"] = OUTER.format(
        sandbox=SANDBOX, url=f"{app.url}/?tab=diffusion&amp;view=digits&amp;lang=en"
    )
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    if storage == "refused":
        context.add_init_script(NO_STORAGE)
    here = Visit(context.new_page(), "en")
    listen(here)
    here.page.goto(site)
    frame = here.page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    expect(frame.locator("#diffusion-film .bar")).to_be_visible()
    frame.get_by_role("button", name=here.word("app.language"), exact=True).click()
    expect(frame.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(frame.locator("#diffusion-film .bar")).to_be_visible()
    with here.page.expect_download() as saved:
        frame.locator("#diffusion-film").get_by_role(
            "button", name=Visit(here.page, "zh").word("player.save"), exact=True
        ).click()
    assert saved.value.suggested_filename.endswith(".png")
    context.close()
    left = tuple(f"console: {text}" for text in CUT_OFF)  # the frame's page, for its other language
    assert [complaint for complaint in here.complaints if not complaint.startswith(left)] == []
