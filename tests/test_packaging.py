"""What is in the wheel and the sdist; and the wheel in use by a user who cannot write into it."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_string
from pathlib import Path

import pytest
from hatchling.builders.plugin.interface import BuilderInterface
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

import aigc_demo
from aigc_demo.core.settings import PROJECT
from tests.helpers.calls import GOOD
from tests.helpers.ordinary_user import as_user, protect
from tests.helpers.server import call, serve

PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
VERSES = "To be, or not to be, that is the question:\n" * 200
# A small checkout: what both take, what the sdist takes, copied or empty, and what neither takes.
PACKAGE = ("aigc_demo/__init__.py", "aigc_demo/gan/view.js", "aigc_demo/gan/zh.toml")
MODEL = "checkpoints/gan/model.safetensors"
COPIED = ("pyproject.toml", "requirements.txt", "README.md", "LICENSE", ".gitignore")
WORK = ("app.py", "docs/api.md", "tests/test_gan.py")
LEFT_OVER = (
    "aigc_demo/gan/TRIALS.md",
    "aigc_demo/gan/__pycache__/view.cpython-311.pyc",
    "aigc_demo/gan/view.pyi",
    "checkpoints/gan/model.123.aside",
    "runs/gan/state.safetensors",
    "docs/gan.png",
    "docs/images/vae.webp",
    "dist/aigc_demo-0.1.0-py3-none-any.whl",
    ".venv/lib/module.py",
    "note.txt",
)
# Prints what the installed package is, measures a shipped model, and makes the map's first
# pictures.
LOOK = """
import json, sys
import aigc_demo
from aigc_demo.core import precompute, model_card
precompute.start("aigc_demo.overview.thumbnails")
names = aigc_demo.available()
figures = model_card.write("vae-digits", lambda model: [dict(figure="x", value=1, unit="")])
made = precompute.result("vae")
precompute._process.kill()
print(json.dumps([aigc_demo.__file__, names, figures[0]["value"], len(made["pictures"])]))
"""


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*build, "--wheel-dir", folder, PROJECT], check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


@dataclass(frozen=True)
class Installed:
    """The wheel in an environment that cannot be written, and a folder of the user's."""

    bin: Path
    home: Path

    def environment(self) -> dict[str, str | None]:
        """Return what is set in a process of the user's; None: what is not."""
        lost = ("PYTHONPATH", "HF_", "XDG_", "GRADIO_", "AIGC_")
        changed = {name: None for name in os.environ if name.startswith(lost)}
        given = {"HOME": str(self.home), "TMPDIR": str(self.home), "PYTHONDONTWRITEBYTECODE": "1"}
        return {**changed, **given}

    def run(self, program: str, *arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
        """Return what the user's `program` of that environment did, in the user's folder."""
        environment = {**os.environ, **self.environment(), **given}
        return subprocess.run(
            [*as_user(), str(self.bin / program), *arguments],
            cwd=self.home,
            env={name: value for name, value in environment.items() if value is not None},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


@pytest.fixture(scope="session")
def installed(wheel: Path) -> Iterator[Installed]:
    """The wheel in a fresh environment.

    The project comes from the wheel. What it depends on comes, to save minutes, from the
    environment
    that runs the tests: a .pth file adds its folder, of which no other .pth file is then obeyed, so
    that a checkout that is installed there as editable is not seen.
    """
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are open to one user alone
        base = Path(name)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", base / "env"], check=True)
        python, home = base / "env" / "bin" / "python", base / "home"
        install = [*PIP, "--python", python, "install", "--no-deps", "--no-index"]
        subprocess.run([*install, wheel], check=True, capture_output=True)
        paths = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
        (site,) = (base / "env" / "lib").glob("python*/site-packages")
        (site / "dependencies.pth").write_text("\n".join(sorted(paths)), encoding="utf-8")
        home.mkdir()
        protect(base, writable=False)
        home.chmod(0o777)
        yield Installed(python.parent, home)
        protect(base, writable=True)


def files(folder: Path) -> dict[str, int]:
    """Return the sizes of the files that a wheel takes from `folder`, by their paths in it."""
    unshipped = {"TRIALS.md"} | {path.name for path in folder.rglob("*.pyi")}
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name not in unshipped)
    kept = (path for path in paths if "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.stat().st_size for path in kept}


def test_the_wheel_holds_the_package_and_the_checkpoints_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = {info.filename: info.file_size for info in archive.infolist()}
    of_package = {f"aigc_demo/{path}": size for path, size in files(PROJECT / "aigc_demo").items()}
    shipped = files(PROJECT / "checkpoints")
    of_package |= {f"aigc_demo/checkpoints/{path}": size for path, size in shipped.items()}
    rest = {path: size for path, size in held.items() if ".dist-info/" not in path}
    assert rest == of_package
    assert {Path(path).suffix for path in rest} >= {".py", ".js", ".css", ".md", ".safetensors"}


def test_the_wheel_tells_version_licence_command_and_what_it_needs(wheel):
    with zipfile.ZipFile(wheel) as archive:
        inside = f"aigc_demo-{aigc_demo.__version__}.dist-info"
        said = message_from_string(archive.read(f"{inside}/METADATA").decode())
        commands = archive.read(f"{inside}/entry_points.txt").decode()
        assert archive.read(f"{inside}/licenses/LICENSE") == (PROJECT / "LICENSE").read_bytes()
    assert (said["Name"], said["Version"]) == ("aigc-demo", aigc_demo.__version__)
    assert (said["Requires-Python"], said["License-Expression"]) == (">=3.11", "MIT")
    assert "aigc-demo = aigc_demo.__main__:main" in commands
    lines = (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    needed = {re.split("[=<>]", line)[0].strip().replace("_", "-") for line in lines if line}
    assert {re.split("[=<>]", each)[0] for each in said.get_all("Requires-Dist")} == needed


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small checkout with the real pyproject.toml, in which people have worked."""
    for name in COPIED:
        shutil.copy(PROJECT / name, tmp_path)
    for name in (*PACKAGE, MODEL, *WORK, *LEFT_OVER):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def taken(builder: BuilderInterface) -> set[str]:
    """Return the paths of the files that `builder` would take."""
    return {file.distribution_path for file in builder.recurse_included_files()}


def test_neither_takes_what_work_leaves_in_a_checkout(tree):
    wheel, sdist = taken(WheelBuilder(str(tree))), taken(SdistBuilder(str(tree)))
    assert wheel == {*PACKAGE, f"aigc_demo/{MODEL}"}
    assert sdist == {*PACKAGE, MODEL, *WORK, *COPIED}


def test_the_installed_app_answers_from_any_folder(installed):
    environment = {**installed.environment(), "AIGC_DEMO_WAKE": "no"}
    program = installed.bin / "aigc-demo"
    with serve(under=as_user(), program=program, folder=installed.home, **environment) as server:
        answer = call(server.url, "gan_sample", list(GOOD["gan_sample"].values()))
        assert answer.status == "complete"
        printed = server.log.read_text(encoding="utf-8")
    assert f"AIGC Demo is open at {server.url}" in printed and "Traceback" not in printed


def test_the_installed_package_opens_measures_and_shows_its_own_models(installed):
    (installed.home / "torch.py").write_text("raise SystemExit('a module of the user')")
    done = installed.run("python", "-P", "-c", LOOK)
    (installed.home / "torch.py").unlink()
    assert done.returncode == 0, done.stderr
    file, names, value, pictures = json.loads(done.stdout)
    assert Path(file).is_relative_to(installed.bin.parent)
    assert names == sorted(path.name for path in (PROJECT / "checkpoints").iterdir())
    assert (value, pictures) == (1, 3)


def test_training_by_the_installed_command_writes_where_the_user_is(installed):
    (installed.home / "data").mkdir()
    (installed.home / "data" / "tinyshakespeare.txt").write_text(VERSES, encoding="utf-8")
    name = "text-rnn-shakespeare"
    done = installed.run("aigc-demo", "train", name, "--steps", "1", AIGC_DEMO_DATA="data")
    assert done.returncode == 0, done.stderr
    made = installed.home / "checkpoints" / name
    assert (made / "model.safetensors").is_file()
    assert (installed.home / "runs" / name / "state.safetensors").is_file()
    ask = f"from aigc_demo.core.settings import settings; print(settings().checkpoint('{name}'))"
    assert installed.run("python", "-c", ask).stdout.strip() == f"checkpoints/{name}"


def test_the_command_explains_itself_and_a_mistake(installed):
    done = installed.run("aigc-demo", "--help")
    assert done.stdout.startswith("usage: aigc-demo "), done.stderr
    done = installed.run("aigc-demo", "--version")
    assert done.stdout.strip() == aigc_demo.__version__
    done = installed.run("aigc-demo", AIGC_DEMO_THREADS="none")
    assert (done.returncode, "AIGC_DEMO_THREADS" in done.stderr) == (2, True)
