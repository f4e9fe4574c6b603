"""The event diffusion_procedure: one training step of the denoiser, and what bad input is told."""

import math
from typing import Any

import numpy as np
import pytest
from gradio_client import Client

from tests.helpers import server
from tests.helpers.calls import a_seven, sheet
from tests.helpers.server import Server

GOOD: list[Any] = [None, 0.03, 0]
PARTS = 12  # of the network


@pytest.fixture(scope="module")
def visitor(app: Server) -> Client:
    return Client(app.url, verbose=False)


def train(client: Client, *inputs: Any) -> dict[str, Any]:
    return client.predict(*inputs, api_name="/diffusion_procedure")


def rows(step: dict[str, Any]) -> np.ndarray:
    """Return the pictures (8 symbols, 8 pictures, 28, 28) as numbers from -1 to 1."""
    return sheet(step).reshape(8, 28, 8, 28).swapaxes(1, 2).astype(float) / 127.5 - 1


def test_the_steps_agree_with_each_other(visitor):
    step = train(visitor, *GOOD)
    x_0, noise, x_t, v, _, x0_hat, error, _ = rows(step)
    assert len(step["t"]) == len(step["labels"]) == len(step["waves"]) == 8
    for before_or_after in (0, 1):
        assert step["loss"][before_or_after] == pytest.approx(
            np.mean(step["losses"][before_or_after]), abs=1e-4
        )
    assert step["gradient"] ** 2 == pytest.approx(
        sum(norm**2 for norm in step["gradients"].values())
    )
    assert len(step["gradients"]) == PARTS
    assert step["loss"][1] < step["loss"][0]
    # what is seen is what the formulas say, up to rounding and where nothing is cut off
    for i, keep in enumerate(step["alpha_bar"]):
        root, rest = keep**0.5, (1 - keep) ** 0.5
        dim, calm = root + 2.5 * rest, abs(noise[i]) < 0.99
        assert np.abs(x_t[i] * dim - (root * x_0[i] + rest * 2.5 * noise[i]))[calm].max() < 0.03
        assert (
            np.abs(2.5 * v[i] - (root * 2.5 * noise[i] - rest * x_0[i]))[
                calm & (abs(v[i]) < 0.99)
            ].max()
            < 0.04
        )
        assert len(step["waves"][i]) == 64
    clear = int(np.argmax(step["alpha_bar"]))
    assert np.abs(x0_hat[clear] - x_0[clear]).mean() < 0.1
    assert error.min() == -1


def test_the_shared_model_learns_nothing_and_a_large_step_raises_the_loss(visitor):
    first, far = train(visitor, *GOOD), train(visitor, None, 1, 0)
    assert train(visitor, *GOOD) == first
    assert far["loss"][0] == first["loss"][0]
    assert far["loss"][1] > far["loss"][0]
    assert train(visitor, None, 0.03, 1)["t"] != first["t"]


def test_a_drawing_joins_the_batch_and_nobody_says_what_it_is(visitor):
    plain, drawn = train(visitor, *GOOD), train(visitor, a_seven(), 0.03, 0)
    assert (plain["drawn"], drawn["drawn"]) == (False, True)
    assert drawn["labels"][0] == 10
    assert drawn["labels"][1:] == plain["labels"][1:]
    assert not np.array_equal(rows(plain)[0, 0], rows(drawn)[0, 0])
    assert np.array_equal(rows(plain)[0, 1:], rows(drawn)[0, 1:])


@pytest.mark.parametrize(
    ("bad", "english", "chinese"),
    [
        (["nonsense", 0.03, 0], "The drawing is empty", "画板是空的"),
        (["data:image/png;base64,AAAA", 0.03, 0], "not a whole PNG", "不是完整的 PNG"),
        ([7, 0.03, 0], "The drawing is empty", "画板是空的"),
        *(
            ([None, value, 0], "learning rate must be", "学习率")
            for value in (0, 11, math.nan, None, "0.1", True)
        ),
        *(
            ([None, 0.03, value], "seed must be", "随机种子")
            for value in (-1, 2**31, 0.5, math.nan, None, "x")
        ),
    ],
    ids=str,
)
def test_a_mistake_is_explained_in_both_languages(app, visitor, bad, english, chinese):
    in_english, in_chinese = server.told(app.url, "diffusion_procedure", GOOD, bad)
    assert english in in_english
    assert chinese in in_chinese
