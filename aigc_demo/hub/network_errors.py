"""The network, which the app uses only where a visitor asked for a download: how it is opened, and
what its failures mean.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from huggingface_hub import constants
from huggingface_hub.errors import (
    EntryNotFoundError,
    GatedRepoError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from aigc_demo.core import environment
from aigc_demo.core.errors import DemoError

_lock = threading.Lock()
# what each that is in `online` found; the first found what is to be put back
_before: list[bool] = []


@contextmanager
def online() -> Iterator[None]:
    """Return the context in which huggingface_hub may reach the network, which HF_HUB_OFFLINE
    forbids elsewhere: every request asks this constant.

    It is read from the environment at import. Several threads may be in it at once.
    Raises DemoError where the environment names a proxy that cannot be used.
    """
    _check_proxy()
    with _lock:
        _before.append(constants.HF_HUB_OFFLINE)
        constants.HF_HUB_OFFLINE = False
    try:
        yield
    finally:
        with _lock:
            before = _before.pop()
            constants.HF_HUB_OFFLINE = before if not _before else False


MISSING = (RepositoryNotFoundError, RevisionNotFoundError, EntryNotFoundError)
# what is not the Hub's JSON raises ValueError and the like, hf_xet RuntimeError
UNREACHED = (httpx2.HTTPError, ValueError, KeyError, TypeError, RuntimeError)


@contextmanager
def hub_errors(repo: str) -> Iterator[None]:
    """Return the context in which what the Hub, the network or the disk says becomes a DemoError
    with what to do.
    """
    try:
        yield
    except (*MISSING, HfHubHTTPError) as error:
        raise _refused(repo, error) from error
    except UNREACHED as error:
        raise _unreached(error) from error
    except OSError as error:
        raise DemoError(
            "The Hub's cache {folder} cannot be written: {why}. Another is named in HF_HOME.",
            folder=constants.HF_HUB_CACHE,
            why=error,
        ) from error


def _refused(repo: str, error: Any) -> DemoError:
    """Return what to do where the Hub answers, but not with what was asked for."""
    endpoint = constants.ENDPOINT
    if isinstance(error, GatedRepoError):
        return DemoError(
            "{repo} is open only to those who accepted its terms: accept them at {address}, and "
            "set HF_TOKEN to your token.",
            repo=repo,
            address=f"{endpoint}/{repo}",
        )
    if isinstance(error, MISSING):
        return DemoError(
            "The Hub has no {repo}, or it is private: look at the spelling. A private one needs "
            "your token in HF_TOKEN.",
            repo=repo,
        )
    status = error.response.status_code
    if status in (401, 403):
        return DemoError(
            "The Hub does not allow this with {repo} ({status}): look at the spelling, and at "
            "the token in HF_TOKEN.",
            repo=repo,
            status=status,
        )
    return DemoError(
        "The Hub at {endpoint} answers with error {status}. Try again later, or name a mirror "
        "in HF_ENDPOINT.",
        endpoint=endpoint,
        status=status,
    )


def _unreached(error: Exception) -> DemoError:
    """Return what to do where the Hub does not answer; raises it where a proxy stands between."""
    if isinstance(error, httpx2.TimeoutException):
        return DemoError(
            "The Hub at {endpoint} was silent for {seconds} seconds. Try again later, or name a "
            "mirror in HF_ENDPOINT.",
            endpoint=constants.ENDPOINT,
            seconds=constants.HF_HUB_DOWNLOAD_TIMEOUT,
        )
    if isinstance(error, httpx2.TransportError):
        check_reached(error)
    return DemoError(
        "The Hub at {endpoint} cannot be reached: {why}. What was downloaded before still "
        "opens. A mirror is named in HF_ENDPOINT.",
        endpoint=constants.ENDPOINT,
        why=str(error).partition("\n")[0][:200],
    )


def check_reached(error: Exception) -> None:
    """Raise DemoError that names the proxy, where requests to the Hub go through one: `error` is
    then most likely its.
    """
    if proxy := environment.proxy(constants.ENDPOINT):
        raise DemoError(
            "The Hub at {endpoint} cannot be reached through the proxy {proxy}: {why}. Look at "
            "HTTPS_PROXY, HTTP_PROXY and ALL_PROXY.",
            endpoint=constants.ENDPOINT,
            proxy=proxy,
            why=str(error).partition("\n")[0][:200],
        ) from error


def _check_proxy() -> None:
    if proxy := environment.proxy(constants.ENDPOINT):
        try:
            # makes a transport for each proxy that is named, as the Hub's own client does
            httpx2.Client().close()
        except (
            ImportError,
            ValueError,
            httpx2.InvalidURL,
        ) as error:  # socks without its package, a misspelt scheme, no address
            raise DemoError(
                "The proxy {proxy} cannot be used: {why}. Look at HTTPS_PROXY, HTTP_PROXY and "
                "ALL_PROXY; for socks5:// install {package}.",
                proxy=proxy,
                why=str(error).partition("\n")[0][:200].rstrip("."),
                package="socksio",
            ) from error
