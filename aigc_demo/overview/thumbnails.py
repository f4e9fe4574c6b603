"""What the families make for the map, each by its real model: a line of text, an emoji, digits.
Nothing here knows gradio.
"""

from collections.abc import Callable
from typing import Any

from aigc_demo.core import images, model_cache, precompute
from aigc_demo.core.settings import settings

# of other families
REQUIRES = (
    "diffusion-digits",
    "diffusion-emoji",
    "gan-digits",
    "llm-gpt-shakespeare",
    "text-transformer-shakespeare",
    "vae-digits",
)
SEED = 3
PROMPT, WRITTEN = "ROMEO:\n", 90  # characters
OPENED, TOKENS = "To be, or not", 14
EMOJI = "blue apple"  # two words that never stood together in training


def text() -> dict[str, Any]:
    """Return a line that the Transformer writes."""
    steps = model_cache.model("text-transformer-shakespeare").generate(
        PROMPT, max_new_tokens=WRITTEN, temperature=0.8, seed=SEED
    )
    return {"given": PROMPT, "text": "".join(step.text for step in steps)}


def llm() -> dict[str, Any] | None:
    """Return how the small GPT goes on; None where it is not shipped."""
    name = "llm-gpt-shakespeare"
    if not (settings().checkpoint(name) / "model.safetensors").is_file():
        return None
    return {
        "given": OPENED,
        "text": "".join(model_cache.model(name).generate(OPENED, max_new_tokens=TOKENS, seed=SEED)),
    }


def diffusion() -> dict[str, Any]:
    """Return an emoji from words and two digits, each out of noise."""
    *_, emoji = model_cache.model("diffusion-emoji").denoise([EMOJI], seed=0)
    *_, digits = model_cache.model("diffusion-digits").denoise([4, 7], seed=SEED)
    return {"pictures": [*_uris(emoji.x_next), *_uris(digits.x_next)]}


def vae() -> dict[str, Any]:
    """Return three digits, decoded from latents that were drawn."""
    import torch

    from aigc_demo.core import runtime

    model = model_cache.model("vae-digits")
    return {
        "pictures": _uris(
            model.decode(torch.randn(3, model.config.latents, generator=runtime.generator(SEED)))
        )
    }


def gan() -> dict[str, Any]:
    """Return three digits in one stroke."""
    return {
        "pictures": [
            images.data_uri(picture)
            for picture in model_cache.model("gan-digits").sample(3, seed=SEED)
        ]
    }


def _uris(pictures: Any) -> list[str]:
    return [images.data_uri(picture) for picture in images.to_pixels(pictures)]


# the quick ones first
MAKERS: dict[str, Callable[[], dict[str, Any] | None]] = {
    make.__name__: make for make in (gan, vae, text, diffusion, llm)
}

if __name__ == "__main__":
    precompute.make(MAKERS)
