"""What an address may ask for, and what a visitor is told who asks for something else."""

from collections.abc import Callable, Mapping, Sequence

import gradio as gr

from aigc_demo.ui import language, messages
from aigc_demo.ui.tour import STOPS


def warn_of_unknown(tabs: Mapping[str, Sequence[str]]) -> Callable[[gr.Request], None]:
    """Return the event that explains what the page's address asks for in vain; tabs: each tab's
    views.
    """

    def arrive(request: gr.Request) -> None:
        asked = {key: request.query_params.get(key, "") for key in ("lang", "tab", "view", "tour")}
        for key, values in unknown_parts(tabs, **asked):
            messages.warn(key, **values)

    return arrive


def unknown_parts(
    tabs: Mapping[str, Sequence[str]],
    *,
    lang: str = "",
    tab: str = "",
    view: str = "",
    tour: str = "",
) -> list[tuple[str, dict[str, object]]]:
    """Return, for each part of an address that names nothing, the key of its explanation and the
    values in it.
    """
    here = tab or next(iter(tabs))
    views = tabs.get(here, ())
    found = []
    if lang and not language.language_of_tag(lang):
        found.append(("app.unknown_language", {"value": lang}))
    if here not in tabs:
        found.append(("app.unknown_tab", {"value": tab, "names": ", ".join(tabs)}))
    elif view and view not in views:
        found.append(("app.unknown_view", {"value": view, "tab": here, "names": ", ".join(views)}))
    if tour and tour not in {str(stop) for stop in range(1, len(STOPS) + 1)}:
        found.append(("app.unknown_stop", {"value": tour, "last": len(STOPS)}))
    return found
