import json
import math
from pathlib import Path

import pytest
import torch

import aigc_demo
from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.core.settings import settings
from aigc_demo.text.model import (
    MAX_NEW_TOKENS,
    check_prompt,
    from_checkpoint,
    generate_naive,
    random_numbers,
)
from aigc_demo.text.sampling import SamplingParams, next_token_distribution
from aigc_demo.text.tokenizer import character_tokenizer
from aigc_demo.text.train import TextRecipe
from tests.helpers.tiny_text import VERSE, config, model

ARCHITECTURES = ["rnn", "lstm", "transformer"]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("AIGC_DEMO_CHECKPOINTS", str(tmp_path))
    settings.cache_clear()
    TextRecipe(config("transformer"), character_tokenizer(VERSE), VERSE).export(
        tmp_path / "text-transformer-verse"
    )
    return tmp_path / "text-transformer-verse"


# --- generate ---


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_one_seed_gives_one_text_and_another_seed_another(architecture):
    texts = [
        "".join(
            step.text
            for step in model(architecture).generate("To be", max_new_tokens=30, seed=seed)
        )
        for seed in (3, 3, 4)
    ]
    assert texts[0] == texts[1] != texts[2]
    assert len(texts[0]) == 30


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("prompt", ["To", VERSE * 2], ids=["short", "beyond the context"])
def test_what_is_written_is_what_the_naive_loop_writes(architecture, prompt):
    writer, sampling = model(architecture), SamplingParams(0.9, 5, 0.95, 0.01)
    fast = writer.generate(
        prompt, max_new_tokens=20, temperature=0.9, top_k=5, top_p=0.95, min_p=0.01, seed=3
    )
    naive = generate_naive(writer.network, writer.encode(prompt), sampling, random_numbers(3, 20))
    assert [step.token for step in fast] == naive


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_visitors_at_the_same_time_change_nothing(architecture):
    shared = model(architecture)
    alone = [
        [step.token for step in shared.generate(prompt, max_new_tokens=20, seed=seed)]
        for prompt, seed in (("To", 1), ("be", 2))
    ]
    runs = [
        shared.generate(prompt, max_new_tokens=20, seed=seed)
        for prompt, seed in (("To", 1), ("be", 2))
    ]
    # others draw from the global generator
    together = [[a.token, b.token] for a, b in zip(*runs, strict=True) if torch.rand(1) < 2]
    assert [list(tokens) for tokens in zip(*together, strict=True)] == alone


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_bits_are_those_of_the_models_own_probability(architecture):
    writer = model(architecture)
    # within the context of 8
    prompt, steps = (
        "To",
        list(writer.generate("To", max_new_tokens=6, temperature=0.3, top_k=3, top_p=0.9, seed=1)),
    )
    logits, _ = writer.network(
        torch.tensor([writer.encode(prompt) + [step.token for step in steps]]).to(runtime.device())
    )
    probabilities = torch.softmax(logits[0].double(), dim=-1)
    for i, step in enumerate(steps):
        assert step.bits == pytest.approx(
            -math.log2(probabilities[len(prompt) - 1 + i, step.token]), abs=1e-3
        )


@pytest.mark.parametrize("architecture", ARCHITECTURES)
@pytest.mark.parametrize("prompt", ["To", VERSE * 10], ids=["short", "beyond the context"])
def test_forcing_what_was_drawn_replays_the_same_text(architecture, prompt):
    writer, options = (
        model(architecture),
        {"max_new_tokens": 40, "temperature": 1.3, "top_p": 0.95, "min_p": 0.01, "seed": 5},
    )
    steps = list(writer.generate(prompt, **options))
    for settled in (1, 2, 20, 39):
        again = list(
            writer.generate(
                prompt, forced="".join(step.text for step in steps[:settled]), **options
            )
        )
        assert [(step.index, step.token) for step in again] == [
            (step.index, step.token) for step in steps[settled:]
        ]
        torch.testing.assert_close(
            torch.stack([s.logits for s in again]),
            torch.stack([s.logits for s in steps[settled:]]),
            atol=1e-4,
            rtol=0,
        )


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_forcing_another_character_changes_what_follows_but_not_its_random_numbers(architecture):
    writer, options = model(architecture), {"max_new_tokens": 30, "seed": 5}
    steps = list(writer.generate("To", **options))
    other = next(character for character in "be\n" if character != steps[0].text)
    forced = list(writer.generate("To", forced=other, **options))
    assert [step.token for step in forced] != [step.token for step in steps[1:]]
    numbers = random_numbers(5, 30)
    assert [step.token for step in forced] == [
        next_token_distribution(step.logits, SamplingParams()).sample(numbers[step.index])
        for step in forced
    ]


@pytest.mark.parametrize("count", [1, 2, 15, 16, 17, 100])
def test_a_seeds_first_random_numbers_are_the_same_however_many_are_asked_for(count):
    generator = runtime.generator(3)
    one_by_one = [
        torch.rand((), generator=generator, dtype=torch.float64).item() for _ in range(count)
    ]
    assert random_numbers(3, count) == one_by_one == random_numbers(3, 200)[:count]


@pytest.mark.parametrize("forced", ["be" * 5, "be" * 500_000])
def test_a_forced_beginning_that_leaves_nothing_to_draw_is_an_error(forced):
    with pytest.raises(
        DemoError,
        match=f"{len(forced):,} characters are settled, and the length is 10: nothing is left",
    ):
        model().generate("To", forced=forced, max_new_tokens=10)


@pytest.mark.parametrize("forced", [None, 3, b"be", ["be"], math.nan])
def test_a_forced_beginning_that_is_no_text_is_an_error(forced):
    with pytest.raises(DemoError, match="must be text"):
        model().generate("To", forced=forced)


