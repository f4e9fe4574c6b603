"""English texts of the language models tab itself."""

WORDS = {
    "llm.tab": "Language models",
}
