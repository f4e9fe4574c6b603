"""A visitor of the real app, over its API."""

from collections.abc import Iterator

import pytest
from gradio_client import Client

from tests.helpers.calls import GOOD, run
from tests.helpers.server import ASKED, Server, call


@pytest.fixture(scope="session")
def visitor(app: Server) -> Client:
    """A visitor who comes after the models are awake."""
    client = Client(app.url, verbose=False)
    for event in GOOD:
        run(client, event)
    return client


@pytest.fixture(scope="module", autouse=True)
def goes_on_serving() -> Iterator[None]:
    """After a module's tests, each event that was called with bad input answers good input."""
    ASKED.clear()
    yield
    for (url, event), good in ASKED.items():
        assert call(url, event, good).status == "complete"
