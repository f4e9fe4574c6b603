"""Untrained models as they lie on the Hub, by `save_pretrained`, small enough for any test."""

from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertTokenizer,
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedModel,
    PreTrainedTokenizerFast,
    XLNetConfig,
    XLNetLMHeadModel,
    XLNetTokenizer,
)

from aigc_demo.core import runtime

WORDS = ["to", "be", "or", "not", "that", "is", "the", "question"]
CHAT = (
    "{% for message in messages %}{% if message.role == 'system' %}{{ raise_exception('no system "
    "here') }}{% endif %}"
    "<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def gpt2(folder: Path, *, width: int = 16) -> None:
    """GPT-2: bytes for tokens, and one that ends the text, 256; it reads 64."""
    sizes = {"n_positions": 64, "n_embd": width, "n_layer": 2, "n_head": 2}
    _save(
        folder,
        GPT2LMHeadModel(GPT2Config(vocab_size=257, bos_token_id=256, eos_token_id=256, **sizes)),
    )
    PreTrainedTokenizerFast(
        tokenizer_object=_bytes("<|endoftext|>"), eos_token="<|endoftext|>"
    ).save_pretrained(folder)


def instruct(folder: Path) -> None:
    """A Llama with a chat template: bytes for tokens, and two that begin and end what is said, 256
    and 257.
    """
    sizes = {
        "hidden_size": 16,
        "intermediate_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 1,
    }
    _save(
        folder,
        LlamaForCausalLM(
            LlamaConfig(
                vocab_size=258,
                max_position_embeddings=256,
                bos_token_id=None,
                eos_token_id=257,
                **sizes,
            )
        ),
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=_bytes("<|im_start|>", "<|im_end|>"), eos_token="<|im_end|>"
    )
    tokenizer.chat_template = CHAT
    tokenizer.save_pretrained(folder)


def bert(folder: Path) -> None:
    """BERT: words for tokens; it reads 24."""
    vocabulary = {
        word: i for i, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS])
    }
    sizes = {
        "hidden_size": 16,
        "intermediate_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
    }
    _save(
        folder,
        BertForMaskedLM(
            BertConfig(vocab_size=len(vocabulary), max_position_embeddings=24, **sizes)
        ),
    )
    BertTokenizer(vocab=vocabulary, model_max_length=24).save_pretrained(folder)


def xlnet(folder: Path) -> None:
    """XLNet: words for tokens."""
    special = ["<unk>", "<s>", "</s>", "<cls>", "<sep>", "<pad>", "<mask>", "<eod>", "<eop>"]
    pieces = [*((word, 0.0) for word in special), *((f"▁{word}", -1.0) for word in WORDS)]
    _save(
        folder,
        XLNetLMHeadModel(
            XLNetConfig(vocab_size=len(pieces), d_model=16, n_layer=2, n_head=2, d_inner=32)
        ),
    )
    XLNetTokenizer(vocab=pieces).save_pretrained(folder)


def _bytes(*special: str) -> Tokenizer:
    tokenizer = Tokenizer(
        models.BPE(
            {letter: i for i, letter in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}, []
        )
    )
    tokenizer.pre_tokenizer, tokenizer.decoder = (
        pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        decoders.ByteLevel(),
    )
    tokenizer.add_special_tokens(list(special))
    return tokenizer


def _save(folder: Path, network: PreTrainedModel) -> None:
    """Write `network` with other random weights: the first hardly tell one token from another."""
    with runtime.seeded(0):
        for weight in network.parameters():
            torch.nn.init.normal_(weight, std=0.5)
    network.save_pretrained(folder)