def test_unknown_characters_in_a_forced_beginning_are_named():
    with pytest.raises(DemoError, match="never saw these characters: €"):
        model().generate("To", forced="b€")


def test_steps_are_counted_timed_and_spelt():
    steps = list(model().generate("be", max_new_tokens=12, seed=0))
    assert [step.index for step in steps] == list(range(12))
    assert all(a.seconds < b.seconds for a, b in zip(steps, steps[1:], strict=False))
    assert all(step.text == sorted(set(VERSE))[step.token] for step in steps)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_beyond_the_context_what_was_written_and_what_was_read_are_continued_alike(architecture):
    writer, long = model(architecture), VERSE * 20
    written = [step.token for step in writer.generate(long, max_new_tokens=20, top_k=1)]
    again = [
        step.token
        for step in writer.generate(long + writer.decode(written[:9]), max_new_tokens=11, top_k=1)
    ]
    assert again == written[9:]


def test_whole_numbers_may_come_as_floats_as_a_slider_sends_them():
    tokens = [
        [s.token for s in model().generate("be", max_new_tokens=n, top_k=k, seed=seed)]
        for n, k, seed in ((5, 3, 1), (5.0, 3.0, 1.0))
    ]
    assert tokens[0] == tokens[1]


NO_NUMBERS = [math.nan, math.inf, -math.inf, True, "1", None, []]


@pytest.mark.parametrize(
    ("option", "field", "values"),
    [
        ("temperature", "temperature", [*NO_NUMBERS, 0, 0.09, 2.01, -1]),
        ("max_new_tokens", "length", [*NO_NUMBERS, 0, -1, 1.5, MAX_NEW_TOKENS + 1]),
        ("top_k", "top-k", [*NO_NUMBERS, -1, 0.5, 1001]),
        ("top_p", "top-p", [*NO_NUMBERS, 0, -0.1, 1.01]),
        ("min_p", "min-p", [*NO_NUMBERS, -0.01, 1.01]),
        ("seed", "seed", [*NO_NUMBERS, -1, 2**31, 0.5]),
    ],
)
def test_an_option_outside_its_range_is_an_error_at_the_call(option, field, values):
    writer = model()
    for value in values:
        with pytest.raises(DemoError, match=f"{field} must be"):
            writer.generate("be", **{option: value})


@pytest.mark.parametrize("prompt", ["", None, 3, b"be", ["be"], math.nan])
def test_an_empty_prompt_or_none_is_an_error(prompt):
    with pytest.raises(DemoError, match="The prompt is empty"):
        model().generate(prompt)


def test_a_prompt_of_100_000_characters_is_an_error_that_says_how_many_are_read():
    with pytest.raises(DemoError, match="100,000 characters; at most 2,000 are read"):
        model().generate("b" * 100_000)


def test_windows_line_ends_are_read_as_line_ends():
    assert check_prompt("a\r\nb") == "a\nb"
    assert len(list(model().generate("To\r\nbe", max_new_tokens=2))) == 2


@pytest.mark.parametrize(
    ("prompt", "named"),
    [("to€be月", "€ 月"), ("z\tz", r"z U\+0009"), ("\0", r"U\+0000"), ("👩‍🚀", "👩 U\\+200D 🚀")],
)
def test_unknown_characters_are_named_even_those_that_cannot_be_seen(prompt, named):
    with pytest.raises(DemoError, match=f"never saw these characters: {named}\\. It knows: ,:T"):
        model().generate(prompt)


def test_half_a_character_is_told_by_its_number():
    with pytest.raises(DemoError, match=r"half a character, U\+D800"):
        model().generate("to \ud800")


def test_an_error_about_many_unknown_characters_stays_short():
    with pytest.raises(DemoError) as caught:
        model().encode("".join(map(chr, range(0x4E00, 0x5000))))
    assert len(str(caught.value)) < 300


def test_the_alphabet_is_without_white_space():
    assert model().alphabet == "".join(sorted(set(VERSE) - {" ", "\n"}))


# --- from a checkpoint ---


def test_a_checkpoint_gives_back_a_writer(folder):
    writer = aigc_demo.load("text-transformer-verse")
    assert writer.config == config("transformer")
    assert writer.decode(writer.encode(VERSE)) == VERSE
    assert len(list(writer.generate("be", max_new_tokens=3))) == 3
    assert sorted(path.name for path in folder.iterdir()) == [
        "config.json",
        "model.safetensors",
        "tokenizer.json",
    ]


@pytest.mark.parametrize("content", [None, b"", b"{", b"{}", b"\xff\xfe", b'{"version": "1.0"}'])
def test_a_missing_or_damaged_tokenizer_is_an_error(folder, content):
    (folder / "tokenizer.json").unlink()
    if content is not None:
        (folder / "tokenizer.json").write_bytes(content)
    with pytest.raises(DemoError, match="tokenizer.json"):
        from_checkpoint(folder)


def test_the_tokenizer_of_another_model_is_an_error(folder):
    character_tokenizer(VERSE + "xyz").save(str(folder / "tokenizer.json"))
    with pytest.raises(
        DemoError,
        match="tokenizer.json of checkpoint text-transformer-verse belongs to another network",
    ):
        from_checkpoint(folder)


@pytest.mark.parametrize("architecture", ["gru", ""])
def test_an_unknown_architecture_is_an_error(folder, architecture):
    content = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(content | {"architecture": architecture}))
    with pytest.raises(DemoError, match="architecture must be one of rnn, lstm, transformer"):
        from_checkpoint(folder)
