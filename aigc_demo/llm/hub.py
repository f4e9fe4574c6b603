"""Real language models from the Hub, through `transformers`: GPT's family goes on writing and
chats, BERT's and XLNet's fill in what is hidden.
"""

import math
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from aigc_demo import hub
from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.errors import DemoError, check_choice, check_number, check_seed, check_text
from aigc_demo.core.steps import TokenStep
from aigc_demo.llm.presets import FORMAT
from aigc_demo.text.model import random_numbers
from aigc_demo.text.sampling import SamplingParams, next_token_distribution

MAX_TEXT = 8_000  # characters
MAX_TOKENS = 2_048  # of a prompt and what is written after it
MAX_NEW_TOKENS = 1_000
MAX_GUESSES = 50
LIKELIEST = 5  # how many of the tokens that a model expected are told
HIDDEN = re.compile(
    r"[\[［【](?:MASK|ＭＡＳＫ)[\]］】]|[<＜](?:mask|ｍａｓｋ)[>＞]", re.IGNORECASE
)  # each stands for a hidden token, whatever the model calls it
ROLES = ["system", "user", "assistant"]


@dataclass(frozen=True)
class HubModel:
    """A network and its tokenizer, as `transformers` opened them."""

    repo: str
    objective: str  # "causal", "masked" or "permuted": what the network was trained to do
    network: nn.Module
    tokenizer: Any
    most_tokens: int  # that it reads at once

    @property
    def chats(self) -> bool:
        """Whether it was taught to answer."""
        return self.objective == "causal" and bool(self.tokenizer.chat_template)

    @property
    def ends(self) -> set[int]:
        """The tokens that end a text."""
        ends = self.network.generation_config.eos_token_id if self.objective == "causal" else None
        return set() if ends is None else {ends} if isinstance(ends, int) else set(ends)

    @torch.inference_mode()
    def read(self, ids: list[int], state: object) -> tuple[Tensor, object]:
        """Return the logits (V,) float32 for the token after `ids`, and the state, which now holds
        them too; it begins as None.
        """
        state = (
            hub.optional("transformers").DynamicCache(config=self.network.config)
            if state is None
            else state
        )
        name = (
            "cache" if "cache" in signature(self.network.forward).parameters else "past_key_values"
        )  # its name before transformers 5.24
        answer = self.network(input_ids=self._row(ids), use_cache=True, **{name: state})
        return answer.logits[0, -1].float().cpu(), state

    @torch.inference_mode()
    def guesses(self, ids: list[int], places: list[int]) -> Tensor:
        """Return what the network holds of each of the hidden `places` (N,), as probabilities (N,
        V) float32.
        """
        if self.objective == "masked":
            return (
                self.network(input_ids=self._row(ids))
                .logits[0, places]
                .float()
                .softmax(dim=-1)
                .cpu()
            )
        T, N = len(ids), len(places)
        may_not_see = torch.zeros(
            1, T, T, device=runtime.device()
        )  # row i: 1 where place i may not look
        may_not_see[:, :, places] = 1
        asked = torch.zeros(1, N, T, device=runtime.device())
        asked[0, torch.arange(N), places] = 1
        return (
            self.network(input_ids=self._row(ids), perm_mask=may_not_see, target_mapping=asked)
            .logits[0]
            .float()
            .softmax(dim=-1)
            .cpu()
        )

    def _row(self, ids: list[int]) -> Tensor:
        return torch.tensor([ids], device=runtime.device())


def model(repo: str) -> HubModel:
    """Return the model `repo` (owner/name), which must be downloaded; one is kept in memory, the
    last.

    Raises DemoError when it is not downloaded, cannot be opened, or `transformers` is not
    installed.
    """
    return hub.opened(repo, FORMAT, open_model)


def open_model(repo: str, folder: Path) -> HubModel:
    """Return the model in `folder`; raises DemoError when this app cannot run it, or its files do
    not fit.
    """
    transformers = hub.optional("transformers")
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    objective = objective_of(repo, folder)
    kinds = {
        "causal": "AutoModelForCausalLM",
        "masked": "AutoModelForMaskedLM",
        "permuted": "XLNetLMHeadModel",
    }
    safe = {"local_files_only": True, "trust_remote_code": False}
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, **safe)
        network, told = getattr(transformers, kinds[objective]).from_pretrained(
            folder, **safe, use_safetensors=True, dtype=torch.float32, output_loading_info=True
        )
        if absent := told["missing_keys"]:
            raise ValueError(f"no weights {', '.join(sorted(absent)[:3])}")
        if getattr(network, "_is_stateful", False):
            raise ValueError(f"{type(network).__name__} keeps its memory in another way")
    except Exception as error:  # a foreign repository can be wrong in any way, and tokenizers raises plain Exception
        raise DemoError(
            "{repo} cannot be opened here: {why}",
            repo=repo,
            why=str(error).strip().partition("\n")[0][:200],
        ) from error
    sizes = (
        getattr(network.config, "max_position_embeddings", None),
        tokenizer.model_max_length,
        MAX_TOKENS,
    )
    return HubModel(
        repo,
        objective,
        checkpoints.freeze_for_inference(network, runtime.device()),
        tokenizer,
        min(size for size in sizes if size and size > 0),
    )


