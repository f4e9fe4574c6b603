"""A guided tour: a bar at the foot of the page that leads through the tabs in an article's order, from stop to stop, by click or by key."""

from pathlib import Path

from aigc_demo.ui import language
from aigc_demo.ui.components import Drawing

# Each stop's name, where it is, and what is pointed at there: a selector within the view.
STOPS = (
    ("begin", "overview/map", "#overview-map [data-place]"),
    ("vae", "vae/digit", "#vae-digit-pad .sheet"),
    ("gan", "gan/lab", "#gan-lab [data-act=run]"),
    ("writing", "text/write", "button.primary"),
    ("guess", "text/inspect", "#text-inspect .candidate"),
    ("procedure", "text/procedure", "#procedure-stage .next"),
    ("mask", "text/mask", "button.primary"),
    ("film", "diffusion/digits", "button.primary"),
    ("words", "diffusion/emoji", "#emoji-prompt textarea"),
    ("objectives", "llm/objectives", "#llm-objectives [aria-pressed]"),
    ("finetune", "llm/finetune", "input[type=range]"),
    ("loss", "maths/entropy", "#maths-entropy .knob"),
    ("attention", "maths/attention", "#maths-attention [data-choice$='masked:true']"),
    ("contest", "overview/contest", "button.primary"),
)
WORDS = ("name", "keys", "back", "next", "end", "leave", "fold", "unfold")


def tour() -> Drawing:
    """Draw the tour's bar, unseen until it begins: by the button in the header, or by an address with ?tour=1."""
    stops = [{"name": name, "place": place, "look": look} for name, place, look in STOPS]
    texts = [f"tour.{part}_{name}" for name, *_ in STOPS for part in ("title", "said", "try")]
    words = language.words(*(f"tour.{word}" for word in WORDS), *texts)
    return Drawing(Path(__file__).with_name("tour.js"), words=words, stops=stops, elem_id="tour")
