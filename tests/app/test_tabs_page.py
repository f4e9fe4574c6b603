"""docs/tabs.md names every view of the app by its address, and no other."""

import re

from aigc_demo.core.settings import PROJECT


def test_every_view_is_described_under_its_address(visitor):
    names = [part["props"].get("elem_id") or "" for part in visitor.config["components"]]
    views = {"/".join(name.split("-")[1:]) for name in names if name.startswith("view-")}
    written = (PROJECT / "docs" / "tabs.md").read_text(encoding="utf-8")
    described = re.findall(r"^- \*\*[^*]+\*\* \(`(\w+/\w+)`\)", written, re.MULTILINE)
    assert sorted(described) == sorted(views) and len(views) > 30
