"""What each family predicts."""

import torch

from aigc_demo.core import runtime
from aigc_demo.llm import objectives

MASK, VOCABULARY = 1, 50
IDS = torch.randint(2, VOCABULARY, (400, 25), generator=runtime.generator(0))


def test_gpt_predicts_the_next_token_everywhere_but_at_the_end():
    task = objectives.causal(IDS)
    assert torch.equal(task.targets[task.predicted], IDS[:, 1:].flatten())
    assert torch.equal(task.ids, IDS)


def test_bert_predicts_fifteen_percent_of_which_four_fifths_are_masked():
    task = objectives.masked(IDS, MASK, VOCABULARY, runtime.generator(1))
    predicted, shown = task.predicted[:, 1:], task.ids[:, 1:]
    hidden, kept = shown == MASK, shown == IDS[:, 1:]
    assert not task.predicted[:, 0].any()
    assert abs(predicted.float().mean() - 0.15) < 0.01
    assert (kept | predicted).all()  # what is not predicted is shown as it is
    assert abs(hidden[predicted].float().mean() - 0.8) < 0.03
    assert abs(kept[predicted].float().mean() - 0.1) < 0.03
    assert torch.equal(task.targets, IDS)


def test_xlnet_predicts_the_last_third_of_a_random_order_to_which_nothing_attends_too_early():
    task = objectives.permuted(IDS, runtime.generator(1))
    assert (task.predicted.sum(dim=1) == 8).all()
    assert not task.predicted[:, 0].any()
    # any place may be among the last
    assert abs(task.predicted[:, 1:].float().mean(dim=0) - 1 / 3).max() < 0.1
    seen = task.query_mask.sum(dim=2)  # (B, T): how many each position attends to
    assert (seen.sort(dim=1).values[:, 1:] == torch.arange(1, 25)).all()
    assert not (task.query_mask.diagonal(dim1=1, dim2=2)[:, 1:]).any()
    assert task.attention_mask.diagonal(dim1=1, dim2=2).all()
    assert torch.equal(
        task.attention_mask & ~torch.eye(25, dtype=torch.bool),
        task.query_mask & ~torch.eye(25, dtype=torch.bool),
    )


def test_a_seed_settles_a_task():
    for objective in objectives.OBJECTIVES:
        tasks = [
            objectives.task(
                objective, IDS, mask=MASK, vocabulary=VOCABULARY, generator=runtime.generator(3)
            )
            for _ in range(2)
        ]
        assert torch.equal(tasks[0].ids, tasks[1].ids)
        assert torch.equal(tasks[0].predicted, tasks[1].predicted)
