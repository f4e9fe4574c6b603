"""A Hub in this process, on 127.0.0.1: it answers as much of the Hub's interface as this app and
huggingface_hub ask of it.

Large files are kept by their SHA-256 and fetched from "another host" by a redirect, as on the Hub.
"""

import base64
import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from huggingface_hub import close_session, constants

TOKEN = "hf_tests"


@dataclass
class Repo:
    """A repository: its files, the licence on its card, and the status and error code with which it
    is refused to who has no token.
    """

    files: dict[str, bytes]
    licence: str | None = "mit"
    refused: tuple[int, str] | None = None
    lists: bool = False  # it is refused, but what is in it is told to everyone: a gated one

    @property
    def commit(self) -> str:
        """The hash of all that is in it."""
        return hashlib.sha1(
            b"".join(name.encode() + content for name, content in sorted(self.files.items()))
        ).hexdigest()


@dataclass
class Hub:
    """What the server holds, how it misbehaves, and what it was asked."""

    url: str = ""
    repos: dict[str, Repo] = field(default_factory=dict)
    silent: bool = False  # it takes requests and says nothing
    cut: int | None = None  # it closes the connection after so many bytes of a file ...
    stalls: bool = False  # ... or keeps it open, and says no more
    pace: float = 0  # seconds that it waits after every 100,000 bytes of a file
    spoil: bool = False  # the last byte of a large file is another than announced
    ignores_range: bool = False
    asked: list[str] = field(default_factory=list)  # method, path and range
    tokens: dict[str, str | None] = field(default_factory=dict)  # what each path was shown
    released: threading.Event = field(default_factory=threading.Event)

    def add(self, name: str, folder: Path, **options: Any) -> Repo:
        """Put the files of `folder` up as repository `name`."""
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        self.repos[name] = Repo(files, **options)
        return self.repos[name]


def is_large(name: str) -> bool:
    """Whether a file is kept outside of git."""
    return name.endswith((".safetensors", ".bin"))


def sibling(name: str, content: bytes) -> dict[str, Any]:
    """A file as model_info lists it."""
    told: dict[str, Any] = {
        "rfilename": name,
        "size": len(content),
        "blobId": hashlib.sha1(f"blob {len(content)}\0".encode() + content).hexdigest(),
    }
    if is_large(name):
        told["lfs"] = {
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "pointerSize": 130,
        }
    return told


