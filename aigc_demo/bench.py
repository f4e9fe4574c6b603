"""How long the app takes to its first page, beside an empty Gradio app, and from a click to what it
brings.
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import PROJECT

EMPTY = "import gradio\nwith gradio.Blocks() as demo:\n    pass\ndemo.launch(quiet=True)"
APPS = {"an empty Gradio app": ("-c", EMPTY), "this app": ("-m", "aigc_demo")}
MAX_SECONDS = 120.0
CLICKS: dict[str, tuple[str, list[Any]]] = {
    "400 characters by three models": ("text_generate", ["ROMEO:\n", 0.8, 400, 7, 0, 1.0, 0.0]),
    "a row of digits, GAN": ("gan_sample", ["3", 3, 0.8]),
    "a digit, diffusion, 25 steps": ("diffusion_denoise", ["3", 1, 5, 25, "DDIM", 2.0, 0.0]),
    "sixteen digits, diffusion, 25 steps": (
        "diffusion_denoise",
        ["all", 16, 5, 25, "DDIM", 2.0, 0.0],
    ),
    "words to emoji, 15 steps": (
        "diffusion_emoji",
        ["pink mushroom", "", "1", 0, 15, 3.0, "DPM-Solver++(2M)", 0.0],
    ),
}


def bench(*, rounds: int = 4) -> Iterator[str]:
    """Yield the report a line at a time: medians of `rounds`, in which both apps start in turn. The
    last line is the ratio of their starts.

    Raises DemoError where an app does not start.
    """
    starts: dict[str, list[float]] = {name: [] for name in APPS}
    for _ in range(rounds):
        for name, arguments in APPS.items():
            with started(arguments, AIGC_DEMO_WAKE="no") as (_, seconds):
                starts[name].append(seconds)
    for name, seconds in starts.items():
        each = ", ".join(f"{took:.2f}" for took in seconds)
        yield f"first page, {name}: {statistics.median(seconds):.2f} s ({each})"
    with started(APPS["this app"]) as (url, _):
        for event, inputs in CLICKS.values():  # wakes the models
            call(url, event, inputs)
        for name, (event, inputs) in CLICKS.items():
            times = [call(url, event, inputs) for _ in range(rounds)]
            first, last = (statistics.median(each) for each in zip(*times, strict=True))
            yield f"{name}: first after {first:.2f} s, all after {last:.2f} s"
    ours, empty = (statistics.median(starts[name]) for name in ("this app", "an empty Gradio app"))
    yield f"ratio first page {ours / empty:.2f}"


@contextmanager
def started(arguments: Sequence[str], **environment: str) -> Iterator[tuple[str, float]]:
    """Return the context in which python runs `arguments` as a server: its address, and the seconds
    until its page came.
    """
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    url, began = f"http://127.0.0.1:{port}", time.monotonic()
    quiet = {
        "GRADIO_SERVER_PORT": str(port),
        "GRADIO_ANALYTICS_ENABLED": "False",
        "HF_HUB_OFFLINE": "1",
        **environment,
    }
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=PROJECT,
        env={**os.environ, **quiet},
        stdout=subprocess.DEVNULL,
    )
    try:
        while not answers(url):
            if process.poll() is not None or time.monotonic() - began > MAX_SECONDS:
                raise DemoError("The app did not start: {why}", why=f"exit status {process.poll()}")
            time.sleep(0.005)
        yield url, time.monotonic() - began
    finally:
        process.kill()
        process.wait()


def call(url: str, event: str, inputs: list[Any]) -> tuple[float, float]:
    """Return the seconds from a call of a public event until its first and until its last record
    came. Raises DemoError where it fails.
    """
    began = time.monotonic()
    body, kind = json.dumps({"data": inputs}).encode(), {"Content-Type": "application/json"}
    with urllib.request.urlopen(
        urllib.request.Request(f"{url}/gradio_api/call/{event}", body, kind), timeout=60
    ) as answer:
        ticket = json.load(answer)["event_id"]
    times = []
    with urllib.request.urlopen(
        f"{url}/gradio_api/call/{event}/{ticket}", timeout=MAX_SECONDS
    ) as answer:
        for line in answer:
            if line.startswith((b"event: generating", b"event: complete")):
                times.append(time.monotonic() - began)
            elif line.startswith(b"event: error"):
                raise DemoError("The event {event} failed.", event=event)
    return times[0], times[-1]


def answers(url: str) -> bool:
    """Return whether a page is served at `url`."""
    try:
        with urllib.request.urlopen(url + "/", timeout=30) as answer:
            return answer.status == 200
    except OSError:
        return False
