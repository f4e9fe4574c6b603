"""The process's environment as the app needs it: imported before gradio, NumPy and torch, which
read it at their own import.
"""

import os
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

DEFAULTS = {
    "GRADIO_ANALYTICS_ENABLED": "False",  # no request leaves the machine
    "HF_HUB_OFFLINE": "1",
    # torch's threads sleep while they wait: spinning, they fought the browser for the cores
    "OMP_WAIT_POLICY": "passive",
    "OPENBLAS_NUM_THREADS": "1",  # NumPy's products, one character's, are too small for two threads
}
LOCAL = ("localhost", "127.0.0.1", "::1", "0.0.0.0")


def prepare() -> None:
    """Set what is not set yet, and except this machine's own names from every proxy."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    # else the variables would hide the proxies that macOS and Windows keep elsewhere
    if _proxies():
        own = os.environ.get("GRADIO_SERVER_NAME", "").strip("[]")
        before = f"{os.environ.get('NO_PROXY', '')},{os.environ.get('no_proxy', '')}".split(",")
        names = dict.fromkeys(name.strip() for name in [*before, *LOCAL, own])
        os.environ["NO_PROXY"] = os.environ["no_proxy"] = ",".join(filter(None, names))


@contextmanager
def without_proxy() -> Iterator[None]:
    """Return the context in which no new HTTP client goes through a proxy, whatever the environment
    names.

    Gradio makes clients at its import, and asks itself at its launch: a proxy that this machine's
    HTTP library cannot use (socks5://, a misspelt scheme) would end both.
    """
    kept = {
        name: os.environ.pop(name)
        for name in (*_proxies(), "NO_PROXY", "no_proxy")
        if name in os.environ
    }
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = "*"
    try:
        yield
    finally:
        del os.environ["NO_PROXY"], os.environ["no_proxy"]
        os.environ.update(kept)


def proxy(url: str) -> str | None:
    """Return the proxy through which a request to `url` goes, its password hidden; None: it goes
    directly.
    """
    proxies, (scheme, _, rest) = urllib.request.getproxies(), url.partition("://")
    found = proxies.get(scheme) or proxies.get("all")
    if not found or urllib.request.proxy_bypass(rest.partition("/")[0].rpartition("@")[2]):
        return None
    kind, _, address = found.rpartition("://")
    secret, _, host = address.rpartition("@")
    return f"{kind or 'http'}://{'***@' if secret else ''}{host}"


def _proxies() -> list[str]:
    """Return the names, in any case, of the variables that name proxies."""
    return [
        name
        for name in os.environ
        if name.lower().endswith("_proxy") and name.lower() != "no_proxy"
    ]


prepare()
