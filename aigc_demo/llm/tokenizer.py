"""Byte-pair tokens of Shakespeare, the same for the three families (Sennrich et al., 2016, over
bytes as in GPT-2).
"""

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

START, MASK = "[START]", "[MASK]"
PRINTABLE = [
    *range(ord("!"), ord("~") + 1),
    *range(ord("¡"), ord("¬") + 1),
    *range(ord("®"), ord("ÿ") + 1),
]
OTHERS = [byte for byte in range(256) if byte not in PRINTABLE]
# as in GPT-2's encoder.py
BYTES = {chr(byte): byte for byte in PRINTABLE} | {
    chr(256 + i): byte for i, byte in enumerate(OTHERS)
}


def name_of(tokenizer: Tokenizer, token: int) -> str:
    """Return the text of a token, or its bytes (0xE4 0xBB) where they are no whole characters; a
    special token's own name.
    """
    written = tokenizer.id_to_token(token)
    assert written is not None  # `token` is one of the vocabulary
    if not all(character in BYTES for character in written):
        return written
    content = bytes(BYTES[character] for character in written)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return " ".join(f"0x{byte:02X}" for byte in content)


def token_id(tokenizer: Tokenizer, token: str) -> int:
    """Return the number of START or MASK; raises ValueError when the tokenizer has none."""
    found = tokenizer.token_to_id(token)
    if found is None:
        raise ValueError(f"tokenizer.json has no token {token}")
    return found


def train_tokenizer(text: str, vocabulary: int) -> Tokenizer:
    """Return a tokenizer of `vocabulary` tokens, the start and the mask among them; it reads any
    text, whatever the alphabet.
    """
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        special_tokens=[START, MASK],
        initial_alphabet=alphabet,
        show_progress=False,
    )
    tokenizer.train_from_iterator([text], trainer)
    return tokenizer
