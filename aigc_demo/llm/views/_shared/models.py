"""The three small models, by the family's name under which a visitor knows them."""

from typing import TYPE_CHECKING

from aigc_demo.core import model_cache

if TYPE_CHECKING:
    from aigc_demo.llm.model import LanguageModel

FAMILIES = {
    "GPT": "llm-gpt-shakespeare",
    "BERT": "llm-bert-shakespeare",
    "XLNet": "llm-xlnet-shakespeare",
}


def of_family(name: str, weights: str = "") -> "LanguageModel":
    """Return the small model of a family, or what stands in for it: see
    `model_cache.resolve_weights`. Raises DemoError when it is not here.
    """
    return model_cache.resolve_weights(FAMILIES[name], weights)
