"""As a container runs it: an ordinary user, a checkout and a home that cannot be written, any
address, one core.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.calls import GOOD
from tests.helpers.ordinary_user import USER, as_user, protect
from tests.helpers.server import PROJECT, Server, call, serve

NEEDED = ("app.py", "aigc_demo", "checkpoints")  # what a Space's repository holds of the app


@pytest.fixture(scope="module")
def container() -> Iterator[tuple[Server, Path]]:
    """The app so, and the folder that holds its checkout, its home and the one folder that can be
    written, for temporary files.
    """
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are open to one user alone
        base = Path(name)
        checkout, home, temporary = (base / name for name in ("checkout", "home", "tmp"))
        for folder in (checkout, home, temporary):
            folder.mkdir()
        for part in NEEDED:
            if (PROJECT / part).is_dir():
                shutil.copytree(
                    PROJECT / part,
                    checkout / part,
                    ignore=shutil.ignore_patterns("__pycache__", "snapshots"),
                )
            else:
                shutil.copy(PROJECT / part, checkout)
        protect(base, writable=False)
        temporary.chmod(0o777)
        lost = {
            name: None
            for name in os.environ
            if name.startswith(("HF_", "XDG_", "GRADIO_", "AIGC_"))
        }
        where = {
            "HOME": str(home),
            "TMPDIR": str(temporary),
            "GRADIO_SERVER_NAME": "0.0.0.0",
            "AIGC_DEMO_WAKE": "no",
        }
        with serve(under=as_user(), folder=checkout, **{**lost, **where}) as server:
            yield server, base
        protect(base, writable=True)  # so that it can be thrown away


def test_the_app_is_an_ordinary_users_who_can_write_neither_its_checkout_nor_a_home(container):
    server, base = container
    assert Path(f"/proc/{server.process}").stat().st_uid == (os.geteuid() or USER)
    tried = subprocess.run(
        [*as_user(), "touch", base / "checkout" / "x", base / "home" / "x"],
        capture_output=True,
        check=False,
    )
    assert tried.stderr.count(b"Permission denied") == 2


def test_it_answers_and_writes_nothing_but_temporary_files(container):
    server, base = container
    for event in ("gan_sample", "text_generate"):
        assert call(server.url, event, list(GOOD[event].values())).status == "complete"
    assert {path.name for path in (base / "checkout").iterdir()} == set(NEEDED)
    assert not list((base / "checkout").rglob("__pycache__")) and not list(
        (base / "home").iterdir()
    )
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


@pytest.mark.browser
def test_the_page_lives(container, visit):
    server, _ = container
    here = visit(url=server.url, query="tab=vae&view=digit&lang=en&__theme=light")
    here.finished("vae/digit")
