"""Byte-pair tokens of Shakespeare, the same for the three families (Sennrich et al., 2016, over bytes as in GPT-2)."""

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

START, MASK = "[START]", "[MASK]"


def train_tokenizer(text: str, vocabulary: int) -> Tokenizer:
    """Gives back a tokenizer of `vocabulary` tokens, the start and the mask among them; it reads any text, whatever the alphabet."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=vocabulary, special_tokens=[START, MASK], initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator([text], trainer)
    return tokenizer