def objective_of(repo: str, folder: Path) -> str:
    """Return what the model in `folder` was trained to do, from its config.json; raises DemoError
    when it is none of the three.
    """
    names = checkpoints.read_json(folder / "config.json").get("architectures") or [""]
    if names[0] == "XLNetLMHeadModel":
        return "permuted"
    objective = {"ForCausalLM": "causal", "LMHeadModel": "causal", "ForMaskedLM": "masked"}
    for ending, kind in objective.items():
        if names[0].endswith(ending):
            return kind
    raise DemoError(
        "{repo} is a {architecture}: this app opens models that write (…ForCausalLM, …LMHeadModel) or fill in (…ForMaskedLM, XLNet).",
        repo=repo,
        architecture=names[0] or "?",
    )


def abilities(repo: str, folder: Path) -> list[str]:
    """Return what the model in `folder` can do, "chat", "write" or "fill", from its configuration
    alone; raises DemoError as `objective_of`.
    """
    if objective_of(repo, folder) != "causal":
        return ["fill"]
    settings = folder / "tokenizer_config.json"
    template = any(
        (folder / name).exists() for name in ("chat_template.jinja", "chat_template.json")
    )
    chats = template or (
        settings.exists() and bool(checkpoints.read_json(settings).get("chat_template"))
    )
    return ["chat", "write"] if chats else ["write"]


def complete(
    model: HubModel, prompt: str, *, max_new_tokens: int = 100, seed: int = 0, **sampling: float
) -> Iterator[TokenStep]:
    """Write on from `prompt`, one TokenStep a token; its text may be empty while a character's
    bytes are still to come.

    `sampling` is that of `text.draw.Sampling`: temperature, top_k, top_p, min_p. The seed gives
    every token a random number of its own. Raises DemoError when the model does not write, the
    prompt is empty or too long, or a value is out of its range.
    """
    return _write(
        model, encode(model, prompt), max_new_tokens, SamplingParams(**sampling), check_seed(seed)
    )


def chat(
    model: HubModel,
    messages: list[dict[str, str]],
    *,
    max_new_tokens: int = 200,
    seed: int = 0,
    **sampling: float,
) -> Iterator[TokenStep]:
    """Answer the last of `messages`, each {"role": "system", "user" or "assistant", "content":
    text}, as `complete` writes.

    Raises DemoError like `complete`, and when the model was not taught to chat.
    """
    if not model.chats:
        raise DemoError(
            "{repo} was not taught to chat: it has no chat template. Let it complete or fill in a text.",
            repo=model.repo,
        )
    told = [
        {
            "role": check_choice("role", m["role"], ROLES),
            "content": check_text(m["content"], MAX_TEXT),
        }
        for m in messages
    ]
    try:
        ids = model.tokenizer.apply_chat_template(
            told, add_generation_prompt=True, return_dict=True
        )["input_ids"]
    except Exception as error:  # the template is a small program of the repository, run in a sandbox, and raises what it likes
        raise DemoError(
            "The chat template of {repo} does not take these messages: {why}",
            repo=model.repo,
            why=str(error)[:200],
        ) from error
    return _write(
        model, _checked(model, ids), max_new_tokens, SamplingParams(**sampling), check_seed(seed)
    )


@dataclass(frozen=True)
class Filled:
    """What a model makes of one hidden token."""

    place: int  # which token of the text, its special tokens counted
    words: list[str]  # the likeliest, best first
    probabilities: list[float]


def fill(model: HubModel, text: str, *, guesses: int = 5) -> list[Filled]:
    """Return the likeliest tokens for each [MASK] or <mask> in `text`; none of them is told the
    others.

    Raises DemoError when the model does not fill in, nothing is hidden, or the text is empty or too
    long.
    """
    if model.objective == "causal":
        raise DemoError(
            "{repo} writes from left to right and cannot fill in: choose a BERT or an XLNet for that.",
            repo=model.repo,
        )
    count, mask = (
        check_number("guesses", guesses, 1, MAX_GUESSES, whole=True),
        model.tokenizer.mask_token,
    )
    ids = encode(model, HIDDEN.sub(lambda _: mask, check_text(text, MAX_TEXT)))
    places = [place for place, token in enumerate(ids) if token == model.tokenizer.mask_token_id]
    if not places:
        raise DemoError("Nothing is hidden: put {mask} in the place of a word.", mask=mask)
    probabilities, tokens = model.guesses(ids, places).topk(count)
    rows = zip(places, tokens.tolist(), probabilities.tolist(), strict=True)
    return [
        Filled(place, [model.tokenizer.decode([token]).strip() for token in row], shares)
        for place, row, shares in rows
    ]


