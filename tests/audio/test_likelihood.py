import math

import pytest
import torch

from aigc_demo.audio import chorales, likelihood
from aigc_demo.audio.chorales import BAR, HIGHEST, LOWEST, MAX_STEPS, NOTES, PITCHES, SILENT
from aigc_demo.audio.network import ChoralesConfig, ChoralesNetwork
from aigc_demo.core import runtime


def pieces(*lengths: int, seed: int = 0) -> chorales.Corpus:
    pitches = torch.randint(50, 70, (sum(lengths), 4), generator=runtime.generator(seed))
    return chorales.corpus([part.tolist() for part in pitches.split(lengths)])


def network(causal: bool) -> ChoralesNetwork:
    with runtime.seeded(0):
        made = ChoralesNetwork(ChoralesConfig(causal, 16, 1, 2, 1, 0.0)).eval()
        torch.nn.init.normal_(made.notes.weight, std=0.5)
    return made


def test_tokens_are_pitches_and_back():
    pitches = torch.tensor([[LOWEST, SILENT, HIGHEST, 60]])
    tokens = chorales.to_tokens(pitches)
    assert tokens.tolist() == [[0, PITCHES, PITCHES - 1, 60 - LOWEST]]
    assert torch.equal(chorales.to_pitches(tokens), pitches)


def test_a_transposition_moves_a_window_as_a_whole_and_keeps_its_silences():
    x = torch.randint(10, 30, (60, 8, 4), generator=runtime.generator(0))
    x[:, 3, 2] = chorales.SILENCE
    x[:30, 0, 0] = 0  # it cannot go down
    x[30:40, 0, 1] = PITCHES - 1  # it cannot go up
    y = chorales.transpose(x, runtime.generator(1))
    assert (y[:, 3, 2] == chorales.SILENCE).all()
    moved = (y - x)[:, 4:].flatten(1)
    assert (moved == moved[:, :1]).all()
    assert set(moved[:30, 0].tolist()) == set(range(6))
    assert moved[30:40, 0].max() <= 0
    assert moved[40:, 0].min() < 0 < moved[40:, 0].max()


def test_windows_cross_no_end_and_equal_ones_cover_each_piece_once():
    corpus = pieces(20, 300, 132)
    begin = chorales.starts(corpus, 32)
    assert begin.min() == 20
    assert not ((begin < 320) & (begin + 32 > 320)).any()
    parts = chorales.equal_windows(corpus)
    assert sum(tokens.numel() for tokens, _ in parts) == corpus.tokens.numel()
    assert max(tokens.shape[1] for tokens, _ in parts) <= MAX_STEPS
    assert sorted(x.shape[1] for x, _ in parts for _ in x) == [20, 64, 68, 100, 100, 100]
    assert all((phases[:, 1:] == (phases[:, :-1] + 1) % BAR).all() for _, phases in parts)


def test_the_estimate_of_a_random_order_agrees_with_the_exact_chain_rule():
    corpus, model = pieces(6, 9), network(False)
    generator = runtime.generator(0)
    exact = list(likelihood.random_order(model, corpus, generator, orders=40))
    exact = sum(nats for nats, _ in exact) / sum(cells for _, cells in exact)
    each = [likelihood.random_order_estimate(model, corpus, generator) for _ in range(40)]
    assert sum(each) / 40 == pytest.approx(exact, rel=0.02)


def test_the_estimate_from_left_to_right_agrees_with_the_exact_chain_rule():
    corpus, model = pieces(6, 9), network(False)
    parts = list(likelihood.any_order_left_to_right(model, corpus))
    exact = sum(nats for nats, _ in parts) / sum(cells for _, cells in parts)
    generator = runtime.generator(0)
    each = [likelihood.left_to_right_estimate(model, corpus, generator) for _ in range(60)]
    mean, error = sum(nats for nats, _ in each) / 60, sum(error for _, error in each) / 60
    assert mean == pytest.approx(exact, abs=4 * error / 60**0.5)


def test_left_to_right_windows_count_every_note_once():
    corpus, model = pieces(300, 40), network(True)
    with torch.no_grad():
        model.notes.weight.zero_()  # it knows nothing
    assert likelihood.left_to_right(model, corpus) == pytest.approx(math.log(NOTES), rel=1e-5)
    whole = pieces(100)
    x, phases = chorales.windows(whole, torch.tensor([0]), 100)
    model = network(True)
    direct = likelihood.left_to_right_nats(model, x, phases).mean().item()
    assert likelihood.left_to_right(model, whole) == pytest.approx(direct, rel=1e-5)


def test_what_always_follows_costs_a_markov_chain_nothing():
    scale = [[60 + t % 2, 55, 50, 45] for t in range(400)]
    corpus = chorales.corpus([scale, scale])
    assert likelihood.markov_nats(corpus, corpus, added=1e-4) == pytest.approx(0, abs=0.03)
    counted = likelihood.unigram_nats(corpus, corpus)  # one voice of four tosses a coin
    assert counted == pytest.approx(math.log(2) / 4, abs=0.08)
