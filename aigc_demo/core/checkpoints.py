"""A checkpoint is a folder: config.json, model.safetensors, metrics.json, README.md (and
tokenizer.json for text).
"""

import dataclasses
import importlib
import json
import math
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from aigc_demo.core import quantization, runtime
from aigc_demo.core.errors import DemoError, printable
from aigc_demo.core.files import check_pointer
from aigc_demo.core.settings import settings

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Config = TypeVar("Config", bound="DataclassInstance")
Network = TypeVar("Network", bound=nn.Module)
MIN_QUANTISED_PARAMETERS = 10_000  # weights of a matrix from which eight bits each are enough


def available() -> list[str]:
    """Return the names of all checkpoints, the user's own and the shipped ones, sorted."""
    folders = filter(None, (settings().checkpoint_folder, settings().shipped_folder))
    paths = (path for folder in folders for path in folder.glob("*/model.safetensors"))
    return sorted({path.parent.name for path in paths})


def folder_of(name: str) -> Path:
    """Return the folder of checkpoint `name`; raises DemoError, with the names that exist, when
    there is none.
    """
    if not isinstance(name, str) or name not in available():
        raise DemoError(
            "There is no checkpoint {name}. There are: {names}.",
            name=printable(name)[:60] if not isinstance(name, str) else repr(name)[:60],
            names=", ".join(available()) or "none",
        )
    return settings().checkpoint(name)


def is_on_hub(name: object) -> bool:
    """Whether `name` is of the form owner/name, which names a checkpoint on the Hub."""
    return isinstance(name, str) and bool(
        re.fullmatch(r"[\w.-]*\w/\w[\w.-]*(@.*)?", name, re.ASCII)
    )


def load(name: str) -> Any:
    """Return the model of checkpoint `name`, wrapped by its family: the first word of the name is
    the family's folder.

    owner/name, or owner/name@revision, is a checkpoint of this project on the Hub, and is
    downloaded where it is not yet here. Raises DemoError when there is no such checkpoint or its
    files are damaged.
    """
    folder = _from_hub(name) if is_on_hub(name) else folder_of(name)
    family = str(read_json(folder / "metrics.json").get("name") if is_on_hub(name) else name).split(
        "-"
    )[0]
    if not family.isidentifier() or not (Path(__file__).parents[1] / family / "model.py").is_file():
        raise DemoError(
            "The checkpoint {name} is of a family that this app does not know.", name=name
        )
    module = importlib.import_module(f"aigc_demo.{family}.model")
    try:
        return module.from_checkpoint(folder)
    except (
        ArithmeticError,
        ValueError,
        RuntimeError,
        AssertionError,
    ) as error:  # what torch says of shapes that cannot be built
        raise DemoError(
            "{file} of checkpoint {name} is damaged: {why}",
            name=name,
            file="config.json",
            why=str(error)[:200],
        ) from error


def _from_hub(repo: str) -> Path:
    from aigc_demo import hub
    from aigc_demo.hub.downloads import download

    here = hub.cached(repo, hub.CHECKPOINT)
    if here is None:
        offer = hub.offer(repo, hub.CHECKPOINT)
        here = [offer.folder for _ in download(offer)][-1]
    return here


