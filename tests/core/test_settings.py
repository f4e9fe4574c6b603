"""Settings: what is empty is unset, what is wrong is named with what is allowed, and a container's
quota holds.
"""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from aigc_demo.core import settings as settings_module
from aigc_demo.core.cores import available_cores, cpu_quota
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import PROJECT, read


def test_in_a_checkout_everything_lies_in_it():
    found = read({})
    assert (found.checkpoint_folder, found.run_folder) == (
        PROJECT / "checkpoints",
        PROJECT / "runs",
    )
    assert found.shipped_folder is None
    assert found.checkpoint("gan-digits") == PROJECT / "checkpoints" / "gan-digits"


def test_an_installed_package_reads_its_models_and_writes_where_the_user_is(tmp_path, monkeypatch):
    gan, vae = "checkpoints/gan/model.safetensors", "checkpoints/vae/model.safetensors"
    package = put(tmp_path / "aigc_demo", {gan: "", vae: ""})
    current = put(tmp_path / "current", {vae: "", "checkpoints/gan/snapshots/1": ""})
    monkeypatch.chdir(current)
    found = read({}, package)
    assert (found.checkpoint_folder, found.run_folder) == (Path("checkpoints"), Path("runs"))
    # the user's is yet to be made
    assert found.checkpoint("gan") == package / "checkpoints" / "gan"
    assert found.checkpoint("vae") == Path("checkpoints/vae")
    assert found.checkpoint("none") == Path("checkpoints/none")
    chosen = read({"AIGC_DEMO_CHECKPOINTS": str(tmp_path)}, package)
    assert (chosen.checkpoint_folder, chosen.shipped_folder) == (tmp_path, None)
    assert chosen.checkpoint("gan") == tmp_path / "gan"


@pytest.mark.parametrize("blank", ["", " ", "\t"])
@pytest.mark.parametrize("name", ["DATA", "CHECKPOINTS", "RUNS", "WAKE", "THREADS", "PRECISION"])
def test_an_empty_variable_is_one_that_is_not_set(name, blank):
    assert read({f"AIGC_DEMO_{name}": blank}) == read({})


@pytest.mark.parametrize("home", ["~", "~/models", "~root/models"])
def test_a_folder_may_begin_with_the_home_folder(home):
    found = read({"AIGC_DEMO_CHECKPOINTS": home, "AIGC_DEMO_DATA": home})
    assert found.checkpoint_folder == found.data_folder == Path(home).expanduser()
    assert found.data_folder.is_absolute()


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("THREADS", bad, "1 … 1024")
        for bad in ("abc", "-1", "0", "1.5", "٣", "1e3", "99999", "9" * 5000)
    ]
    + [("PRECISION", bad, "float32, bfloat16") for bad in ("float16", "double", "32")]
    + [("WAKE", bad, "yes") for bad in ("maybe", "never", "2")]
    + [("DATA", "~nobody-of-this-name/x", "a folder")],
)
def test_a_bad_value_is_named_with_what_is_allowed(name, value, allowed):
    with pytest.raises(DemoError) as caught:
        read({f"AIGC_DEMO_{name}": value})
    assert f"AIGC_DEMO_{name} is" in str(caught.value) and allowed in str(caught.value)


@pytest.mark.parametrize(
    ("value", "wakes"),
    [("no", False), ("No", False), ("0", False), ("false", False), ("yes", True), ("1", True)],
)
def test_models_wake_unless_told_not_to(value, wakes):
    assert read({"AIGC_DEMO_WAKE": value}).wakes is wakes


