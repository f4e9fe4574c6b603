"""What models of the Hub expected at each token of a text that they read, or that they wrote."""

import math
from dataclasses import dataclass

import torch

from aigc_demo.core import runtime
from aigc_demo.core.steps import TokenStep
from aigc_demo.llm.hub import HubModel, check_writes, encode

LIKELIEST = 5  # how many of the tokens that a model expected are returned


@dataclass(frozen=True)
class Surprise:
    """What a model expected at each of a text's T tokens, at temperature 1."""

    pieces: list[str]  # the tokens
    bits: list[float]  # -log2 of the probability that the model gave each token
    likeliest: list[list[str]]  # the likeliest tokens at each, best first
    probabilities: list[list[float]]  # theirs

    def compact(self) -> dict[str, list]:
        """Return what the text tab's tinted.js draws: bits with two decimals, and the
        probabilities, one after another, in thousandths.
        """
        thousandths = [round(1000 * p) for row in self.probabilities for p in row]
        return {
            "pieces": self.pieces,
            "bits": [round(bits, 2) for bits in self.bits],
            "likeliest": self.likeliest,
            "thousandths": thousandths,
        }


@torch.inference_mode()
def surprise(model: HubModel, text: str) -> Surprise:
    """Return how surprised a model that writes is by each token of `text`; the token that
    begins or ends its texts is read before.

    Raises DemoError when the model does not write, or the text is empty or too long.
    """
    check_writes(model)
    tokens = encode(model, text)
    begin = model.tokenizer.bos_token_id
    first = min(model.eos_tokens, default=tokens[0]) if begin is None else begin
    tokens = tokens[1:] if tokens[0] == first else tokens
    ids = torch.tensor([[first, *tokens]], device=runtime.device())
    logits = model.network(input_ids=ids).logits[0, :-1].double().cpu()
    log_p = torch.log_softmax(logits, dim=-1)  # (T, V)
    bits = -log_p.gather(1, torch.tensor(tokens)[:, None])[:, 0] / math.log(2)
    shares, best = log_p.exp().topk(LIKELIEST)
    words = [[model.tokenizer.decode([token]) for token in row] for row in best.tolist()]
    return Surprise(
        [model.tokenizer.decode([token]) for token in tokens], bits.tolist(), words, shares.tolist()
    )


def generation_surprise(model: HubModel, steps: list[TokenStep]) -> Surprise:
    """Return what `model` expected at each token that it wrote, from the logits of the steps."""
    likeliest = [
        torch.softmax(step.logits.double(), dim=0).topk(min(LIKELIEST, len(step.logits)))
        for step in steps
    ]
    words = [
        [model.tokenizer.decode([token]) for token in row.indices.tolist()] for row in likeliest
    ]
    return Surprise(
        [step.text for step in steps],
        [step.bits for step in steps],
        words,
        [row.values.tolist() for row in likeliest],
    )