def read_json(path: Path) -> dict[str, Any]:
    """Return the object in a JSON file; raises DemoError when the file is missing or is not a JSON
    object.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DemoError(
            "The checkpoint {name} has no {file}.", name=path.parent.name, file=path.name
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        check_pointer(path)
        raise DemoError(
            "{file} of checkpoint {name} is damaged: {why}",
            name=path.parent.name,
            file=path.name,
            why=error,
        ) from None
    if not isinstance(content, dict):
        raise DemoError(
            "{file} of checkpoint {name} is damaged: {why}",
            name=path.parent.name,
            file=path.name,
            why="not an object",
        )
    return content


def read_config(folder: Path, kind: type[Config]) -> Config:
    """Return the configuration in `folder` as the frozen dataclass `kind`.

    A key that is missing takes its default, so that files older than the key stay readable. Raises
    DemoError when a key without a
    default is missing, or one is unknown or its value of another type: a foreign file is never
    guessed at.
    """
    content = read_json(folder / "config.json")
    fields = dataclasses.fields(kind)
    types = get_type_hints(kind)
    wanted = {field.name: types[field.name] for field in fields}
    missing = {field.name for field in fields if field.default is dataclasses.MISSING} - set(
        content
    )
    wrong = missing | (set(content) - set(wanted))
    wrong = wrong or {key for key, value in content.items() if not _fits(value, wanted[key])}
    if wrong:
        keys = ", ".join(sorted(wrong))
        raise DemoError(
            "config.json of checkpoint {name} does not fit {kind}: look at {keys}.",
            name=folder.name,
            kind=kind.__name__,
            keys=keys,
        )
    return kind(**content)


def _fits(value: object, wanted: type) -> bool:
    if wanted not in (int, float):
        return isinstance(value, wanted)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    is_wanted = wanted is float or isinstance(value, int)
    return is_wanted and 0 <= value < math.inf  # no size and no share is negative


def read_weights(folder: Path, network: nn.Module) -> None:
    """Fill `network` with the tensors of model.safetensors, as float32.

    Raises DemoError when the file is missing, truncated, damaged, or belongs to another network.
    """
    path = folder / "model.safetensors"
    try:
        tensors = load_file(path)
    except FileNotFoundError:
        raise DemoError(
            "The checkpoint {name} has no {file}.", name=folder.name, file=path.name
        ) from None
    except (SafetensorError, OSError) as error:
        check_pointer(path)
        raise DemoError(
            "{file} of checkpoint {name} is damaged: {why}",
            name=folder.name,
            file=path.name,
            why=error,
        ) from None
    shapes = {key: weight.shape for key, weight in network.state_dict().items()}
    try:
        if foreign := tensors.keys() - shapes.keys() - {f"{key}.scale" for key in shapes}:
            raise RuntimeError(f"unknown: {', '.join(sorted(foreign))}")
        network.load_state_dict(quantization.unpack(tensors, shapes))
    except KeyError as error:
        raise DemoError(
            "{file} of checkpoint {name} belongs to another network: {why}",
            name=folder.name,
            file=path.name,
            why=f"no {error}",
        ) from None
    except RuntimeError as error:
        why = str(error).split("\n")[1].strip() if "\n" in str(error) else str(error)
        raise DemoError(
            "{file} of checkpoint {name} belongs to another network: {why}",
            name=folder.name,
            file=path.name,
            why=why[:200],
        ) from None


def save(folder: Path, config: Any, network: nn.Module) -> None:
    """Write `config` (a dataclass) and `network`'s weights (large matrices at eight bits, all else
    float16) into `folder`, each file whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / "config.json", dataclasses.asdict(config))
    write_tensors(
        folder / "model.safetensors",
        quantization.pack(network.state_dict(), 8, least=MIN_QUANTISED_PARAMETERS),
    )


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write `content` to `path` aside, then renames: the file is always whole."""
    _replace(
        path,
        lambda aside: aside.write_text(
            json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
        ),
    )


def write_tensors(path: Path, tensors: dict[str, Tensor]) -> None:
    """Write `tensors` to a safetensors file aside, then renames: the file is always whole."""
    owned = {
        key: value.detach().to("cpu", copy=True).contiguous() for key, value in tensors.items()
    }
    _replace(path, lambda aside: save_file(owned, aside))


def _replace(path: Path, write: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(f".{os.getpid()}.aside")
    try:
        write(aside)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)  # it is there only when writing was interrupted


def parameters(network: nn.Module) -> int:
    """Return the number of weights in `network`."""
    return sum(weight.numel() for weight in network.parameters())


def freeze_for_inference(network: Network, device: torch.device) -> Network:
    """Return `network` ready for use: on its device, evaluating, its weights fixed."""
    return runtime.channels_last(network, device).eval().requires_grad_(False)


def read_tokenizer(folder: Path, size: int) -> Any:
    """Return the tokenizer in `folder`; raises DemoError when it is missing or damaged, or has not
    `size` tokens.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises plain Exception
        check_pointer(folder / "tokenizer.json")
        raise DemoError(
            "{file} of checkpoint {name} is damaged: {why}",
            name=folder.name,
            file="tokenizer.json",
            why=error,
        ) from None
    if tokenizer.get_vocab_size() != size:
        why = f"{tokenizer.get_vocab_size()} ≠ {size}"
        raise DemoError(
            "{file} of checkpoint {name} belongs to another network: {why}",
            name=folder.name,
            file="tokenizer.json",
            why=why,
        )
    return tokenizer
