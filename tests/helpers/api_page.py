"""docs/api.md, made of the app's public events: `python -m tests.helpers.api_page` writes it."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from aigc_demo.core.settings import PROJECT

PATH = PROJECT / "docs" / "api.md"
PICTURES = {"drawing", "start", "end", "first", "second"}  # unless they are numbers
LONGEST = 32  # characters of a default
KINDS = {"integer": "whole number", "number": "number", "boolean": "true or false"}
KINDS |= {"string": "text", "array": "list", "object": "object", "null": "nothing"}
RANGE = re.compile(r"numeric value between (\S+) and (\S+)")
INTERNAL = re.compile(r"\s*weights: see `[^`]*`\.|(?<=\.) Raises .*|; raises .*(?=\.)")
RETURNED = {"Html": "object", "Api": "object", "Markdown": "Markdown", "Textbox": "text"}

HEAD = """# API

Whatever the page can do, a program can ask for: each event below has an address under
`/gradio_api/call/`. This page is written by `python -m tests.helpers.api_page`.

```python
from gradio_client import Client

client = Client("http://127.0.0.1:7860", verbose=False)
grid, happened = client.predict(digit="3", seed=3, truncation=0.8, api_name="/gan_sample")
print(grid["verdicts"][0])
```

- An input that stands with a value (`seed=3`) may be left out.
- What a drawing on the page shows comes back as an object. Pictures in it are PNG data URIs; a
  `sheet` holds many, side by side. Pictures that go in are PNG data URIs, too.
- Where a result grows, `client.submit(...)` yields it as it comes; so do all events whose
  description begins with "Yield".
- Texts of the page come in both languages, as `{"en": ..., "zh": ...}` or in two `<span>`s.
- A value out of its range ends the call with a message that says what is allowed, in the language
  of the header `Accept-Language`.
- One seed gives one result. The models serve one event at a time; at most 100 others wait.
"""


def page(info: dict[str, Any]) -> str:
    """Return the page, of what Gradio tells programs about the app."""
    events = info["named_endpoints"].items()
    return "\n".join([HEAD, *(_section(*group) for group in groupby(events, key=_family))])


def _family(event: tuple[str, Any]) -> str:
    return event[0].removeprefix("/").partition("_")[0]


def _section(family: str, events: Iterable[tuple[str, Any]]) -> str:
    rows = [_row(name.removeprefix("/"), about) for name, about in events]
    head = ["| event | inputs | outputs |", "|---|---|---|"]
    return "\n".join([f"## {family}", "", *head, *rows, ""])


def _row(name: str, about: dict[str, Any]) -> str:
    described = INTERNAL.sub("", about["description"]).replace("|", "\\|")
    inputs = "<br>".join(map(_input, about["parameters"]))
    outputs = ", ".join(RETURNED[each["component"]] for each in about["returns"])
    return f"| `{name}` | {inputs} | {described} *({outputs})* |"


def _input(about: dict[str, Any]) -> str:
    default = repr(about["parameter_default"])
    default = default if len(default) <= LONGEST else f"{default[:LONGEST]}…'"
    given = f"={default}" if about["parameter_has_default"] else ""
    return f"`{about['parameter_name']}{given}` {_allowed(about)}"


def _allowed(about: dict[str, Any]) -> str:
    """Return what an input may be: choices, a range, or a kind of value."""
    schema = about["type"]
    if choices := schema.get("enum"):
        return ", ".join(map(str, choices))
    if limits := RANGE.fullmatch(schema.get("description", "")):
        return " … ".join(limits.groups())
    kinds = [each["type"] for each in schema.get("oneOf", [schema])]
    is_picture = about["parameter_name"] in PICTURES and {"string", "object"} & set(kinds)
    named = KINDS | {"string": "picture", "object": "picture"} if is_picture else KINDS
    return " or ".join(named[kind] for kind in reversed(kinds))


def main() -> None:
    """Write the page of the app as it is now."""
    from aigc_demo.app import build_app

    demo = build_app()
    demo.config = demo.get_config_file()  # as when it is launched
    PATH.write_text(page(demo.get_api_info()), encoding="utf-8")


if __name__ == "__main__":
    main()
