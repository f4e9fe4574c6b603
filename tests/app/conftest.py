"""A visitor of the real app, over its API."""

import pytest
from gradio_client import Client

from tests.app.calls import GOOD, run
from tests.server import Server


@pytest.fixture(scope="session")
def visitor(app: Server) -> Client:
    """A visitor who comes after the models are awake."""
    client = Client(app.url, verbose=False)
    for event in GOOD:
        run(client, event)
    return client
