"""nginx (Debian's package) on loopback, as an ordinary process in a folder of its own."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.helpers.server import MAX_START, free_port
from tests.helpers.visits import missing

INSTALL = "sudo apt-get update && sudo apt-get install -y nginx openssl"
SETTINGS = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem;
  {servers}
}}
"""


@contextmanager
def nginx(folder: Path, servers: dict[str, tuple[str, str]]) -> Iterator[dict[str, str]]:
    """The context in which nginx serves; yields the address of each server by its name, without a
    slash at the end.

    servers: the scheme and the settings of each, its `listen` left out.
    """
    program = (
        shutil.which("nginx")
        or shutil.which("nginx", path="/usr/sbin")
        or missing("nginx", INSTALL)
    )
    _certify(folder)
    ports = {name: free_port() for name in servers}
    blocks = [
        f"server "
        f"{{ listen 127.0.0.1:{ports[name]}{' ssl' if scheme == 'https' else ''}; {settings}\n}}"
        for name, (scheme, settings) in servers.items()
    ]
    file = folder / "nginx.conf"
    file.write_text(SETTINGS.format(folder=folder, servers="\n  ".join(blocks)), encoding="utf-8")
    process = subprocess.Popen(
        [program, "-p", str(folder), "-c", str(file)], stderr=(folder / "stderr").open("wb")
    )
    try:
        began = time.monotonic()
        while not _listens(next(iter(ports.values()))):
            assert process.poll() is None and time.monotonic() - began < MAX_START, (
                folder / "stderr"
            ).read_text(encoding="utf-8")
            time.sleep(0.01)
        yield {name: f"{scheme}://127.0.0.1:{ports[name]}" for name, (scheme, _) in servers.items()}
    finally:
        process.terminate()
        process.wait()


def _listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def _certify(folder: Path) -> None:
    """Write a certificate that the server signs itself, for two days."""
    program = shutil.which("openssl") or missing("openssl", INSTALL)
    made = [
        program,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*made, *files], check=True, capture_output=True)
