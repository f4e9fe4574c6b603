"""docs/api.md says what the app tells programs about itself, and its example runs."""

import re

from tests.helpers import api_page


def test_the_page_is_what_the_app_says_of_its_events(visitor):
    made = api_page.page(visitor.view_api(print_info=False, return_format="dict"))
    written = api_page.PATH.read_text(encoding="utf-8")
    assert made.splitlines() == written.splitlines(), "python -m tests.helpers.api_page writes it"


def test_its_example_runs(app, visitor, capsys):
    (example,) = re.findall(r"```python\n(.*?)```", api_page.HEAD, re.DOTALL)
    assert "http://127.0.0.1:7860" in example
    exec(example.replace("http://127.0.0.1:7860", app.url), {})
    assert 0 <= float(capsys.readouterr().out) <= 1
