"""How large a module and a function may be, in the package and in its tests: 300 and 50 lines of
100 columns.
"""

import ast
from pathlib import Path

import pytest

from aigc_demo.core.settings import PROJECT

MODULE, FUNCTION = 300, 50
FOLDERS = (PROJECT / "aigc_demo", PROJECT / "tests")
SOURCES = [PROJECT / "app.py", *sorted(path for each in FOLDERS for path in each.rglob("*.py"))]


def too_long(source: str) -> list[str]:
    """Return the functions of `source` with more lines than one may have."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
    sizes = {node.name: node.end_lineno - node.lineno + 1 for node in found if node.end_lineno}
    return [f"{name}: {size}" for name, size in sizes.items() if size > FUNCTION]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_a_module_is_of_a_size_to_be_read(path: Path):
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= MODULE
    assert too_long(source) == []


def test_a_long_function_is_found():
    assert too_long("def f():\n" + "    pass\n" * FUNCTION) == ["f: 51"]
    assert too_long("def f():\n" + "    pass\n" * (FUNCTION - 1)) == []
