"""Styles of a drawing, as Gradio keeps them from all others: it puts them between the braces of one
rule.
"""

import re

# what stands before an opening brace and is no @media or the like
SELECTORS = re.compile(r"(?<=[{};])(\s*)([^{};@]+)(?=\{)")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
KEYFRAME = re.compile(r"from|to|[\d.]+%")


def nested(sheet: str) -> str:
    """Return `sheet` with each selector that begins with an element's name after an "&".

    Without it a browser from before 2024 leaves such a rule out of another's braces (CSS Nesting,
    "relaxed" only later).
    """
    bare = COMMENT.sub("", sheet)
    return SELECTORS.sub(lambda found: found[1] + _marked(found[2]), "}" + bare)[1:]


def _marked(selectors: str) -> str:
    """Return a list of selectors with the "&" where it is needed: not in keyframes."""
    parts = [part.strip() for part in re.split(r",(?![^()\[]*[)\]])", selectors)]
    if all(KEYFRAME.fullmatch(part) for part in parts):
        return selectors
    return ", ".join(f"& {part}" if part[:1].isalpha() else part for part in parts) + " "
