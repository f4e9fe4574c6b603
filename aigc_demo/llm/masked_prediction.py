"""One sentence, three objectives: its hidden tokens, the attention masks, and what each family
predicts.
"""

import re
from dataclasses import dataclass

import torch

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError, check_texts
from aigc_demo.llm.model import Guess, LanguageModel

LONGEST = 300  # characters
MAX_TOKENS = 40
LIKELIEST = 4
BRACKETS = str.maketrans("［］【】", "[][]")  # of a Chinese keyboard
HIDDEN = r"\[[^\[\]]*\]"  # as a regular expression


@dataclass(frozen=True)
class Piece:
    """One token of the sentence."""

    text: str  # with the space before it, where there is one
    word: int  # the index of its word
    begin: int  # where it begins in the sentence, in characters
    end: int


@dataclass(frozen=True)
class Sentence:
    """A tokenized sentence, and which of its tokens are hidden."""

    text: str
    ids: list[int]
    pieces: list[Piece]
    hidden: list[int]  # tokens, from left to right


def parse(model: LanguageModel, marked: object) -> Sentence:
    """Return the sentence in which a visitor put what is to be hidden in [brackets]; a word is
    hidden whole.

    Raises DemoError when it is empty, too long or no text, or a bracket has no partner.
    """
    marked = marked.translate(BRACKETS) if isinstance(marked, str) else ""
    if not marked.strip():
        raise DemoError("The sentence is empty: type one, with what is to be hidden in [brackets].")
    if len(marked) > LONGEST:
        raise DemoError(
            "The sentence has {length} characters; at most {limit} are read.",
            length=f"{len(marked):,}",
            limit=LONGEST,
        )
    if set("[]") & set(re.sub(HIDDEN, "", marked)):
        raise DemoError("A bracket has no partner: what is to be hidden stands in [brackets].")
    text, spans = _unmarked(
        " ".join(re.sub(r"\[\s*([^\[\]]*?)\s*\]", r"[\1]", marked).replace("[]", "").split())
    )
    check_texts(text)
    encoding = model.tokenizer.encode(text)
    # a special token is of no word, and none is read here
    words = [word for word in encoding.word_ids if word is not None]
    pieces = [
        Piece(text[a:b], word, a, b) for (a, b), word in zip(encoding.offsets, words, strict=True)
    ]
    if not 1 < len(pieces) <= MAX_TOKENS:
        raise DemoError(
            "The sentence has {count} tokens; from 2 to {limit} are read here.",
            count=len(pieces),
            limit=MAX_TOKENS,
        )
    hidden = {
        piece.word
        for piece in pieces
        if any(piece.begin < end and begin < piece.end for begin, end in spans)
    }
    return Sentence(
        text,
        encoding.ids,
        pieces,
        [place for place, piece in enumerate(pieces) if piece.word in hidden],
    )


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without its brackets, and from where to where they reached in it."""
    text, spans = "", []
    for part in re.split(f"({HIDDEN})", marked):
        inside = part.strip("[]")
        if part.startswith("["):
            spans.append((len(text), len(text) + len(inside)))
        text += inside
    return text, spans


@dataclass(frozen=True)
class Answer:
    """One model's predictions of the hidden tokens."""

    objective: str
    sees: list[list[int]]  # for each token the tokens that its guess attends to
    # each token's place in the order of prediction, from 0; the same for those predicted at once
    rank: list[int]
    guesses: list[Guess]  # in the order in which they were made


def predict(model: LanguageModel, sentence: Sentence, *, seed: int = 0) -> Answer:
    """Return `model`'s guesses of what is hidden; the seed settles XLNet's order."""
    count, hidden = len(sentence.ids), sentence.hidden
    drawn = [
        hidden[i] for i in torch.randperm(len(hidden), generator=runtime.generator(seed)).tolist()
    ]
    seen = [place for place in range(count) if place not in hidden]
    order = {"causal": list(range(count)), "masked": list(range(count)), "permuted": seen + drawn}[
        model.config.objective
    ]
    if model.config.objective == "masked":
        sees = [[other for other in seen if other != place] for place in range(count)]
        rank = [int(place in hidden) for place in range(count)]
    else:
        sees = [sorted(order[: order.index(place)]) for place in range(count)]
        rank = [order.index(place) for place in range(count)]
    return Answer(
        model.config.objective, sees, rank, model.guesses(sentence.ids, drawn) if hidden else []
    )


def target_rank(guess: Guess, token: int) -> int:
    """Return the rank of `token` among the likeliest of a guess, from 0; -1 where it is none of
    them.
    """
    return index_of(guess.probabilities.topk(LIKELIEST).indices.tolist(), token)


def index_of(tokens: list[int], token: int) -> int:
    """Return where `token` stands in `tokens`, -1 where it does not."""
    return tokens.index(token) if token in tokens else -1


def likeliest(model: LanguageModel, guess: Guess) -> list[tuple[str, float]]:
    """Return the likeliest tokens of a guess, by their names, with their probabilities."""
    p, tokens = guess.probabilities.topk(LIKELIEST)
    return [
        (model.name(token), share) for token, share in zip(tokens.tolist(), p.tolist(), strict=True)
    ]
