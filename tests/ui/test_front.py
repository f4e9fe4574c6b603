"""The front page is made once for each address, packed for who can unpack it, and every address gets its own."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest

from aigc_demo.ui.front import MOST, FrontPage


class Made:
    """What stands behind: a page that names its host, and how often it was made."""

    def __init__(self):
        self.times = 0

    async def __call__(self, scope, receive, send):
        self.times += 1
        host = dict(scope["headers"])[b"host"]
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html"), (b"content-length", b"1")]})
        await send({"type": "http.response.body", "body": b"<html><head></head>", "more_body": True})
        await send({"type": "http.response.body", "body": host + scope["path"].encode() + scope["query_string"]})


@pytest.fixture
def made() -> Made:
    return Made()


def ask(front: FrontPage, host: bytes = b"a", method: str = "GET", path: str = "/", query: bytes = b"", **headers: bytes):
    """Gives back status, headers and body."""
    sent = []
    pairs = [(b"host", host), *((name.replace("_", "-").encode(), value) for name, value in headers.items())]
    scope = {"type": "http", "scheme": "http", "path": path, "method": method, "query_string": query, "headers": pairs}

    async def keep(message):
        sent.append(message)

    with ThreadPoolExecutor(1) as thread:  # another test may have a loop running in this one
        thread.submit(asyncio.run, front(scope, None, keep)).result()
    return sent[0]["status"], dict(sent[0]["headers"]), b"".join(message.get("body", b"") for message in sent[1:])


def test_a_page_is_made_once_with_the_scripts_in_its_head(made):
    front = FrontPage(made)
    status, headers, page = ask(front)
    assert status == 200 and page.startswith(b"<html><head><script>") and page.endswith(b"</head>a/")
    assert int(headers[b"content-length"]) == len(page)
    assert ask(front, query=b"tab=gan")[2] == page
    assert made.times == 1 and front.served.is_set()


def test_who_can_unpack_it_gets_it_packed(made):
    front = FrontPage(made)
    _, headers, packed = ask(front, accept_encoding=b"gzip, deflate, br")
    assert headers[b"content-encoding"] == b"gzip" and len(packed) < len(gzip.decompress(packed))
    assert gzip.decompress(packed) == ask(front)[2]


def test_each_address_gets_its_own_and_only_so_many_are_remembered(made):
    front = FrontPage(made)
    hosts = [b"host-%d" % number for number in range(MOST + 4)]
    assert [ask(front, host)[2].rpartition(b"</head>")[2] for host in hosts] == [host + b"/" for host in hosts]
    assert ask(front, hosts[0], x_forwarded_proto=b"https")[0] == 200
    assert made.times == MOST + 5 and len(front.pages) == MOST


def test_that_there_is_a_page_is_said_without_making_it_and_all_else_is_passed_on(made):
    front = FrontPage(made)
    assert ask(front, method="HEAD") == (200, {b"content-type": b"text/html"}, b"")
    assert made.times == 0
    assert ask(front, path="/config", query=b"x=1")[2] == b"<html><head></head>a/configx=1"
