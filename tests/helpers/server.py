"""The real app in a process of its own, as on a visitor's machine; tests, browser and pictures all
talk to it over HTTP.
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aigc_demo.bench import answers

PROJECT = Path(__file__).resolve().parents[2]
MAX_START = 120  # seconds


@dataclass(frozen=True)
class Server:
    """An app that answers."""

    url: str  # without a slash at the end
    seconds: float  # from the process's start to the first page
    log: Path  # what it has printed
    process: int  # its number


@contextmanager
def serve(
    *arguments: str,
    prefix: str = "",
    under: Sequence[str] = (),
    program: Path | None = None,
    folder: Path = PROJECT,
    **environment: str | None,
) -> Iterator[Server]:
    """The context in which `python app.py`, or python with other `arguments`, serves on a free
    port; ended at its end.

    prefix: the path of the page ("/demo"). under: a command that runs the command after it
    (setpriv, taskset).
    program: what runs in place of python. folder: in which it runs.
    environment: what is set in it; None: what is not.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}{prefix}"
    python = (sys.executable, *(arguments or ("app.py",)))
    command = (str(program), *arguments) if program else python
    changed = {
        **os.environ,
        "GRADIO_SERVER_PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        **environment,
    }
    with tempfile.TemporaryDirectory() as logs, (Path(logs) / "log").open("wb") as log:
        began = time.monotonic()
        process = subprocess.Popen(
            [*under, *command],
            cwd=folder,
            env={name: value for name, value in changed.items() if value is not None},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            while not answers(url):
                assert process.poll() is None and time.monotonic() - began < MAX_START, Path(
                    log.name
                ).read_text(encoding="utf-8")
                time.sleep(0.005)
            yield Server(url, time.monotonic() - began, Path(log.name), process.pid)
            assert process.poll() is None, (
                f"ended with {process.returncode}: {Path(log.name).read_text(encoding='utf-8')}"
            )
        finally:
            process.kill()
            process.wait()


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@dataclass(frozen=True)
class Answer:
    """What an event ended with."""

    status: str  # "complete" or "error"
    data: Any  # the outputs, or {"error": message, "title": ...}

    @property
    def message(self) -> str:
        """The message of an error; empty when Gradio hides what happened."""
        assert self.status == "error", f"no error, but {str(self.data)[:300]}"
        return self.data["error"] or ""


def call(url: str, event: str, inputs: list[Any], **headers: str) -> Answer:
    """Call a public event by bare HTTP: unlike gradio_client it sends whatever JSON-like thing is
    given, NaN included.
    """
    place = f"{url}/gradio_api/call/{event}"
    body = json.dumps({"data": inputs}).encode()
    posted = urllib.request.Request(place, body, {"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(posted, timeout=60) as response:
        ticket = json.load(response)["event_id"]
    with urllib.request.urlopen(f"{place}/{ticket}", timeout=120) as response:
        last = response.read().decode().strip().rsplit("event: ", 1)[-1]
    status, _, data = last.partition("\ndata: ")
    return Answer(status, json.loads(data))


# the good inputs of each event, by the app's address, that was called with bad ones
ASKED: dict[tuple[str, str], list[Any]] = {}


def told(url: str, event: str, good: list[Any], bad: list[Any]) -> tuple[str, str]:
    """Return the messages, English and Chinese, to a call of `event` with `bad` inputs; whether
    `good` ones are still answered is seen later.
    """
    english = call(url, event, bad, **{"Accept-Language": "en-US"}).message
    chinese = call(
        url, event, bad, Referer=f"{url}/?tab=text&lang=zh", **{"Accept-Language": "en-US"}
    ).message
    ASKED[url, event] = good
    assert any("一" <= character <= "鿿" for character in chinese)
    assert english != chinese
    return english, chinese
