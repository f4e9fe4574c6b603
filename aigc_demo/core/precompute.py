"""The first pictures, made in a process of its own while this one still imports Gradio: a second
core would only look on.

That process runs a module which calls `make`: it writes a line of JSON for each thing made, {name:
result}, and ends.
"""

import faulthandler
import json
import os
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from aigc_demo.core.cores import available_cores
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import PROJECT, is_installed, settings

MAX_SECONDS = 60  # after which that process gives up

_process: subprocess.Popen[str] | None = None
_made: dict[str, Any] = {}
_lock = threading.Lock()


def start(module: str) -> None:
    """Start that process, which runs `module`, unless the models shall not wake or there is no
    second core. Raises DemoError for a bad setting.
    """
    global _process
    if not settings().wakes or available_cores() < 2:
        return
    checkout = None if is_installed() else str(PROJECT)
    paths = os.pathsep.join(filter(None, [checkout, os.environ.get("PYTHONPATH")]))
    _process = subprocess.Popen(
        [sys.executable, "-P", "-m", module],  # -P: no module of the current folder's is taken
        env={**os.environ, "PYTHONPATH": paths},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the app
    )


def result(name: str) -> Any:
    """Return what that process made under `name`, once it is there; None where it made nothing."""
    global _process
    with _lock:
        while name not in _made and _process:
            assert _process.stdout is not None  # `start` opened a pipe
            if line := _process.stdout.readline():
                _made.update(json.loads(line))
            else:
                _process.wait()
                _process = None
    return _made.get(name)


def make(makers: Mapping[str, Callable[[], Any]]) -> None:
    """Write, in that process, what each of `makers` returns, as it is done; what fails is left to
    the app, which asks again.
    """
    faulthandler.dump_traceback_later(MAX_SECONDS, exit=True)
    for name, maker in makers.items():
        try:
            made = maker()
        except DemoError:
            made = None  # the view explains it
        except Exception:
            traceback.print_exc()
            made = None
        print(json.dumps({name: made}), flush=True)