@dataclass(frozen=True)
class Surprise:
    """What a model expected at each of a text's T tokens, at temperature 1."""

    pieces: list[str]  # the tokens
    bits: list[float]  # -log2 of the probability that the model gave the token that came
    likeliest: list[list[str]]  # what it held likeliest, best first
    probabilities: list[list[float]]  # theirs

    def compact(self) -> dict[str, list]:
        """Return what the text tab's tinted.js draws: bits with two decimals, and the
        probabilities, one after another, in thousandths.
        """
        thousandths = [round(1000 * p) for row in self.probabilities for p in row]
        return {
            "pieces": self.pieces,
            "bits": [round(bits, 2) for bits in self.bits],
            "likeliest": self.likeliest,
            "thousandths": thousandths,
        }


@torch.inference_mode()
def surprise(model: HubModel, text: str) -> Surprise:
    """Return how surprised a model that writes is by each token of `text`; it has read the token
    that begins or ends its texts before.

    Raises DemoError when the model does not write, or the text is empty or too long.
    """
    check_writes(model)
    came = encode(model, text)
    first = (
        model.tokenizer.bos_token_id
        if model.tokenizer.bos_token_id is not None
        else min(model.ends, default=came[0])
    )
    came = came[1:] if came[0] == first else came
    logits = (
        model.network(input_ids=torch.tensor([[first, *came]], device=runtime.device()))
        .logits[0, :-1]
        .double()
        .cpu()
    )
    log_p = torch.log_softmax(logits, dim=-1)  # (T, V)
    bits = -log_p.gather(1, torch.tensor(came)[:, None])[:, 0] / math.log(2)
    shares, tokens = log_p.exp().topk(LIKELIEST)
    words = [[model.tokenizer.decode([token]) for token in row] for row in tokens.tolist()]
    return Surprise(
        [model.tokenizer.decode([token]) for token in came], bits.tolist(), words, shares.tolist()
    )


def noted(model: HubModel, steps: list[TokenStep]) -> Surprise:
    """Return what `model` expected at each token that it wrote, from what it said then."""
    likeliest = [
        torch.softmax(step.logits.double(), dim=0).topk(min(LIKELIEST, len(step.logits)))
        for step in steps
    ]
    words = [
        [model.tokenizer.decode([token]) for token in row.indices.tolist()] for row in likeliest
    ]
    return Surprise(
        [step.text for step in steps],
        [step.bits for step in steps],
        words,
        [row.values.tolist() for row in likeliest],
    )


def check_writes(model: HubModel) -> None:
    """Raise DemoError when the model does not write."""
    if model.objective != "causal":
        raise DemoError(
            "{repo} fills in what is hidden and does not write: hide a word with [MASK].",
            repo=model.repo,
        )


def encode(model: HubModel, text: object) -> list[int]:
    """Return the tokens of `text`, with those that the model adds; raises DemoError when it is
    empty, no text or too long.
    """
    return _checked(model, model.tokenizer(check_text(text, MAX_TEXT), verbose=False)["input_ids"])


def _checked(model: HubModel, ids: list[int]) -> list[int]:
    if len(ids) >= model.most_tokens:
        raise DemoError(
            "The text has {count} tokens; {repo} reads at most {limit}.",
            count=f"{len(ids):,}",
            repo=model.repo,
            limit=f"{model.most_tokens - 1:,}",
        )
    return ids


def _write(
    model: HubModel, ids: list[int], length: int, sampling: SamplingParams, seed: int
) -> Iterator[TokenStep]:
    check_writes(model)
    length = check_number("length", length, 1, MAX_NEW_TOKENS, whole=True)
    return _tokens(
        model, ids, sampling, random_numbers(seed, min(length, model.most_tokens - len(ids)))
    )


def _tokens(
    model: HubModel, ids: list[int], sampling: SamplingParams, numbers: list[float]
) -> Iterator[TokenStep]:
    state, unread, written, seconds = None, ids, [], 0.0
    said = len(_text(model, ids))
    for index, number in enumerate(numbers):
        began = time.perf_counter()
        logits, state = model.read(unread, state)
        token = next_token_distribution(logits, sampling).sample(number)
        bits = -torch.log_softmax(logits, dim=0)[token].item() / math.log(2)
        seconds += time.perf_counter() - began
        if token in model.ends:
            return
        unread = [token]
        written.append(token)
        text = _text(model, ids + written)
        come = (
            "" if text.endswith("\ufffd") else text[said:]
        )  # half a character: its other bytes come with the next tokens
        said += len(come)
        yield TokenStep(index, token, come, bits, seconds, logits)


def _text(model: HubModel, ids: list[int]) -> str:
    return model.tokenizer.decode(ids, skip_special_tokens=True)
