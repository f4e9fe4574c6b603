"""What a student may hand to the library: NumPy's and torch's numbers are numbers, and all that is
none is explained.
"""

import inspect
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from types import GeneratorType
from typing import Any

import numpy as np
import pytest
import torch

import aigc_demo
from aigc_demo.audio.chorales import MASK
from aigc_demo.audio.spoken_model import Word
from aigc_demo.core.errors import DemoError, check_number, check_seed


class Unprintable:
    """A value of which not even a message can be made."""

    def __repr__(self) -> str:
        raise RuntimeError("no")


DEEP: Any = []
for _ in range(100_000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "seed",
    [
        7,
        7.0,
        np.int64(7),
        np.int8(7),
        np.uint32(7),
        np.float32(7),
        np.array(7),
        torch.tensor(7),
        torch.tensor(7.0),
        Fraction(7),
    ],
    ids=repr,
)
def test_numbers_of_numpy_and_torch_are_numbers(seed):
    assert check_seed(seed) == 7
    assert type(check_seed(seed)) is int
    assert type(check_number("x", seed, 0, 10)) is float


WEIRD = [
    *(
        10**5000,
        -(10**5000),
        Decimal(7),
        Unprintable(),
        [Unprintable()],
        True,
        np.bool_(True),
        torch.tensor(True),
        np.float64("nan"),
    ),
    *(
        np.array([7]),
        np.array(["7"]),
        np.array("7"),
        torch.zeros(2),
        "7",
        b"7",
        None,
        7j,
        object(),
        np.datetime64("2026-01-01"),
        DEEP,
    ),
]


@pytest.mark.parametrize("value", WEIRD, ids=range(len(WEIRD)))
def test_what_is_no_number_of_the_range_is_explained(value):
    with pytest.raises(DemoError, match="seed must be") as caught:
        check_seed(value)
    assert len(str(caught.value)) < 200


def test_numpys_numbers_make_the_same_text():
    model = aigc_demo.load("text-rnn-shakespeare")

    def text(**options: Any) -> str:
        return "".join(step.text for step in model.generate("ROMEO:", **options))

    assert text(
        seed=np.int64(7), max_new_tokens=np.int32(9), temperature=np.float32(1), top_k=np.int64(5)
    ) == text(seed=7, max_new_tokens=9, temperature=1.0, top_k=5)


PICTURES = {"digits": torch.zeros(1, 1, 28, 28), "emoji": torch.zeros(1, 3, 64, 64)}
GOOD: dict[tuple[str, str], dict[str, Any]] = {
    ("text-rnn-shakespeare", "generate"): {"prompt": "ROMEO:", "max_new_tokens": 1},
    ("text-rnn-shakespeare", "encode"): {"text": "a"},
    ("text-rnn-shakespeare", "decode"): {"ids": [1]},
    ("llm-gpt-shakespeare", "generate"): {"prompt": "ROMEO:", "max_new_tokens": 1},
    ("llm-gpt-shakespeare", "encode"): {"text": "a"},
    ("llm-gpt-shakespeare", "decode"): {"ids": [1]},
    ("gan-digits", "sample"): {"n": 1},
    ("gan-digits", "generate"): {"z": torch.zeros(1, 64), "label": torch.tensor([3])},
    ("gan-digits", "judge"): {"pictures": PICTURES["digits"]},
    ("gan-emoji", "generate"): {"z": torch.zeros(1, 128)},
    ("gan-emoji", "judge"): {"z": torch.zeros(1, 128)},
    ("vae-digits", "encode"): {"pictures": PICTURES["digits"]},
    ("vae-digits", "decode"): {"z": torch.zeros(1, 32)},
    ("vae-digits-conditional", "generate"): {"u": torch.zeros(1, 24), "labels": torch.tensor([3])},
    ("vae-emoji", "encode"): {"pictures": PICTURES["emoji"]},
    ("vae-emoji", "decode"): {"z": torch.zeros(1, 4, 16, 16)},
    ("audio-chorales", "generate"): {"score": torch.full((2, 4), MASK), "steps": 1},
    ("audio-chorales-ar", "generate_naive"): {"score": torch.full((1, 4), MASK)},
    ("audio-chorales-ar", "log_likelihood"): {"score": torch.zeros(2, 4, dtype=torch.int64)},
    ("audio-digits", "denoise"): {"prompts": [Word(3)], "steps": 1},
    ("audio-digits", "speak"): {"spectrograms": -torch.ones(1, 1, 64, 64), "iterations": 1},
    ("diffusion-digits", "denoise"): {"prompts": [3], "steps": 1},
    ("diffusion-emoji", "denoise"): {"prompts": ["cat"], "steps": 1},
}
ODD = [
    None,
    True,
    "",
    "x",
    "\ud83d",
    -1,
    10**5000,
    float("nan"),
    Decimal(3),
    Unprintable(),
    [],
    ["x"],
    [None],
    {},
    b"x",
    np.zeros(2),
    torch.zeros(2),
]


def done(method: Callable[..., Any], **options: Any) -> None:
    answer = method(**options)
    if isinstance(answer, GeneratorType):
        next(answer, None)


@pytest.mark.parametrize(("name", "method"), GOOD)
def test_any_argument_is_taken_or_explained(name, method):
    called, good = getattr(aigc_demo.load(name), method), GOOD[name, method]
    done(called, **good)
    for argument in inspect.signature(called).parameters:
        for odd in ODD:
            try:
                done(called, **{**good, argument: odd})
            except DemoError as error:
                assert len(str(error)) < 700
                str(error).encode()


@pytest.mark.parametrize(
    "name",
    [
        None,
        3,
        True,
        10**5000,
        Unprintable(),
        [],
        np.zeros(2),
        "\ud83d",
        "../x",
        "",
        "owner/\ud83d",
        b"gan-digits",
    ],
    ids=range(12),
)
def test_a_name_of_no_checkpoint_is_explained(name):
    with pytest.raises(DemoError, match="There is no checkpoint"):
        aigc_demo.load(name)


@pytest.mark.parametrize(
    ("values", "count"), [({"seed": [1, 2]}, 2), ({"guidance": [1.0, 2.0, 3.0]}, 3)]
)
def test_lists_of_another_length_than_the_prompts_are_explained(values, count):
    with pytest.raises(DemoError, match=f"has {count} values; there are 1 pictures"):
        aigc_demo.load("diffusion-digits").denoise([3], **values)
