"""Models of the Hub predict masked tokens: BERT's and XLNet's family."""

import re
from dataclasses import dataclass

from aigc_demo.core.errors import DemoError, check_number, check_text
from aigc_demo.llm.hub import MAX_TEXT, HubModel, encode

MAX_GUESSES = 50
# each stands for a hidden token, whatever the model calls it
MASKS = re.compile(r"[\[［【](?:MASK|ＭＡＳＫ)[\]］】]|[<＜](?:mask|ｍａｓｋ)[>＞]", re.IGNORECASE)


@dataclass(frozen=True)
class Filled:
    """A model's prediction of one masked token."""

    place: int  # which token of the text, its special tokens counted
    words: list[str]  # the likeliest, best first
    probabilities: list[float]


def fill(model: HubModel, text: str, *, guesses: int = 5) -> list[Filled]:
    """Return the likeliest tokens for each [MASK] or <mask> in `text`, each predicted independently
    of the others.

    Raises DemoError when the model does not fill in, nothing is hidden, or the text is empty or too
    long.
    """
    if model.objective == "causal":
        raise DemoError(
            "{repo} writes from left to right and cannot fill in: "
            "choose a BERT or an XLNet for that.",
            repo=model.repo,
        )
    count = check_number("guesses", guesses, 1, MAX_GUESSES, whole=True)
    mask = model.tokenizer.mask_token
    ids = encode(model, MASKS.sub(lambda _: mask, check_text(text, MAX_TEXT)))
    places = [place for place, token in enumerate(ids) if token == model.tokenizer.mask_token_id]
    if not places:
        raise DemoError("Nothing is hidden: put {mask} in the place of a word.", mask=mask)
    probabilities, tokens = model.guesses(ids, places).topk(count)
    rows = zip(places, tokens.tolist(), probabilities.tolist(), strict=True)
    return [
        Filled(place, [model.tokenizer.decode([token]).strip() for token in row], shares)
        for place, row, shares in rows
    ]
