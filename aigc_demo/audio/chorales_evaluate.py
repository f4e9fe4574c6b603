"""How well chorales are predicted: nats a note on the test split, beside two simple models."""

import torch

from aigc_demo.audio import chorales, likelihood
from aigc_demo.audio.chorales import Corpus
from aigc_demo.audio.chorales_model import CausalChoralesModel, ChoralesModel
from aigc_demo.core import checkpoints, runtime

SEED = 100
ORDERS = 5  # random orders of each window
LEVELS = 4  # numbers of hidden cells at which each of them is looked at
LEFT_TO_RIGHT_LEVELS = 8
UNIT = {"unit": "nats per note", "split": "test, 77 chorales"}


def evaluate(model: ChoralesModel | CausalChoralesModel) -> list[dict[str, object]]:
    """Return the nats a note of unseen chorales, of a unigram and of a Markov chain beside it."""
    train, test = chorales.load("train"), chorales.load("test")
    causal = isinstance(model, CausalChoralesModel)
    measured = _left_to_right(model, test) if causal else _any_order(model, test)
    weights = checkpoints.parameters(model.network)
    return [
        *measured,
        {"figure": "NLL, unigram", "value": round(likelihood.unigram_nats(train, test), 3), **UNIT},
        {
            "figure": "NLL, first-order Markov",
            "value": round(likelihood.markov_nats(train, test), 3),
            **UNIT,
        },
        {"figure": "parameters", "value": weights, "unit": "weights"},
    ]


def _any_order(model: ChoralesModel, test: Corpus) -> list[dict[str, object]]:
    """Return unbiased estimates: some terms of the chain rule, evenly spread, stand for all."""
    network, where = model.network, runtime.device()
    test, seeds = test.to(where), range(SEED, SEED + ORDERS + 1)
    generators = [torch.Generator(where).manual_seed(seed) for seed in seeds]
    each = [
        likelihood.random_order_estimate(network, test, generator, levels=LEVELS)
        for generator in generators[:-1]
    ]
    left, error = likelihood.left_to_right_estimate(
        network, test, generators[-1], levels=LEFT_TO_RIGHT_LEVELS
    )
    how = {"method": "unbiased estimate", "seed": SEED, **UNIT}
    orders = {"orders": ORDERS, "each": [round(nats, 3) for nats in each]}
    terms = {"terms of the chain rule": f"{LEVELS} a window and order", **orders}
    single = {"terms of the chain rule": f"{LEFT_TO_RIGHT_LEVELS} a window"}
    return [
        {"figure": "NLL, random order", "value": round(sum(each) / ORDERS, 3), **how, **terms},
        {
            "figure": "NLL, left to right",
            "value": round(left, 3),
            "standard error": round(error, 3),
            **how,
            **single,
        },
    ]


def _left_to_right(model: CausalChoralesModel, test: Corpus) -> list[dict[str, object]]:
    nats = likelihood.left_to_right(model.network, test.to(runtime.device()))
    return [{"figure": "NLL, left to right", "value": round(nats, 3), "method": "exact", **UNIT}]
