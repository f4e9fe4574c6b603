"""A guided tour: a bar at the foot of the page that leads through the tabs in an article's order,
from stop to stop, by click or by key.

Its stops are in the one family's folder that has a tour.toml, their texts among that family's own.
"""

import tomllib
from pathlib import Path
from typing import NamedTuple

from aigc_demo.ui import language
from aigc_demo.ui.components import Drawing


class Stop(NamedTuple):
    """A stop of the tour."""

    name: str
    place: str  # a tab's view
    look: str  # what is pointed at there: a selector within the view


(_FILE,) = language.PACKAGE.glob("*/tour.toml")
STOPS = tuple(Stop(**stop) for stop in tomllib.loads(_FILE.read_text(encoding="utf-8"))["stops"])
WORDS = ("name", "keys", "back", "next", "end", "leave", "fold", "unfold")


def tour() -> Drawing:
    """Draw the tour's bar, unseen until it begins: by the button in the header, or by an address
    with ?tour=1.
    """
    texts = [
        f"{_FILE.parent.name}.tour.{part}_{stop.name}"
        for stop in STOPS
        for part in ("title", "said", "try")
    ]
    words = language.words(*(f"tour.{word}" for word in WORDS), *texts)
    stops = [stop._asdict() for stop in STOPS]
    return Drawing(Path(__file__).with_name("tour.js"), words=words, stops=stops, elem_id="tour")
