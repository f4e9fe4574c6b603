"""The mathematics over the API: the numbers, the extremes, and what bad input is told."""

import math
from typing import Any

import pytest
from gradio_client import Client

from tests.helpers.server import Server, told

EYE = [[1, 0], [0, 1]]
GOOD: dict[str, dict[str, Any]] = {
    "maths_binary": {"y": 1, "y_hat": 0.25},
    "maths_classes": {"logits": [1.0, 2.0, 0.5], "truth": 0},
    "maths_following": {"text": "To b"},
    "maths_divergence": {"p": [0.5, 0.5, 0.0], "q": [0.25, 0.5, 0.25]},
    "maths_gaussians": {"mean_p": 0, "width_p": 1, "mean_q": 1, "width_q": 2},
    "maths_fit": {"distance": 2, "share": 0.6, "width": 0.7, "direction": "reverse", "start": -1},
    "maths_readers": {"text": "To b"},
    "maths_attention": {
        "X": [[1, 0], [0, 1], [1, 1]],
        "W_Q": EYE,
        "W_K": EYE,
        "W_V": EYE,
        "scaled": True,
        "masked": True,
        "temperature": 1,
    },
    "maths_head": {
        "text": "to be",
        "layer": 2,
        "head": 1,
        "scaled": True,
        "masked": True,
        "temperature": 1,
    },
    "maths_minimax": {"mean_data": 0, "width_data": 1, "mean_g": 0, "width_g": 1, "sharpness": 1},
    "maths_dirac": {
        "theta": 1,
        "psi": 0,
        "rule": "alternating",
        "rate": 0.2,
        "penalty": 0,
        "steps": 10,
    },
    "maths_noise": {"x_0": 2, "t": 250, "schedule": "linear"},
    "maths_elbo": {"x": 2.2, "mean": 0.4, "width": 0.9, "slope": 1.5, "spread": 0.8},
}


@pytest.fixture(scope="module")
def visitor(app: Server) -> Client:
    return Client(app.url, verbose=False)


def ask(visitor: Client, event: str, **changes: Any) -> dict[str, Any]:
    return visitor.predict(*{**GOOD[event], **changes}.values(), api_name=f"/{event}")


def test_the_numbers_of_simple_cases(visitor):
    assert ask(visitor, "maths_binary")["loss"] == pytest.approx(math.log(4))
    assert ask(visitor, "maths_classes", logits=[0, 0, 0, 0])["perplexity"] == pytest.approx(4)
    assert ask(visitor, "maths_gaussians")["forward"] == pytest.approx(math.log(2) + 2 / 8 - 0.5)
    assert ask(visitor, "maths_minimax")["value"] == pytest.approx(-math.log(4), abs=1e-6)
    assert ask(visitor, "maths_fit")["mean"] == pytest.approx(-1.986, abs=1e-3)
    assert ask(visitor, "maths_attention")["weights"][0] == [1, 0, 0]
    assert len(ask(visitor, "maths_dirac")["path"]) == 11
    noise, bound = ask(visitor, "maths_noise"), ask(visitor, "maths_elbo")
    assert noise["mean"] ** 2 / 4 + noise["width"] ** 2 == pytest.approx(1)
    assert bound["elbo"] + bound["gap"] == pytest.approx(bound["evidence"])


def test_what_is_infinite_is_said_to_be(visitor):
    assert ask(visitor, "maths_binary", y_hat=0)["loss"] == "∞"
    seen = ask(visitor, "maths_divergence")
    assert (seen["forward"], seen["reverse"]) == (pytest.approx(0.5 * math.log(2)), "∞")
    assert seen["reverse_parts"][2] == "∞"
    assert ask(visitor, "maths_attention")["scaled"][0][1:] == ["−∞", "−∞"]


def test_real_models_give_whole_distributions(visitor):
    seen, apart = ask(visitor, "maths_following"), ask(visitor, "maths_readers")
    assert math.fsum(math.exp(each) for each in seen["log_p"]) == pytest.approx(1, abs=1e-4)
    assert len(seen["losses"]) == 4
    assert seen["log_p"] == apart["log_p"]  # the same model after the same text
    forward = math.fsum(
        math.exp(p) * (p - q) for p, q in zip(apart["log_p"], apart["log_q"], strict=True)
    )
    assert apart["forward"] == pytest.approx(forward, abs=1e-4)
    head = ask(visitor, "maths_head")
    assert [sum(row) for row in head["weights"]] == pytest.approx([1] * 5)
    assert ask(visitor, "maths_head", temperature=10)["weights"] != head["weights"]


