"""Real language models of the Hub that are known to work, and what a language model there consists
of. It imports no torch.
"""

from dataclasses import dataclass

from aigc_demo.hub import Format

FORMAT = Format(
    needed=("config.json",),
    weights=("model.safetensors",),
    optional=(
        *(
            "generation_config.json",
            "tokenizer_config.json",
            "tokenizer.json",
            "special_tokens_map.json",
            "added_tokens.json",
        ),
        *(
            "vocab.json",
            "merges.txt",
            "vocab.txt",
            "spiece.model",
            "tokenizer.model",
            "chat_template.jinja",
            "chat_template.json",
        ),
    ),
)


@dataclass(frozen=True)
class Preset:
    """A model of the Hub, what it is for, and what its authors published of it."""

    title: str
    repo: str
    kind: str  # "completion", "chat" or "fill"
    objective: str  # "causal", "masked" or "permuted": see `hub.HubModel`
    year: int
    parameters: int  # in millions
    layers: int
    width: int
    vocabulary: int  # tokens
    context: int  # tokens it was trained to read at once
    source: str


PRESETS = (
    Preset(
        "GPT-2",
        "openai-community/gpt2",
        "completion",
        "causal",
        2019,
        124,
        12,
        768,
        50_257,
        1_024,
        "Radford et al.",
    ),
    Preset(
        "SmolLM2",
        "HuggingFaceTB/SmolLM2-135M-Instruct",
        "chat",
        "causal",
        2024,
        135,
        30,
        576,
        49_152,
        8_192,
        "arXiv:2502.02737",
    ),
    Preset(
        "Qwen2.5",
        "Qwen/Qwen2.5-0.5B-Instruct",
        "chat",
        "causal",
        2024,
        494,
        24,
        896,
        151_936,
        32_768,
        "arXiv:2412.15115",
    ),
    Preset(
        "BERT",
        "google-bert/bert-base-uncased",
        "fill",
        "masked",
        2018,
        110,
        12,
        768,
        30_522,
        512,
        "arXiv:1810.04805",
    ),
    Preset(
        "BERT zh",
        "google-bert/bert-base-chinese",
        "fill",
        "masked",
        2018,
        103,
        12,
        768,
        21_128,
        512,
        "arXiv:1810.04805",
    ),
    Preset(
        "XLNet",
        "xlnet/xlnet-base-cased",
        "fill",
        "permuted",
        2019,
        117,
        12,
        768,
        32_000,
        512,
        "arXiv:1906.08237",
    ),
)
