"""How well a fine-tuned model keeps the rules of regulated verse, beside its base and the poets;
how far it went from its base for that, and what was forgotten.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from statistics import mean

import torch

from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.data import Poem as TangPoem
from aigc_demo.llm import evaluate_instructions, prosody_pairs
from aigc_demo.llm.lora import LoraModel
from aigc_demo.llm.preference import Texts, kl_bits
from aigc_demo.llm.prosody import Verdict, judge, rhyme_groups
from aigc_demo.llm.rollouts import sample
from aigc_demo.text.corpus import END, corpus, lines, tang_poems
from aigc_demo.text.evaluate import held_out_loss
from aigc_demo.text.model import TextModel
from aigc_demo.text.poems import MAX_POEM, Poem

SEEDS = (0, 1, 2)
PROMPTS = 200  # held out: half titles, half first lines
BATCH = 16  # texts
ONE_RHYME = "lines in the most frequent rhyme group"
TEMPERATURE = 0.8  # of the poems that are judged

Shares = dict[str, float]  # in percent, by the figure's name


def evaluate(model: LoraModel) -> list[dict[str, object]]:
    """Return the measured figures of a model that was taught the rules, of its base, and of the
    held-out poems.
    """
    held_out, text = tang_poems("test"), corpus(model.config.base, "test")
    prompts = some_prompts(held_out, model.base)
    figures: list[dict[str, object]] = []
    for dial, whose in ((1, ""), (0, ", base model")):
        network = model.scaled(dial)
        rounds = [
            shares(poems_written(network, prompts, temperature=TEMPERATURE, seed=seed))
            for seed in SEEDS
        ]
        figures += [_share(name + whose, [each[name] for each in rounds]) for name in rounds[0]]
        figures.append(
            evaluate_instructions.loss(
                f"held-out loss{whose}", held_out_loss(network, text), len(text)
            )
        )
    return [
        *figures,
        *of_the_poets(held_out),
        kl(model, prompts),
        {
            "figure": "parameters",
            "value": checkpoints.parameters(model.adapters),
            "unit": "weights",
        },
    ]


def some_prompts(source: Sequence[TangPoem], model: TextModel) -> list[torch.Tensor]:
    """Return PROMPTS fixed prompts of poems that were not trained on, half titles and half first
    lines, in groups (M, P) of one length.
    """
    order = torch.randperm(len(source), generator=runtime.generator(0)).tolist()
    titled = [source[i] for i in order if len(source[i].title) <= 30][: PROMPTS // 2]
    others = [poem for poem in (source[i] for i in order) if poem not in titled][: PROMPTS // 2]
    titles = prosody_pairs.Prompts(titled, model).titles
    return [*titles, *prosody_pairs.Prompts(others, model).firsts]


def texts_written(
    model: TextModel, prompts: Sequence[torch.Tensor], *, temperature: float, seed: int
) -> Iterator[Texts]:
    """Yield what a model writes from each group of prompts, one text a prompt."""
    generator, end = runtime.generator(seed), model.encode(END)[0]
    for group in prompts:
        yield sample(
            model.network,
            group.to(runtime.device()),
            end=end,
            longest=MAX_POEM,
            temperature=temperature,
            generator=generator,
        )


def poems_written(
    model: TextModel, prompts: Sequence[torch.Tensor], *, temperature: float, seed: int
) -> list[Poem]:
    """Return the poems that a model writes, one a prompt."""
    written = texts_written(model, prompts, temperature=temperature, seed=seed)
    return [poem for texts in written for poem in prosody_pairs.poems_of(texts, model)]


def shares(written: Sequence[Poem]) -> Shares:
    """Return the shares of poems that obey, of poems and lines that are like no other, and of even
    lines in the commonest rhyme group: a model that has one rhyme alone obeys cheaply.
    """
    verdicts = [prosody_pairs.verdict(poem) for poem in written]
    every = [line for poem in written for line in poem.lines]

    def percent(obeys: Callable[[Verdict], bool]) -> float:
        return 100 * sum(map(obeys, verdicts)) / len(verdicts)

    return {
        "rhyme compliance": percent(lambda each: each.rhyme == 1),
        "tone pattern compliance": percent(lambda each: each.tones == 1),
        "compliance with both": percent(lambda each: each.score == 1),
        "tone checks passed": 100 * mean(each.tones for each in verdicts),
        "format compliance": 100 * mean(poem.finished and poem.is_well_formed for poem in written),
        "quatrains": 100 * mean(len(poem.lines) == 4 for poem in written),
        "distinct poems": 100 * len({tuple(poem.lines) for poem in written}) / len(written),
        "distinct lines": 100 * len(set(every)) / len(every),
        ONE_RHYME: 100 * most_frequent_group([poem.lines for poem in written]),
    }


def most_frequent_group(written: Sequence[Sequence[str]]) -> float:
    """Return the share of even lines that end in the rhyme group in which most of them end."""
    ends = [line[-1] for each in written for line in each[1::2]]
    counts = Counter(group for end in ends for group in rhyme_groups().get(end, ()))
    return max(counts.values(), default=0) / max(1, len(ends))


def of_the_poets(source: Sequence[TangPoem]) -> list[dict[str, object]]:
    """Return the shares of real poems that obey, as figures."""
    every = [lines(each.body) for each in source]
    verdicts = [judge(poem) for poem in every if len(poem) % 2 == 0]
    how = {"unit": "%", "split": "held-out", "samples": len(verdicts)}
    obeyed = {
        f"{ONE_RHYME}, Tang poets": most_frequent_group(every),
        "rhyme compliance, Tang poets": mean(each.rhyme == 1 for each in verdicts),
        "tone pattern compliance, Tang poets": mean(each.tones == 1 for each in verdicts),
    }
    return [
        {"figure": name, "value": round(100 * share, 1), **how} for name, share in obeyed.items()
    ]


def kl(model: LoraModel, prompts: Sequence[torch.Tensor]) -> dict[str, object]:
    """Return how far the model is from its base, as a figure: of poems that it writes at
    temperature 1.
    """
    tuned, means = model.scaled(1), []
    for seed in SEEDS:
        written = list(texts_written(tuned, prompts, temperature=1.0, seed=seed))
        few = [texts.take(rows) for texts in written for rows in _few(len(texts.ids))]
        bits = [kl_bits(tuned.network, model.base.network, texts) * len(texts.ids) for texts in few]
        means.append(sum(bits) / sum(len(texts.ids) for texts in few))
    return {
        **_share("KL divergence from the base", means),
        "unit": "bits per poem",
        "temperature": 1.0,
    }


def _few(count: int) -> tuple[torch.Tensor, ...]:
    """Return the numbers below `count`, BATCH at a time: their distributions take much memory."""
    return torch.arange(count, device=runtime.device()).split(BATCH)


def _share(name: str, values: Sequence[float]) -> dict[str, object]:
    return {
        "figure": name,
        "value": round(mean(values), 1),
        "unit": "%",
        "split": "held-out",
        "samples": PROMPTS,
        "temperature": TEMPERATURE,
        "seeds": f"{SEEDS[0]} to {SEEDS[-1]}",
        "range": f"{min(values):.1f} to {max(values):.1f}",
    }