@pytest.mark.parametrize(
    ("event", "changes", "expected", "in_chinese"),
    [
        ("maths_binary", {"y_hat": 1.5}, "ŷ must be from 0 to 1", "ŷ 应在 0"),
        ("maths_binary", {"y": 0.5}, "y must be a whole number", "y 应为"),
        (
            "maths_classes",
            {"logits": [1, "b"]},
            "logits must be a list of 2 to 8 numbers",
            "logit 应为 2 到 8 个数",
        ),
        ("maths_classes", {"truth": 3}, "truth must be from 0 to 2", "真实类别应在"),
        ("maths_following", {"text": ""}, "The text is empty", "文本是空的"),
        ("maths_following", {"text": "a" * 61}, "61 characters; at most 60", "61 个字符"),
        ("maths_readers", {"text": "to €"}, "never saw these characters: €", "从未见过这些字符：€"),
        ("maths_divergence", {"p": [0.5, 0.4, 0.0]}, "P sums to 0.9", "P 的和为 0.9"),
        ("maths_divergence", {"q": [1.5, -0.5, 0]}, "Q holds -0.5", "Q 中有 -0.5"),
        (
            "maths_divergence",
            {"q": [0.5, 0.5]},
            "P has 3 outcomes and Q has 2",
            "P 有 3 个结果，Q 有 2 个",
        ),
        (
            "maths_gaussians",
            {"width_q": 0},
            "width of a Gaussian must be from 0.1 to 10; 0 is outside",
            "高斯分布的标准差应在",
        ),
        ("maths_gaussians", {"mean_p": None}, "mean must be a number", "均值应为"),
        (
            "maths_fit",
            {"direction": "sideways"},
            "direction must be one of forward, reverse",
            "方向应为以下之一",
        ),
        (
            "maths_fit",
            {"share": 1},
            "share of the left must be from 0.05 to 0.95",
            "左峰的份额应在",
        ),
        ("maths_attention", {"W_Q": [[1, "a"], [0, 1]]}, "W_Q holds “a”", "W_Q 中有 “a”"),
        (
            "maths_attention",
            {"W_V": [[1, 0, 0]]},
            "W_V is 1 × 3; here it must be 2 × 1–6",
            "W_V 是 1 × 3",
        ),
        (
            "maths_attention",
            {"W_K": [[1, 0, 0], [0, 1, 0]]},
            "W_K is 2 × 3; here it must be 2 × 2",
            "这里应为 2 × 2",
        ),
        ("maths_attention", {"X": "cat"}, "X must be a matrix", "X 应为矩阵"),
        ("maths_attention", {"temperature": 0}, "temperature must be from 0.05", "温度应在"),
        ("maths_head", {"head": 99}, "head must be from 1 to", "注意力头应在"),
        ("maths_head", {"text": "a" * 25}, "25 characters; at most 24", "25 个字符"),
        (
            "maths_minimax",
            {"width_g": 0},
            "width of a Gaussian must be from",
            "高斯分布的标准差应在",
        ),
        ("maths_minimax", {"mean_g": 9}, "mean must be from -6 to 6", "均值应在"),
        (
            "maths_dirac",
            {"rule": "Nash"},
            "rule must be one of simultaneous, alternating, R1",
            "更新方式应为以下之一",
        ),
        ("maths_dirac", {"theta": 9}, "θ must be from -2.5 to 2.5", "θ 应在"),
        ("maths_noise", {"t": 1000}, "t must be from 0 to 999", "步数 t应在"),
        (
            "maths_noise",
            {"schedule": "quadratic"},
            "schedule must be one of linear, cosine",
            "调度应为以下之一",
        ),
        ("maths_elbo", {"spread": 0}, "spread must be from 0.1 to 5", "解码器的标准差应在"),
    ],
)
def test_bad_input_is_told_what_is_wrong(app, visitor, event, changes, expected, in_chinese):
    english, chinese = told(
        app.url, event, list(GOOD[event].values()), list({**GOOD[event], **changes}.values())
    )
    assert expected in english
    assert in_chinese in chinese
