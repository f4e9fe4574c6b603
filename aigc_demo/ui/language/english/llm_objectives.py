"""English: the language models tab's view `objectives`."""

WORDS = {
    "llm.objectives.title": "Three objectives",
    "llm.objectives.sentence": "One sentence",
    "llm.objectives.sentence.info": "2 to 40 tokens. What stands in [brackets] is hidden. The three models were trained here on Shakespeare alone: they know his words best.",
    "llm.objectives.run": "Let all three guess",
    "llm.objectives.seed": "Seed of XLNet’s order",
    "llm.objectives.seed.info": "In which order it takes the hidden words. GPT and BERT do not ask for one.",
    "llm.objectives.nothing_hidden": "Nothing is hidden, so nothing is to be guessed. Click a word of the sentence.",
    "llm.objectives.happened": "{count} hidden tokens; XLNet took them in the order of seed {seed}. What the right ones cost on average, in nats: GPT {gpt}, BERT {bert}, XLNet {xlnet}. Whoever sees more of the sentence should pay less.",
    "llm.objectives.stage.group": "A sentence with hidden words, guessed by three models. The arrow keys step from guess to guess, space plays.",
    "llm.objectives.stage.click": "Click a word to hide it, or to show it again.",
    "llm.objectives.stage.begin": "Play: guess by guess, who may look at what.",
    "llm.objectives.stage.nothing": "Nothing is hidden: click a word.",
    "llm.objectives.stage.not_yet": "No guess yet.",
    "llm.objectives.stage.guessed": "{name} says “{guess}” ({share}) for “{right}”",
    "llm.objectives.stage.mask": "{name}’s attention mask",
    "llm.objectives.stage.mask_about": "A row is a token that is guessed, a filled square one that it may look at.",
    "llm.objectives.stage.gpt_about": "Causal: only from what stands before it.",
    "llm.objectives.stage.bert_about": "Masked: from both sides, all at once.",
    "llm.objectives.stage.xlnet_about": "Permuted: from both sides, in any order.",
}
