import pytest
import torch

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.text.compare import generate_in_parallel
from aigc_demo.text.model import TextConfig, TextModel, build_network
from aigc_demo.text.tokenizer import character_tokenizer

VERSE = "to be, or not to be\n"
OPTIONS = {"temperature": 0.8, "top_k": 0, "top_p": 1.0, "min_p": 0.02, "seed": 3}


def models() -> list[TextModel]:
    torch.manual_seed(0)
    tokenizer, built = character_tokenizer(VERSE), []
    for architecture in ("rnn", "lstm", "transformer"):
        config = TextConfig(
            architecture,
            tokenizer.get_vocab_size(),
            width=8,
            layers=1,
            context=8,
            dropout=0.0,
            heads=2,
            embedding=4,
        )
        built.append(
            TextModel(
                config,
                build_network(config).to(runtime.device()).eval().requires_grad_(False),
                tokenizer,
            )
        )
    return built


@pytest.mark.parametrize("length", [1, 2, 40])
def test_each_model_writes_what_it_would_write_alone(length):
    runners = models()
    *_, last = generate_in_parallel(runners, "to ", length=length, **OPTIONS)
    for writing, runner in zip(last, runners, strict=True):
        steps = list(runner.generate("to ", max_new_tokens=length, **OPTIONS))
        assert writing.text == "".join(step.text for step in steps)
        assert writing.bits == pytest.approx(sum(step.bits for step in steps))
        assert writing.finished


def test_the_text_only_grows_and_is_finished_once():
    seen = list(generate_in_parallel(models(), "to ", length=200, **OPTIONS))
    for before, after in zip(seen, seen[1:], strict=False):
        assert all(
            b.text.startswith(a.text) and b.seconds >= a.seconds
            for a, b in zip(before, after, strict=True)
        )
    assert [generations[0].finished for generations in seen] == [False] * (len(seen) - 1) + [True]


def test_a_mistake_is_told_before_anything_is_written():
    with pytest.raises(DemoError, match="temperature must be"):
        next(generate_in_parallel(models(), "to ", length=5, **(OPTIONS | {"temperature": 9})))
