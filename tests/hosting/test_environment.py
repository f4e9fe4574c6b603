"""The app starts whatever proxies the environment names, and keeps what is local from them; the
command line explains them.
"""

import os
import subprocess
import sys

import pytest

from tests.helpers.calls import GOOD
from tests.helpers.server import PROJECT, call, serve

CLEAN = {name: None for name in os.environ if name.lower().endswith("_proxy")} | {
    "NO_PROXY": None,
    "no_proxy": None,
}
NOWHERE = "http://127.0.0.1:9"


@pytest.mark.parametrize(
    "proxies",
    [
        {"HTTP_PROXY": NOWHERE},
        {"ALL_PROXY": "socks5://127.0.0.1:1080", "NO_PROXY": "example.com"},
        {"http_proxy": NOWHERE, "https_proxy": NOWHERE, "all_proxy": "socks5h://nowhere.invalid:1"},
        {"HTTP_PROXY": "nonsense", "HTTPS_PROXY": "http://", "ALL_PROXY": "ftp://nowhere.invalid"},
    ],
    ids=["nobody listens", "socks", "small letters", "malformed"],
)
def test_the_app_starts_and_answers_whatever_proxy_is_named(proxies):
    with serve(AIGC_DEMO_WAKE="no", **{**CLEAN, **proxies}) as server:
        assert (
            call(server.url, "gan_sample", list(GOOD["gan_sample"].values())).status == "complete"
        )


@pytest.mark.parametrize(
    ("proxies", "told"),
    [
        ({"ALL_PROXY": "socks5://127.0.0.1:1080"}, "socks5://127.0.0.1:1080 cannot be used"),
        (
            {"https_proxy": "gopher://nobody:secret@nowhere.invalid:1"},
            "gopher://***@nowhere.invalid:1 cannot be used",
        ),
        (
            {"HTTPS_PROXY": "http://nobody:secret@127.0.0.1:9"},
            "through the proxy http://***@127.0.0.1:9",
        ),
    ],
    ids=["socks", "unknown scheme", "nobody listens"],
)
def test_the_command_line_explains_a_proxy_that_cannot_be_used(tmp_path, proxies, told):
    changed = {
        **os.environ,
        **CLEAN,
        **proxies,
        "HF_HOME": str(tmp_path),
        "HF_ENDPOINT": "https://hub.invalid",
    }
    done = subprocess.run(
        [sys.executable, "-m", "aigc_demo", "fetch", "digits"],
        cwd=PROJECT,
        env={name: value for name, value in changed.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2, done.stderr
    assert told in done.stderr and "Traceback" not in done.stderr
    assert "secret" not in done.stderr
