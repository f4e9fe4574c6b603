"""The scripts as modules: their names, their addresses, what each brings with it."""

import json
import re

import pytest

from aigc_demo.ui import modules
from aigc_demo.ui.modules import Module, import_map, with_imports


def test_a_modules_address_changes_with_what_it_holds_alone():
    one, same, other = Module("ui/a.js", "1"), Module("ui/a.js", "1"), Module("ui/a.js", "2")
    assert one.address == same.address != other.address
    assert re.fullmatch(r"modules/ui/a\.[0-9a-f]{10}\.js", one.address)


def test_imports_are_found_however_they_are_written():
    text = """import "aigc/ui/a.js";
import { b } from "aigc/ui/b.js";
import {
  c,
} from "aigc/ui/c.js";
import d, { e } from "aigc/d/views/e/view.js";
export { f } from "aigc/ui/f.js";
const later = import("aigc/ui/g.js");
// import { h } from "aigc/ui/h.js";
"""
    names = ["ui/a.js", "ui/b.js", "ui/c.js", "d/views/e/view.js", "ui/f.js"]
    assert Module("x.js", text).imports == names


@pytest.mark.parametrize("name", modules.modules())
def test_what_a_module_imports_is_there_and_comes_before_it(name):
    found = [module.name for module in with_imports(name)]
    assert found[-1] == name and len(set(found)) == len(found)
    for module in with_imports(name):
        imports = set(module.imports) - modules.GENERATED
        assert all(found.index(each) < found.index(module.name) for each in imports)


def test_the_import_map_names_every_module_that_is_not_in_the_page_itself():
    addresses = json.loads(import_map([Module("made.js", "")]))["imports"]
    assert addresses.keys() == {f"aigc/{name}" for name in (*modules.modules(), "made.js")}
    assert not {f"aigc/{name}" for name in modules.INLINE} & addresses.keys()
    assert all(address.startswith("./modules/") for address in addresses.values())