class Handler(BaseHTTPRequestHandler):
    """One request; `hub` is the server's."""

    hub: Hub

    def do_GET(self) -> None:
        if self._waits():
            return
        path = unquote(urlsplit(self.path).path)
        if found := re.fullmatch(r"/api/models/([^/]+/[^/]+)(?:/revision/(.+))?", path):
            self._info(*found.groups())
        elif found := re.fullmatch(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path):
            self._resolve(*found.groups())
        elif found := re.fullmatch(r"/cdn/([^/]+/[^/]+)/(.+)", path):
            content = self.hub.repos[found[1]].files[found[2]]
            self._content(content[:-1] + b"?" if self.hub.spoil else content)
        else:
            self._refuse(404, "")

    do_HEAD = do_GET

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self._waits():
            return
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._refuse(401, "")
        elif self.path == "/api/repos/create":
            asked = json.loads(body)
            name = f"{asked['organization']}/{asked['name']}"
            self.hub.repos.setdefault(name, Repo({}))
            self._json({"url": f"{self.hub.url}/{name}"})
        elif self.path == "/api/validate-yaml":
            self._json({"errors": [], "warnings": []})
        elif "/preupload/" in self.path:
            self._json(
                {
                    "files": [
                        {"path": f["path"], "uploadMode": "regular", "shouldIgnore": False}
                        for f in json.loads(body)["files"]
                    ]
                }
            )
        elif found := re.match(r"/api/models/([^/]+/[^/]+)/commit/main", self.path):
            for line in map(json.loads, body.splitlines()):
                if line["key"] == "file":
                    self.hub.repos[found[1]].files[line["value"]["path"]] = base64.b64decode(
                        line["value"]["content"]
                    )
            commit = self.hub.repos[found[1]].commit
            self._json(
                {
                    "success": True,
                    "commitOid": commit,
                    "commitUrl": f"{self.hub.url}/{found[1]}/commit/{commit}",
                }
            )
        else:
            self._refuse(404, "")

    def _waits(self) -> bool:
        where = urlsplit(self.path).path
        self.hub.asked.append(
            " ".join(filter(None, [self.command, where, self.headers.get("Range")]))
        )
        self.hub.tokens[where] = self.headers.get("Authorization")
        return self.hub.silent and self.hub.released.wait(30)

    def _repo(self, name: str, *, only_lists: bool = False) -> Repo | None:
        """Return the repository, or refuses it."""
        repo = self.hub.repos.get(name)
        if repo is None:
            self._refuse(404, "RepoNotFound")
        elif (
            repo.refused
            and not (only_lists and repo.lists)
            and self.headers.get("Authorization") != f"Bearer {TOKEN}"
        ):
            self._refuse(*repo.refused)
            return None
        return repo

    def _info(self, name: str, revision: str | None) -> None:
        repo = self._repo(name, only_lists=True)
        if repo is None:
            return
        if revision not in (None, "main", repo.commit):
            self._refuse(404, "RevisionNotFound")
            return
        card = {"license": repo.licence} if repo.licence else {}
        self._json(
            {
                "id": name,
                "sha": repo.commit,
                "cardData": card,
                "siblings": [sibling(n, c) for n, c in repo.files.items()],
            }
        )

    def _resolve(self, name: str, revision: str, file: str) -> None:
        repo = self._repo(name)
        if repo is None:
            return
        if file not in repo.files:
            self._refuse(404, "EntryNotFound")
        elif is_large(file):
            told = sibling(file, repo.files[file])["lfs"]
            self.send_response(302)
            self.send_header("X-Repo-Commit", repo.commit)
            self.send_header("X-Linked-Etag", f'"{told["sha256"]}"')
            self.send_header("X-Linked-Size", str(told["size"]))
            self.send_header(
                "Location", f"{self.hub.url.replace('127.0.0.1', 'localhost')}/cdn/{name}/{file}"
            )
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._content(
                repo.files[file],
                {
                    "X-Repo-Commit": repo.commit,
                    "ETag": f'"{sibling(file, repo.files[file])["blobId"]}"',
                },
            )

    def _content(self, content: bytes, headers: dict[str, str] | None = None) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
        begin = int(asked[1]) if asked and not self.hub.ignores_range else 0
        self.send_response(206 if begin else 200)
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        if begin:
            self.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Length", str(len(content) - begin))
        self.end_headers()
        if self.command == "GET":
            whole = content[begin:][: self.hub.cut]
            for start in range(0, len(whole), 100_000):
                self.wfile.write(whole[start : start + 100_000])
                self.hub.released.wait(self.hub.pace)
            if self.hub.stalls:
                self.hub.released.wait(30)
            self.close_connection = True

    def _refuse(self, status: int, code: str) -> None:
        self._json({"error": "refused"}, status, {"X-Error-Code": code} if code else {})

    def _json(self, answer: Any, status: int = 200, headers: dict[str, str] | None = None) -> None:
        body = json.dumps(answer).encode()
        self.send_response(status)
        for key, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            **(headers or {}),
        }.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep the tests' output quiet."""


@contextmanager
def hub_server() -> Iterator[Hub]:
    """The context in which a Hub with nothing in it answers."""
    hub = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"hub": hub}))
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield hub
    finally:
        hub.released.set()
        server.shutdown()
        server.server_close()


def point_at(url: str, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let huggingface_hub talk to `url` and keep its files in `cache`, as HF_ENDPOINT and HF_HOME
    do at the start.

    Offline mode is on, as in the app.
    """
    monkeypatch.setattr(constants, "ENDPOINT", url)
    monkeypatch.setattr(
        constants, "HUGGINGFACE_CO_URL_TEMPLATE", url + "/{repo_id}/resolve/{revision}/{filename}"
    )
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(cache))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(cache / "no-token"))
    for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    close_session()
