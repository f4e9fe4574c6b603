"""Chinese texts of the language models tab itself."""

WORDS = {
    "llm.tab": "语言模型",
}
