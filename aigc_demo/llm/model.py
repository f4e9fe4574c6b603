"""How the three families predict the hidden tokens of a sentence, each under its attention mask."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.errors import (
    DemoError,
    check_choice,
    check_ids,
    check_number,
    check_seed,
    check_string,
)
from aigc_demo.llm import lora
from aigc_demo.llm.lora import LoraModel
from aigc_demo.llm.network import LanguageNetwork
from aigc_demo.llm.objectives import OBJECTIVES, causal_mask, full_mask, permutation_masks
from aigc_demo.llm.tokenizer import MASK, START, name_of, token_id

MAX_NEW_TOKENS = 2_000


@dataclass(frozen=True)
class LanguageConfig:
    """The sizes of a language model, and its training objective."""

    objective: str  # one of OBJECTIVES
    vocabulary: int
    width: int
    layers: int
    heads: int
    context: int  # tokens a training window holds, the start among them
    dropout: float

    def __post_init__(self) -> None:
        """Raise DemoError when there is no such objective."""
        check_choice("objective", self.objective, OBJECTIVES)


def build_network(config: LanguageConfig) -> LanguageNetwork:
    """Return an untrained network."""
    return LanguageNetwork(
        config.vocabulary,
        width=config.width,
        layers=config.layers,
        heads=config.heads,
        dropout=config.dropout,
    )


def from_checkpoint(folder: Path) -> "LanguageModel | LoraModel":
    """Return the language model stored in `folder`, or the fine-tuned one, whose config.json names
    its base.

    Raises DemoError when its files are missing or damaged.
    """
    if "base" in checkpoints.read_json(folder / "config.json"):
        return lora.from_checkpoint(folder)
    config = checkpoints.read_config(folder, LanguageConfig)
    network = build_network(config)
    checkpoints.read_weights(folder, network)
    tokenizer = checkpoints.read_tokenizer(folder, config.vocabulary)
    return LanguageModel(
        config, checkpoints.freeze_for_inference(network, runtime.device()), tokenizer
    )


@dataclass(frozen=True)
class Guess:
    """A model's prediction of one hidden token."""

    place: int  # which token of the sentence
    order: int  # of the guesses, from 0; those made at once share a number
    probabilities: Tensor  # (V,) float32
    sees: list[int]  # the tokens that it attended to