@pytest.mark.parametrize(
    "command",
    [["app.py"], ["-m", "aigc_demo", "evaluate", "judge-digits"]],
    ids=["app", "command line"],
)
@pytest.mark.parametrize("value", ["abc", "-1"])
def test_programs_explain_a_bad_value_and_end_with_2(command, value):
    done = subprocess.run(
        [sys.executable, *command],
        cwd=PROJECT,
        env={**os.environ, "AIGC_DEMO_THREADS": value},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 2
    assert (
        done.stderr.strip()
        == f"The environment variable AIGC_DEMO_THREADS is '{value}'. Allowed: 1 … 1024."
    )


def put(root: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    return root


QUOTAS = {
    "none": ({}, None),
    "version 2, unlimited": (
        {"proc/self/cgroup": "0::/a\n", "sys/fs/cgroup/a/cpu.max": "max 100000\n"},
        None,
    ),
    "version 2": (
        {"proc/self/cgroup": "0::/a\n", "sys/fs/cgroup/a/cpu.max": "150000 100000\n"},
        1.5,
    ),
    "version 2, seen from inside": (
        {"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "200000 100000\n"},
        2,
    ),
    "version 2, a group above is tighter": (
        {
            "proc/self/cgroup": "0::/a/b\n",
            "sys/fs/cgroup/a/cpu.max": "50000 100000\n",
            "sys/fs/cgroup/a/b/cpu.max": "400000 100000\n",
        },
        0.5,
    ),
    "version 2, path of the host": (
        {"proc/self/cgroup": "0::/../x\n", "sys/fs/cgroup/cpu.max": "300000 100000\n"},
        3,
    ),
    "version 1": (
        {
            "proc/self/cgroup": "4:cpu,cpuacct:/d\n",
            "sys/fs/cgroup/cpu,cpuacct/d/cpu.cfs_quota_us": "250000",
            "sys/fs/cgroup/cpu,cpuacct/d/cpu.cfs_period_us": "100000",
        },
        2.5,
    ),
    "version 1, unlimited": (
        {
            "proc/self/cgroup": "4:cpu:/\n",
            "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1",
            "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000",
        },
        None,
    ),
    "damaged": (
        {"proc/self/cgroup": "nonsense\n0::/a\n", "sys/fs/cgroup/a/cpu.max": "\x00 x y"},
        None,
    ),
}


@pytest.mark.parametrize("name", QUOTAS)
def test_a_containers_quota_is_read(tmp_path, name):
    files, cores = QUOTAS[name]
    root = put(tmp_path, files)
    allowed = len(os.sched_getaffinity(0))
    assert cpu_quota(root) == (cores or float("inf"))
    assert available_cores(root) == max(1, min(allowed, int(cores or allowed)))


def test_a_process_on_one_core_computes_with_one_thread():
    code = "import torch; from aigc_demo.core import runtime; runtime.device()"
    code += "; print(torch.get_num_threads())"
    one = f"import os; os.sched_setaffinity(0, [{min(os.sched_getaffinity(0))}]); {code}"
    done = subprocess.run(
        [sys.executable, "-c", one],
        cwd=PROJECT,
        env={**os.environ, "AIGC_DEMO_THREADS": "16"},
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "1", done.stderr


def documented() -> dict[str, str]:
    """Return the rows of docs/hosting.md about this app's own variables, by the variable's name."""
    text = (PROJECT / "docs" / "hosting.md").read_text(encoding="utf-8")
    return {row[1]: row[0] for row in re.finditer(r"^\| `AIGC_DEMO_(\w+)` .*$", text, re.MULTILINE)}


def test_the_document_for_hosts_names_every_setting():
    source = Path(settings_module.__file__).read_text(encoding="utf-8")
    readers = {"_folder", "_choice", "_count"}
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in readers]
    names = {call.args[1].value for call in made}
    assert names == documented().keys()
    assert names == set(re.findall(r"AIGC_DEMO_([A-Z]+)", source))


def test_the_document_for_hosts_tells_what_is_allowed_and_what_is_without_it():
    rows, unset = documented(), read({})
    assert all(f"`{precision}`" in rows["PRECISION"] for precision in settings_module.PRECISIONS)
    assert f"1 to {settings_module.MAX_THREADS}" in rows["THREADS"]
    assert f"| `{'yes' if unset.wakes else 'no'}`:" in rows["WAKE"]
    for name, folder in (("CHECKPOINTS", unset.checkpoint_folder), ("RUNS", unset.run_folder)):
        assert f"| `{folder.name}/` of the checkout" in rows[name]
    assert unset.data_folder is None and unset.precision is None and unset.threads is None
