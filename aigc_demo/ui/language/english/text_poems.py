"""English: the text tab's view `poems`."""

WORDS = {
    "text.poems.title": "Tang poems",
    "text.poems.run": "Compose",
    "text.poems.name": "Title",
    "text.poems.name.info": "In Chinese, or empty. The poem goes on from it.",
    "text.poems.line": "First line",
    "text.poems.line.info": "Five or seven characters, or empty.",
    "text.poems.untitled": "(no title)",
    "text.poems.seed": "seed",
    "text.poems.form": "{lines} lines of {length}",
    "text.poems.no_form": "the form is broken",
    "text.poems.writing": "writing …",
    "text.poems.happened": "A Transformer that has read 36,650 Tang poems, character by character; nobody told it the form. At temperature 0.8 it keeps it in {kept} % of 500 poems; loss on unseen poems {loss} nats / char.",
}
