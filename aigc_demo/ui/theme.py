"""The look: quiet, with one colour for one idea everywhere."""

from pathlib import Path

import gradio as gr
from gradio import themes

STYLE = Path(__file__).with_name("style.css")


def style() -> str:
    """Return the page's own style: what all pages share, and each view's page.css after it.

    The style of a drawing is a view.css, which Gradio keeps from all others.
    """
    shared = [STYLE, STYLE.with_name("glossary.css")]
    own = sorted(STYLE.parent.parent.glob("*/views/*/page.css"))
    return "".join(path.read_text(encoding="utf-8") for path in [*shared, *own])


def theme() -> gr.Theme:
    """Return the theme: system fonts where the wheel's are incomplete, ink as the accent, square
    and calm.
    """
    font = themes.LocalFont
    return themes.Default(
        primary_hue=themes.colors.slate,
        secondary_hue=themes.colors.slate,
        neutral_hue=themes.colors.slate,
        font=[
            font("Source Sans Pro", weights=(400, 700)),
            "system-ui",
            "Noto Sans CJK SC",
            "PingFang SC",
            "Microsoft YaHei",
            "sans-serif",
        ],
        font_mono=[
            font("IBM Plex Mono", weights=(400, 700)),
            "ui-monospace",
            "Noto Sans Mono CJK SC",
            "monospace",
        ],
        radius_size=themes.sizes.radius_md,
        spacing_size=themes.sizes.spacing_lg,
        text_size=themes.sizes.text_md,
    ).set(
        body_background_fill="#fbfbfa",
        body_background_fill_dark="#12151c",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_border_width_dark="0px",
        body_text_color_subdued="#5b6472",
        body_text_color_subdued_dark="#a3adbd",
        block_info_text_color="#5b6472",
        block_info_text_color_dark="#a3adbd",
        button_primary_background_fill="#1c2430",
        button_primary_background_fill_hover="#38455a",
        button_primary_background_fill_dark="#e9edf4",
        button_primary_background_fill_hover_dark="#ffffff",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#12151c",
        slider_color="#1c2430",
        slider_color_dark="#e9edf4",
    )
