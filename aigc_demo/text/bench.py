"""How fast the Transformer writes, beside the generation of the library `transformers` on a network
of the same shapes.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import torch

from aigc_demo.core import checkpoints, model_cache, runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.text.model import TextConfig, TextModel, random_numbers

if TYPE_CHECKING:
    from transformers import LlamaForCausalLM

NAME = "text-transformer-shakespeare"
PROMPT = "ROMEO:\n"
TEMPERATURE = 0.8
STREAMS = 16


def bench() -> Iterator[str]:
    """Yield the report on the shipped Transformer, a line at a time. Raises DemoError when
    `transformers` is not installed.
    """
    yield from compare(model_cache.model(NAME))


def compare(model: TextModel, *, characters: int = 200, rounds: int = 5) -> Iterator[str]:
    """Yield the report on `model`: medians of `rounds`, in each of which every writer writes
    `characters` in its turn.

    Both write one text, each character drawn at the same temperature, on the same number of torch's
    threads. The last line is the ratio of their speeds, ours to theirs. Raises DemoError when
    `transformers` is not installed.
    """
    theirs = same_shapes(model.config)
    threads = torch.get_num_threads()
    measured = f"{characters} characters, median of {rounds} rounds"
    yield f"{shapes(model)}; {threads} threads; {measured}"
    writers = {
        "aigc_demo": lambda: write(model, characters),
        "transformers": lambda: write_with_transformers(theirs, model.encode(PROMPT), characters),
        f"aigc_demo, {STREAMS} streams": lambda: write_streams(
            model, PROMPT, streams=STREAMS, characters=characters
        ),
    }
    for writer in writers.values():
        writer()  # who runs first pays for what is set up once
    # In turn, so that other work on the machine slows all alike.
    seconds = [[timed(writer) for writer in writers.values()] for _ in range(rounds)]
    texts = dict.fromkeys(writers, 1) | {f"aigc_demo, {STREAMS} streams": STREAMS}
    speeds = [
        texts[name] * characters / statistics.median(column)
        for name, column in zip(writers, zip(*seconds, strict=True), strict=True)
    ]
    for name, speed in zip(writers, speeds, strict=True):
        yield f"{name:<24}{speed:>8,.0f} characters a second"
    yield f"ratio {speeds[0] / speeds[1]:.2f}"


def shapes(model: TextModel) -> str:
    """Return in words what both networks have in common."""
    c = model.config
    weights = sum(weight.numel() for weight in model.network.parameters())
    sizes = f"{c.layers} layers, {c.heads} heads, width {c.width}, vocabulary {c.vocabulary}"
    return f"{sizes}, {weights:,} weights"


def same_shapes(config: TextConfig) -> "LlamaForCausalLM":
    """Return the library's own network with the layers, heads, widths and vocabulary of `config`,
    and random weights.

    Llama is built as ours is: rotary positions, RMSNorm, SwiGLU, one table for reading and writing.
    Raises DemoError when the library is missing.
    """
    try:
        from transformers import LlamaConfig, LlamaForCausalLM, logging
    except ModuleNotFoundError:
        raise DemoError(
            "The comparison needs {module}. To install it: {command}",
            module="transformers",
            command="pip install -r requirements-dev.txt",
        ) from None
    logging.set_verbosity_error()
    with runtime.seeded(0):
        network = LlamaForCausalLM(
            LlamaConfig(
                vocab_size=config.vocabulary,
                hidden_size=config.width,
                intermediate_size=8 * config.width // 3,
                num_attention_heads=config.heads,
                num_key_value_heads=config.heads,
                num_hidden_layers=config.layers,
                bos_token_id=None,
                eos_token_id=None,  # no token ends the text
                pad_token_id=None,
                max_position_embeddings=config.context,
                tie_word_embeddings=True,
            )
        )
    return checkpoints.freeze_for_inference(network, runtime.device())


def write(model: TextModel, characters: int) -> None:
    """Write one text as the app does."""
    for _ in model.generate(PROMPT, max_new_tokens=characters, temperature=TEMPERATURE):
        pass


def write_with_transformers(network: "LlamaForCausalLM", ids: list[int], characters: int) -> None:
    """Write one text with the library's `generate` and its key-value cache."""
    prompt = torch.tensor([ids], device=runtime.device())
    # transformers says that its models cannot generate; they can
    generate = network.generate  # pyright: ignore[reportAttributeAccessIssue]
    options = {
        "do_sample": True,
        "temperature": TEMPERATURE,
        "top_k": 0,
        "use_cache": True,
        "max_new_tokens": characters,
    }
    written = generate(prompt, attention_mask=torch.ones_like(prompt), **options)
    assert written.shape[1] == len(ids) + characters


@torch.inference_mode()
def write_streams(
    model: TextModel,
    prompt: str,
    *,
    streams: int,
    characters: int,
    temperature: float = TEMPERATURE,
    seed: int = 0,
) -> list[str]:
    """Return `streams` texts written at once, a row of a batch each; row i is what `generate`
    writes with seed + i.
    """
    numbers = torch.tensor(
        [random_numbers(seed + i, characters) for i in range(streams)], dtype=torch.float64
    )
    unread, state, drawn = (
        torch.tensor([model.encode(prompt)] * streams).to(runtime.device()),
        None,
        [],
    )
    for u in numbers.T:  # (streams,)
        logits, state = model.network(unread, state)
        z, tokens = logits[:, -1].double().cpu().sort(descending=True, stable=True)  # (streams, V)
        line = torch.softmax(z / temperature, dim=1).cumsum(1)
        place = torch.searchsorted(line, u[:, None] * line[:, -1:], right=True)
        drawn.append(tokens.gather(1, place))
        unread = drawn[-1].to(runtime.device())
    return [model.decode(row) for row in torch.cat(drawn, dim=1).tolist()]


def timed(writer: Callable[[], object]) -> float:
    """Return the seconds that `writer` takes."""
    began = time.perf_counter()
    writer()
    return time.perf_counter() - began
