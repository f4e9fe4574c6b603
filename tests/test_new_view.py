"""docs/adding-a-view.md, followed: a new view is a new folder, a new family one and a line."""

import filecmp
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import PROJECT, settings
from aigc_demo.ui import new_view
from tests.helpers.server import Server, call, serve


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, with a new view in a tab and a new family of one view."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(PROJECT / "aigc_demo", folder / "aigc_demo")
    shutil.copy(PROJECT / "app.py", folder)
    new_view.make("gan", "circles", package=folder / "aigc_demo")
    new_view.make("toy", "dots", package=folder / "aigc_demo")
    shared = folder / "aigc_demo" / "toy" / "views" / "_shared"
    shared.mkdir()
    for code in ("en", "zh"):
        (shared / f"{code}.toml").write_text('tab = "Toy"\n', encoding="utf-8")
    tabs = folder / "aigc_demo" / "tabs.py"
    text = tabs.read_text(encoding="utf-8")
    tabs.write_text(text.replace('"maths")', '"maths", "toy")'), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def server(project: Path) -> Iterator[Server]:
    checkpoints = str(settings().checkpoint_folder)
    with serve(folder=project, AIGC_DEMO_CHECKPOINTS=checkpoints, AIGC_DEMO_WAKE="no") as server:
        yield server


def changes(compared: filecmp.dircmp, within: str = "") -> set[str]:
    found = {f"{within}{name}" for name in (*compared.right_only, *compared.diff_files)}
    deeper = [changes(each, f"{within}{name}/") for name, each in compared.subdirs.items()]
    return found.union(*deeper)


def test_one_folder_is_new_and_for_a_family_one_line(project):
    compared = filecmp.dircmp(PROJECT / "aigc_demo", project / "aigc_demo")
    assert changes(compared) - {"__pycache__"} == {"gan/views/circles", "toy", "tabs.py"}


@pytest.mark.browser
@pytest.mark.parametrize(("tab", "view"), [("gan", "circles"), ("toy", "dots")])
def test_the_new_view_runs_in_the_page_in_both_languages_and_by_the_api(server, visit, tab, view):
    for language, said in {"en": "3 dots.", "zh": "3 个点。"}.items():
        here = visit(url=server.url, query=f"tab={tab}&view={view}&lang={language}")
        panel = here.page.locator(f"#view-{tab}-{view}")
        expect(panel.locator(".caption")).to_have_text(said)
    panel.locator("input[type=number]").fill("5")
    panel.locator("button.primary").click()
    expect(panel.locator(".dots")).to_have_text("●●●●●")
    assert call(server.url, f"{tab}_{view}", [4]).data == [{"count": 4}]


def test_a_name_that_is_none_is_refused(tmp_path):
    for name in ("Circles", "mix ed", "../mix", ""):
        with pytest.raises(DemoError, match="small letters"):
            new_view.make("gan", name, package=tmp_path)
    new_view.make("gan", "mix", package=tmp_path)
    with pytest.raises(DemoError, match="new in its tab"):
        new_view.make("gan", "mix", package=tmp_path)
