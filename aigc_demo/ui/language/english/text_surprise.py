"""English: the text tab's view `surprise`."""

WORDS = {
    "text.surprise.title": "Surprise",
    "text.surprise.text": "Any text",
    "text.surprise.text.info": "Type or paste up to 4,000 characters; each model reads them once.",
    "text.surprise.run": "Read",
    "text.surprise.take": "Or take what was just written by:",
    "text.surprise.tint": "Tint by surprise",
    "text.surprise.tang": "Transformer (poems)",
    "text.surprise.cards": "Whose surprise tints the text",
    "text.surprise.per_character": "bits / character",
    "text.surprise.total": "{bits} bits in all",
    "text.surprise.best": "least surprised",
    "text.surprise.legend": "Bits of a character:",
    "text.surprise.page": "The text, tinted by surprise. The arrow keys go from character to character.",
    "text.surprise.hint": "Point at a character, tap it, or use the arrow keys.",
    "text.surprise.bits": "bits",
    "text.surprise.expected": "The likeliest here, before it came:",
    "text.surprise.curve": "Bits along the text, each model's mean over the last {characters} characters",
    "text.surprise.position": "character",
    "text.surprise.happened": "{length} characters. Blind guessing would cost {blind} bits each; with the least surprised model a perfect packer would need {total} bits, {bytes} bytes, for the whole text.",
}
