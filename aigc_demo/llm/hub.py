"""Real language models from the Hub, opened by `transformers`: GPT's family, which writes and
chats, BERT's and XLNet's, which fill in what is hidden.

What they do stands in hub_generate, hub_fill and hub_surprise.
"""

from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from aigc_demo import hub
from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.errors import DemoError, check_text
from aigc_demo.llm.presets import FORMAT

if TYPE_CHECKING:
    from transformers import PreTrainedModel

MAX_TEXT = 8_000  # characters
MAX_TOKENS = 2_048  # of a prompt and what is written after it


@dataclass(frozen=True)
class HubModel:
    """A network and its tokenizer, as `transformers` opened them."""

    repo: str
    objective: str  # "causal", "masked" or "permuted": of its training
    network: "PreTrainedModel"
    tokenizer: Any
    max_tokens: int  # of its context

    @property
    def can_chat(self) -> bool:
        """Whether it has a chat template."""
        return self.objective == "causal" and bool(self.tokenizer.chat_template)

    @property
    def eos_tokens(self) -> set[int]:
        """The tokens that end a text."""
        found = self.network.generation_config.eos_token_id if self.objective == "causal" else None
        return set() if found is None else {found} if isinstance(found, int) else set(found)

    @torch.inference_mode()
    def read(self, ids: list[int], state: object) -> tuple[Tensor, object]:
        """Return the logits (V,) float32 for the token after `ids`, and the state, which now holds
        them too; it begins as None.
        """
        if state is None:
            state = hub.optional("transformers").DynamicCache(config=self.network.config)
        # its name before transformers 5.24: past_key_values
        parameters = signature(self.network.forward).parameters
        name = "cache" if "cache" in parameters else "past_key_values"
        answer = self.network(input_ids=self._row(ids), use_cache=True, **{name: state})
        return answer.logits[0, -1].float().cpu(), state

    @torch.inference_mode()
    def guesses(self, ids: list[int], places: list[int]) -> Tensor:
        """Return the probabilities (N, V) float32 that the network gives at each of the N hidden
        `places`.
        """
        masked = self.objective == "masked"
        logits = (self._masked_logits if masked else self._permuted_logits)(ids, places)
        return logits.float().softmax(dim=-1).cpu()

    def _masked_logits(self, ids: list[int], places: list[int]) -> Tensor:
        return self.network(input_ids=self._row(ids)).logits[0, places]

    def _permuted_logits(self, ids: list[int], places: list[int]) -> Tensor:
        T, N = len(ids), len(places)
        # row i: 1 where position i may not attend
        perm_mask = torch.zeros(1, T, T, device=runtime.device())
        perm_mask[:, :, places] = 1
        target_mapping = torch.zeros(1, N, T, device=runtime.device())
        target_mapping[0, torch.arange(N), places] = 1
        masks = {"perm_mask": perm_mask, "target_mapping": target_mapping}
        return self.network(input_ids=self._row(ids), **masks).logits[0]

    def _row(self, ids: list[int]) -> Tensor:
        return torch.tensor([ids], device=runtime.device())


def model(repo: str) -> HubModel:
    """Return the model `repo` (owner/name), which must be downloaded; one is kept in memory, the
    last.

    Raises DemoError when it is not downloaded, cannot be opened, or `transformers` is not
    installed.
    """
    return hub.open_model(repo, FORMAT, open_model)


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
        network, info = getattr(transformers, kinds[objective]).from_pretrained(
            folder, **safe, use_safetensors=True, dtype=torch.float32, output_loading_info=True
        )
        if absent := info["missing_keys"]:
            raise ValueError(f"no weights {', '.join(sorted(absent)[:3])}")
        if getattr(network, "_is_stateful", False):
            raise ValueError(f"{type(network).__name__} keeps its memory in another way")
    # a foreign repository can be wrong in any way, and tokenizers raises plain Exception
    except Exception as error:
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
    """Return the training objective of the model in `folder`, from its config.json; raises
    DemoError when it is none of the three.
    """
    names = checkpoints.read_json(folder / "config.json").get("architectures") or [""]
    if names[0] == "XLNetLMHeadModel":
        return "permuted"
    objective = {"ForCausalLM": "causal", "LMHeadModel": "causal", "ForMaskedLM": "masked"}
    for ending, kind in objective.items():
        if names[0].endswith(ending):
            return kind
    raise DemoError(
        "{repo} is a {architecture}: this app opens models that write (…ForCausalLM, "
        "…LMHeadModel) or fill in (…ForMaskedLM, XLNet).",
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
    return check_length(
        model, model.tokenizer(check_text(text, MAX_TEXT), verbose=False)["input_ids"]
    )


def check_length(model: HubModel, ids: list[int]) -> list[int]:
    """Return the tokens `ids`; raises DemoError when the model cannot read so many at once."""
    if len(ids) >= model.max_tokens:
        raise DemoError(
            "The text has {count} tokens; {repo} reads at most {limit}.",
            count=f"{len(ids):,}",
            repo=model.repo,
            limit=f"{model.max_tokens - 1:,}",
        )
    return ids