class LanguageModel:
    """A network, its tokenizer and its objective: it guesses hidden tokens."""

    def __init__(self, config: LanguageConfig, network: LanguageNetwork, tokenizer: Tokenizer):
        self.config = config
        self.network = network
        self.tokenizer = tokenizer
        self.start, self.mask = token_id(tokenizer, START), token_id(tokenizer, MASK)

    def encode(self, text: str) -> list[int]:
        """Return the ids of `text`'s tokens; raises DemoError when there are more than the model
        reads at once, or none.
        """
        ids = self.encode_all(text)
        most = self.config.context - 1
        if not ids:
            raise DemoError(
                "The sentence is empty: type one, for instance {example}.",
                example="To be, or not to be",
            )
        if len(ids) > most:
            raise DemoError(
                "The sentence has {count} tokens; at most {limit} are read.",
                count=f"{len(ids):,}",
                limit=most,
            )
        return ids

    def encode_all(self, text: str) -> list[int]:
        """Return the ids of a text of any length. Raise DemoError for half a character."""
        check_string("text", text)
        return self.tokenizer.encode(text).ids

    def decode(self, ids: list[int]) -> str:
        """Return the text of token ids. Raise DemoError for what are none."""
        check_ids(ids, self.tokenizer.get_vocab_size())
        return self.tokenizer.decode(ids)

    def name(self, token: int) -> str:
        """Return a token's text, or its bytes where these are no whole characters."""
        return name_of(self.tokenizer, token)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return which characters of `text` each token belongs to: from which to before which.
        Several may share one.
        """
        return self.tokenizer.encode(text).offsets

    def generate(
        self, prompt: str, *, max_new_tokens: int = 40, temperature: float = 0.8, seed: int = 0
    ) -> Iterator[str]:
        """Write on from `prompt`, the text of one token at a time; of a causal model.

        Raise DemoError as `encode`, and when a value is out of its range.
        """
        max_new_tokens = check_number("length", max_new_tokens, 1, MAX_NEW_TOKENS, whole=True)
        temperature = check_number("temperature", temperature, 0.1, 2)
        ids, generator = [self.start, *self.encode(prompt)], runtime.generator(check_seed(seed))
        for _ in range(max_new_tokens):
            seen = ids[-self.config.context :]
            p = self.probabilities(seen, causal_mask(len(seen)))[-1] ** (1 / temperature)
            p[[self.start, self.mask]] = 0
            ids.append(int(torch.multinomial(p, 1, generator=generator)))
            yield self.decode(ids[-1:])

    def guesses(self, ids: list[int], hidden: list[int]) -> list[Guess]:
        """Return a guess for each token in `hidden`, in the order in which they are made: that of
        `hidden` for BERT and XLNet.

        GPT goes from left to right and attends to what is left of a token; BERT predicts all at
        once and attends to everything that is not hidden; XLNet goes in the order of `hidden` and
        attends to what is not hidden, and to its own guesses. Of a token that was guessed before,
        the likeliest guess is the input.
        """
        return {"causal": self._causal, "masked": self._masked, "permuted": self._permuted}[
            self.config.objective
        ](ids, hidden)

    def _causal(self, ids: list[int], hidden: list[int]) -> list[Guess]:
        read, found = list(ids), []
        for number, place in enumerate(sorted(hidden)):
            row = self.probabilities([self.start, *read[:place]], causal_mask(place + 1))[-1]
            found.append(Guess(place, number, row, list(range(place))))
            read[place] = int(row.argmax())
        return found

    def _masked(self, ids: list[int], hidden: list[int]) -> list[Guess]:
        shown = [self.mask if place in hidden else token for place, token in enumerate(ids)]
        rows = self.probabilities([self.start, *shown], full_mask(len(ids) + 1))[1:]
        seen = [place for place in range(len(ids)) if place not in hidden]
        return [Guess(place, 0, rows[place], seen) for place in hidden]

    def _permuted(self, ids: list[int], hidden: list[int]) -> list[Guess]:
        read, found = list(ids), []
        seen = [place for place in range(len(ids)) if place not in hidden]
        attention_mask, query_mask = permutation_masks(rank_of(seen + hidden)[None])
        for number, place in enumerate(hidden):
            row = self._query_stream_probabilities([self.start, *read], attention_mask, query_mask)[
                1 + place
            ]
            found.append(Guess(place, number, row, sorted(seen + hidden[:number])))
            read[place] = int(row.argmax())
        return found

    @torch.inference_mode()
    def probabilities(self, ids: list[int], attention_mask: Tensor) -> Tensor:
        """Return the content stream's probabilities (T, V) float32 at each of `ids`."""
        return (
            self.network.logits(
                torch.tensor([ids], device=runtime.device()), attention_mask.to(runtime.device())
            )[0]
            .softmax(dim=-1)
            .cpu()
        )

    @torch.inference_mode()
    def _query_stream_probabilities(
        self, ids: list[int], attention_mask: Tensor, query_mask: Tensor
    ) -> Tensor:
        masks = (mask.to(runtime.device()) for mask in (attention_mask, query_mask))
        return (
            self.network.query_stream_logits(torch.tensor([ids], device=runtime.device()), *masks)[
                0
            ]
            .softmax(dim=-1)
            .cpu()
        )


def rank_of(order: list[int]) -> Tensor:
    """Return the rank (1 + len(order),) of each place when they come in `order`, the start before
    them all.
    """
    rank = torch.zeros(1 + len(order), dtype=torch.int64)
    rank[1 + torch.tensor(order)] = torch.arange(1, 1 + len(order))
    return rank
