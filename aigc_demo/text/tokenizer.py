"""Characters to numbers and back, stored as a standard tokenizer.json."""

from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers


def character_tokenizer(text: str) -> Tokenizer:
    """Return a tokenizer of one token a distinct character of `text`, in code-point order."""
    tokenizer = Tokenizer(
        models.WordLevel({character: i for i, character in enumerate(sorted(set(text)))})
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), behavior="isolated")
    tokenizer.decoder = decoders.Fuse()
    return tokenizer


def unknown_characters(tokenizer: Tokenizer, text: str) -> list[str]:
    """Return the distinct characters of `text` that the tokenizer has no token for, in order of
    appearance.
    """
    known = tokenizer.get_vocab()
    return [character for character in dict.fromkeys(text) if character not in known]
