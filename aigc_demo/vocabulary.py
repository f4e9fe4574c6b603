"""The tokenizer of a checkpoint: a standard tokenizer.json."""

from pathlib import Path

from tokenizers import Tokenizer

from aigc_demo.errors import DemoError
from aigc_demo.files import check_pointer


def read_tokenizer(folder: Path, size: int) -> Tokenizer:
    """Return the tokenizer in `folder`; raises DemoError when it is missing or damaged, or has not `size` tokens."""
    try:
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises plain Exception
        check_pointer(folder / "tokenizer.json")
        raise DemoError("{file} of checkpoint {name} is damaged: {why}", name=folder.name, file="tokenizer.json", why=error) from None
    if tokenizer.get_vocab_size() != size:
        why = f"{tokenizer.get_vocab_size()} ≠ {size}"
        raise DemoError("{file} of checkpoint {name} belongs to another network: {why}", name=folder.name, file="tokenizer.json", why=why)
    return tokenizer
