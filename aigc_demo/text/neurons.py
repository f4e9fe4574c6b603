"""What single units of a recurrent network represent: the correlation of their activations with
features of the text.

After Karpathy, Johnson and Fei-Fei, "Visualizing and understanding recurrent networks" (2015).
"""

import re
from dataclasses import dataclass

import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.text.model import TextModel
from aigc_demo.text.recurrent import Recurrent

NEAR = 5  # characters: so close is a line's end "near"
MIN_MARKED = 20  # characters that a feature must mark: with fewer, chance finds a unit for it
# a short line that begins with a capital and ends with a colon
SPEAKER = re.compile(r"[^\W\d_a-z][^:]{0,30}:\n?")
OPENING_QUOTES, CLOSING_QUOTES = '"“「『', '"”」』'


@dataclass(frozen=True)
class Unit:
    """The unit that correlates best with a feature."""

    feature: str
    neuron: int  # counted from 0, through all layers
    # Pearson's r; for a feature that is either there or not, the point-biserial correlation
    correlation: float


@torch.inference_mode()
def activations(network: Recurrent, ids: Tensor) -> Tensor:
    """Return every unit's activation after every character of `ids` (B, T): (B, T, layers x width),
    from -1 to 1.

    For the RNN that is its state h_t, for the LSTM tanh(c_t) of its cell, whatever its output gate
    lets out.
    """
    state, activities = None, []
    for x in network.embedding(ids).split(1, dim=1):  # (B, 1, embedding)
        _, state = network.cells(x, state)
        memory = state[1].tanh() if isinstance(state, tuple) else state  # (layers, B, width)
        activities.append(memory.transpose(0, 1).flatten(1))
    return torch.stack(activities, dim=1)


def features(text: str) -> dict[str, list[float]]:
    """Return for each feature its value at every character of `text`; features that mark too few
    characters are left out.
    """
    lines = text.splitlines(keepends=True)
    every = {
        "quote": _inside_quotes(text),
        "line end": [
            float(line.endswith("\n") and 0 < len(line) - 1 - at <= NEAR)
            for line in lines
            for at in range(len(line))
        ],
        "position in line": [float(at) for line in lines for at in range(len(line))],
        "speaker's name": [float(bool(SPEAKER.fullmatch(line))) for line in lines for _ in line],
        "inside a word": [float(character.isalpha()) for character in text],
    }
    return {
        name: values
        for name, values in every.items()
        if MIN_MARKED <= sum(value != 0 for value in values) <= len(text) - MIN_MARKED
    }


def _inside_quotes(text: str) -> list[float]:
    inside, values = False, []
    for character in text:
        inside = (
            not inside
            if character == '"'
            else (inside or character in OPENING_QUOTES) and character not in CLOSING_QUOTES
        )
        values.append(float(inside))
    return values


def correlations(
    model: TextModel[Recurrent], text: str, wanted: dict[str, list[float]], *, batch: int = 32
) -> Tensor:
    """Return Pearson's r (features, units) between what each unit holds and each feature of `text`.

    The text is cut into windows of the model's context, each read from a fresh state.
    """
    ids, T = torch.tensor(model.encode(text)), min(model.config.context, len(text))
    count = len(ids) // T
    marks = torch.tensor(list(wanted.values()), dtype=torch.float64)[:, : count * T].view(
        -1, count, T
    )
    # of a, a^2, f, f^2 and f a, for activity a and feature f
    sums = [torch.zeros((), dtype=torch.float64)] * 5
    for windows, f in zip(
        ids[: count * T].view(count, T).split(batch), marks.split(batch, dim=1), strict=True
    ):
        a = activations(model.network, windows.to(runtime.device())).cpu().double()
        a, f = a.flatten(0, 1), f.flatten(1)  # (n, units), (F, n)
        sums = [
            total + part
            for total, part in zip(
                sums, (a.sum(0), a.square().sum(0), f.sum(1), f.square().sum(1), f @ a), strict=True
            )
        ]
    a, a2, f, f2, fa = (total / (count * T) for total in sums)
    spread = (f2 - f.square()).clamp(min=0).sqrt()[:, None] * (a2 - a.square()).clamp(min=0).sqrt()
    return torch.where(spread > 1e-9, (fa - f[:, None] * a) / spread.clamp(min=1e-9), 0)


def find(model: TextModel[Recurrent], text: str) -> list[Unit]:
    """Return for each feature of `text` the unit with the largest |r|, the clearest first."""
    wanted = features(text)
    if not wanted:
        return []
    r = correlations(model, text, wanted)
    best = r.abs().argmax(dim=1).tolist()
    found = [
        Unit(name, neuron, row[neuron].item())
        for name, neuron, row in zip(wanted, best, r, strict=True)
    ]
    return sorted(found, key=lambda unit: -abs(unit.correlation))
