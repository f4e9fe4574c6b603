"""What a reader of the article stumbles over: where its text slips, and what the app does."""

import re

import gradio as gr

from aigc_demo.ui import language


def note(view: str) -> gr.HTML:
    """Put a folded note under a view, "text.mask" for instance: a row for each slip that its texts
    hold.
    """
    keys = [
        key.removesuffix(".there")
        for key in language.TABLES["en"]
        if key.startswith(f"{view}.article.") and key.endswith(".there")
    ]
    rows = "".join(
        f"<div>{_cell('dt', 'there', key)}{_cell('dd', 'here', key)}</div>" for key in keys
    )
    title = f"<summary>{_said('article.title')}</summary>"
    return gr.HTML(f'<details class="article">{title}<dl>{rows}</dl></details>')


def _cell(tag: str, side: str, key: str) -> str:
    return (
        f'<{tag} class="{side}"><b>{_said(f"article.{side}")}</b>{_said(f"{key}.{side}")}</{tag}>'
    )


def _said(key: str) -> str:
    """Return a text in both languages as HTML, of which style.css hides one; what stands between
    `…` is code, in any language.
    """
    return re.sub(r"`([^`]+)`", r'<code translate="no">\1</code>', language.bilingual_html(key))
