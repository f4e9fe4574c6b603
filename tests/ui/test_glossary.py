"""The glossary's terms: the same in both languages, each with a place that exists and words that
stand on pages.
"""

import json
import re

import pytest

from aigc_demo.core.settings import PROJECT
from aigc_demo.tabs import TABS
from aigc_demo.ui import glossary
from aigc_demo.ui.language import LANGUAGES, TABLES
from aigc_demo.ui.views import views

ENTRIES = {key: entry for family in glossary.entries().values() for key, entry in family.items()}
VIEWS = {f"{tab}/{view}" for tab in TABS for view in views(tab)}


def shown(code: str) -> str:
    """Return all that pages tell in one language, formulas aside."""
    guides = [
        path.read_text(encoding="utf-8")
        for path in sorted((PROJECT / "aigc_demo").glob(f"*/guide.{code}.md"))
    ]
    return re.sub(
        r"\$\$.*?\$\$|\$.*?\$", " ", "\n".join([*TABLES[code].values(), *guides]), flags=re.DOTALL
    )


def found(text: str, code: str = "en") -> list[tuple[str, str]]:
    """Return what the pattern finds in a text, each with its term's key."""
    return [
        (match.group(), glossary.forms(code)[match.group().lower()])
        for match in re.finditer(glossary.pattern(code), text, re.IGNORECASE)
    ]


def test_both_languages_have_the_same_terms_and_each_has_a_place():
    assert glossary.terms("en").keys() == glossary.terms("zh").keys() == ENTRIES.keys()
    assert sum(map(len, glossary.entries().values())) == len(ENTRIES)


def test_each_place_is_a_view_of_the_app():
    assert {entry["place"] for entry in ENTRIES.values()} <= VIEWS
    assert {tab for entry in ENTRIES.values() for tab in entry.get("only_in", ())} <= set(TABS)
    assert {place for entry in ENTRIES.values() for place in entry.get("not_in", ())} <= VIEWS | {
        f"{tab}/guide" for tab in TABS
    }
    assert {field for entry in ENTRIES.values() for field in entry} == {
        "place",
        "only_in",
        "not_in",
        *LANGUAGES,
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_term_occurs_on_a_page(code):
    assert {key for _, key in found(shown(code), code)} == ENTRIES.keys()


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_form_belongs_to_two_terms(code):
    every = [form.lower() for term in glossary.terms(code).values() for form in term.forms]
    assert sorted(every) == sorted(glossary.forms(code))


def test_english_is_english_and_chinese_chinese():
    for key, term in glossary.terms("en").items():
        assert not re.search("[一-鿿]", term.name + term.meaning + "".join(term.forms)), key
    for key, term in glossary.terms("zh").items():
        assert re.search("[一-鿿]", term.meaning), key
        assert term.meaning.endswith(("。", "）")), key


@pytest.mark.parametrize(("code", "longest"), [("en", 340), ("zh", 110)])
def test_a_definition_is_short(code, longest):
    assert {
        key for key, term in glossary.terms(code).items() if len(term.meaning) > longest
    } == set()


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("en", "Cross-entropy is no entropy.", ["Cross-entropy", "entropy"]),
        ("en", "the attention masks of attention", ["attention masks", "attention"]),
        ("en", "the GAN’s generator, in GANs", ["GAN", "generator", "GANs"]),
        (
            "en",
            "Stable Diffusion, latent diffusion, diffusion models",
            ["Stable Diffusion", "latent diffusion", "diffusion models"],
        ),
        ("zh", "交叉熵不是熵", ["交叉熵", "熵"]),
        ("zh", "注意力掩码，VAE的编码器", ["注意力掩码", "VAE", "编码器"]),
        ("zh", "用DPM-Solver++(2M)走", ["DPM-Solver++(2M)"]),
    ],
)
def test_the_longest_form_is_found(code, text, words):
    assert [word for word, _ in found(text, code)] == words


@pytest.mark.parametrize(
    "text",
    ["GPT-2", "an elbow", "decoder-only", "HF_TOKEN", "tokenizer", "pre-seeded", "non-entropy"],
)
def test_a_part_of_a_word_is_none(text):
    assert found(text) == []


def test_the_browser_gets_every_term_in_both_languages():
    text = glossary.module().text.removeprefix("export default ").rstrip(";\n")
    sent = {term["key"]: term for term in json.loads(text)["terms"]}
    for code in LANGUAGES:
        for key, term in glossary.terms(code).items():
            assert sent[key][code] == [term.name, term.meaning, list(term.forms)]
