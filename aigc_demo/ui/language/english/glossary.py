"""English: the glossary's panel and card; the terms themselves stand in ui/glossary.en.md."""

WORDS = {
    "glossary.basics": "Foundations",
    "glossary.search": "Look up a word, in English or Chinese",
    "glossary.close": "Close the glossary",
    "glossary.found": "{count} terms",
    "glossary.none": "No term fits “{query}”.",
    "glossary.see": "See it: {place}",
    "glossary.whole": "All terms",
    "glossary.families": "Go to",
}
