import os
import urllib.request

import pytest

from aigc_demo.core import environment


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    """No proxy is named, and what a test names is forgotten after it."""
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    "name", ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy", "Https_Proxy"]
)
def test_local_names_are_excepted_from_every_proxy_beside_those_that_were_before(monkeypatch, name):
    monkeypatch.setenv(name, "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "one.example, localhost")
    monkeypatch.setenv("no_proxy", "two.example")
    monkeypatch.setenv("GRADIO_SERVER_NAME", "[fd00::7]")
    environment.prepare()
    expected = "one.example,localhost,two.example,127.0.0.1,::1,0.0.0.0,fd00::7"
    assert os.environ["NO_PROXY"] == os.environ["no_proxy"] == expected
    environment.prepare()
    assert os.environ["NO_PROXY"] == expected


def test_without_a_proxy_nothing_is_excepted():
    environment.prepare()
    assert "NO_PROXY" not in os.environ


def test_what_is_set_stays(monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    environment.prepare()
    assert (os.environ["HF_HUB_OFFLINE"], os.environ["OPENBLAS_NUM_THREADS"]) == ("0", "1")


def test_a_client_made_in_the_direct_context_has_no_proxy_and_what_was_named_comes_back(
    monkeypatch,
):
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1080")
    monkeypatch.setenv("no_proxy", "one.example")
    before = dict(os.environ)
    with pytest.raises(KeyError), environment.without_proxy():
        assert urllib.request.getproxies() == {"no": "*"}
        raise KeyError
    assert dict(os.environ) == before


@pytest.mark.parametrize(
    ("named", "url", "proxy"),
    [
        ({}, "https://hub.example/x", None),
        (
            {"HTTPS_PROXY": "http://a:b@proxy.example:1"},
            "https://hub.example",
            "http://***@proxy.example:1",
        ),
        (
            {"https_proxy": "a:b@proxy.example:1"},
            "https://hub.example",
            "http://***@proxy.example:1",
        ),
        ({"HTTP_PROXY": "http://proxy.example"}, "https://hub.example", None),
        ({"all_proxy": "socks5://proxy.example"}, "https://hub.example", "socks5://proxy.example"),
        (
            {"all_proxy": "http://proxy.example", "no_proxy": "hub.example"},
            "https://hub.example:8443/x",
            None,
        ),
    ],
)
def test_the_proxy_of_an_address_is_named_without_its_password(monkeypatch, named, url, proxy):
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert environment.proxy(url) == proxy
