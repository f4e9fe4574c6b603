"""A user who is not root, and folders that such a user cannot write."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

USER = 1000
SETPRIV = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
CAPABILITY = "-all,+dac_read_search"  # read everywhere, write nowhere more
MAY_READ = [f"--inh-caps={CAPABILITY}", f"--ambient-caps={CAPABILITY}"]
# The first program is still found with root's rights; one that it starts is not.
TRIAL = """
import subprocess, sys
sys.exit(subprocess.run([sys.executable, "-c", "import gradio_client"]).returncode)
"""


def as_user() -> list[str]:
    """Return the command that runs another as user 1000; nothing, where the tests are not root's.

    Where that user cannot reach the interpreter, as one under /root, it may read all files, but
    still write none of another's.
    """
    if os.geteuid() != 0:
        return []
    for command in (SETPRIV, [*SETPRIV, *MAY_READ]):
        trial = [*command, sys.executable, "-c", TRIAL]
        tried = subprocess.run(trial, capture_output=True, check=False, cwd="/")
        if tried.returncode == 0:
            return command
    return pytest.fail(f"User {USER} cannot run {sys.executable}: {tried.stderr.decode()}")


def protect(base: Path, *, writable: bool) -> None:
    """Let nobody write into `base`, or its owner into its folders again."""
    for path in [base, *base.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755 if writable else 0o555)
        elif not path.is_symlink():
            path.chmod(0o555 if path.stat().st_mode & 0o111 else 0o444)
