"""The scripts of the drawings, as they stand in the page."""

import re
from collections import Counter

from aigc_demo.app import build_app
from aigc_demo.ui import components


def test_a_script_stands_in_the_page_once_and_no_two_parts_share_a_name():
    build_app()
    page = components.scripts()
    assert len(components.SCRIPTS) > 30
    assert {path.name for path in components.SCRIPTS if page.count(path.read_text(encoding="utf-8")) != 1} == set()
    parts = [text for text in components.SCRIPTS.values() if not text.startswith("window.aigc.drawings")]
    names = Counter(name for text in parts for name in re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", text, re.MULTILINE))
    assert names.most_common(1)[0][1] == 1
