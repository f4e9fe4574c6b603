"""Calls of the events of the Hub's models: good input, and bad input with what is said of it."""

from typing import Any

GPT2, CHAT, BERT, DDPM = (
    "openai-community/gpt2",
    "HuggingFaceTB/SmolLM2-135M-Instruct",
    "google-bert/bert-base-uncased",
    "google/ddpm-cifar10-32",
)
WRITE = {
    "prompt": "To be",
    "temperature": 0.8,
    "length": 12,
    "seed": 7,
    "top_k": 0,
    "top_p": 1.0,
    "min_p": 0.0,
}
INSPECT = {
    "prompt": "To be",
    "forced": [],
    "length": 8,
    "temperature": 0.8,
    "top_k": 0,
    "top_p": 0.9,
    "min_p": 0.0,
    "seed": 7,
}
CHATTED = {"message": "Hello?", "conversation": None, "temperature": 0.7, "length": 8, "seed": 1}
PAINT = {"count": 1, "seed": 0, "steps": 3, "sampler": "DDIM", "eta": 0.0}
# event, good input, what is replaced in it, and parts of both messages
BAD_INPUT: list[tuple[str, list[Any], dict[int, Any], str, str]] = [
    (
        "llm_hub_write",
        [GPT2, *WRITE.values()],
        {0: ""},
        "No model is picked yet",
        "还没有选择模型",
    ),
    (
        "llm_hub_write",
        [GPT2, *WRITE.values()],
        {0: "nobody/nothing"},
        "is not on this machine yet",
        "本机还没有 nobody/nothing",
    ),
    (
        "llm_hub_write",
        [GPT2, *WRITE.values()],
        {0: BERT},
        "fills in what is hidden and does not write",
        "不会续写",
    ),
    ("llm_hub_write", [GPT2, *WRITE.values()], {1: ""}, "The text is empty", "文本是空的"),
    (
        "llm_hub_write",
        [GPT2, *WRITE.values()],
        {2: 9},
        "temperature must be from 0.1 to 2",
        "温度应在",
    ),
    (
        "llm_hub_write",
        [GPT2, *WRITE.values()],
        {3: None},
        "length must be a number",
        "长度应为",
    ),
    (
        "llm_hub_chat",
        [CHAT, *CHATTED.values()],
        {0: GPT2},
        "was not taught to chat",
        "没有学过对话",
    ),
    ("llm_hub_chat", [CHAT, *CHATTED.values()], {1: ""}, "The text is empty", "文本是空的"),
    (
        "llm_hub_chat",
        [CHAT, *CHATTED.values()],
        {2: {"messages": "hello"}},
        "must be a list of messages",
        "应为消息的列表",
    ),
    (
        "llm_hub_chat",
        [CHAT, *CHATTED.values()],
        {2: {"messages": [{"role": "boss", "content": "Work!"}]}},
        "role must be one of",
        "角色应为",
    ),
    (
        "llm_hub_chat",
        [CHAT, *CHATTED.values()],
        {1: "a" * 300},
        "tokens; HuggingFaceTB/SmolLM2-135M-Instruct reads at most",
        "个词元",
    ),
    (
        "llm_hub_inspect",
        [GPT2, *INSPECT.values()],
        {2: "To"},
        "must be a list of tokens",
        "词元编号的列表",
    ),
    (
        "llm_hub_inspect",
        [GPT2, *INSPECT.values()],
        {3: 129},
        "length must be from 1 to 128",
        "长度应在",
    ),
    (
        "llm_hub_surprise",
        [GPT2, "a"],
        {1: "a" * 9_000},
        "9,000 characters; at most 8,000",
        "9,000 个字符",
    ),
    ("llm_hub_fill", [BERT, "[MASK]", 3], {1: "to be"}, "Nothing is hidden", "没有遮住任何词"),
    ("llm_hub_fill", [BERT, "[MASK]", 3], {0: GPT2}, "cannot fill in", "不会填空"),
    (
        "llm_hub_fill",
        [BERT, "[MASK]", 3],
        {2: 99},
        "guesses must be from 1 to 50",
        "猜测数应在",
    ),
    (
        "diffusion_hub_paint",
        [DDPM, *PAINT.values()],
        {0: ""},
        "No model is picked yet",
        "还没有选择模型",
    ),
    (
        "diffusion_hub_paint",
        [DDPM, *PAINT.values()],
        {1: 5},
        "pictures must be from 1 to 4",
        "图片数应在",
    ),
    (
        "diffusion_hub_paint",
        [DDPM, *PAINT.values()],
        {3: 0},
        "steps must be from 1 to 100",
        "步数应在",
    ),
    (
        "diffusion_hub_paint",
        [DDPM, *PAINT.values()],
        {4: "magic"},
        "sampler must be one of",
        "采样器应为",
    ),
]
