import math

import pytest
import torch

from aigc_demo.core.steps import DenoiseStep
from aigc_demo.diffusion import frames
from aigc_demo.diffusion.schedule import Schedule
from aigc_demo.diffusion.views._shared.film import numbers, sampling_film, tracks
from tests.helpers.calls import pictures
from tests.helpers.tiny_diffusion import diffusion

LABEL = {"en": "settings", "zh": "设置"}


@pytest.mark.parametrize(("guidance", "count"), [(1.0, 3), (2.0, 6)])
@pytest.mark.parametrize("sampler", ["DDIM", "DDPM", "Heun"])
def test_a_film_ends_with_the_result_in_x_t_and_x0(guidance, count, sampler):
    model = diffusion()
    steps = list(model.denoise([3, 4], steps=4, sampler=sampler, guidance=guidance))
    drawn = [*(frames.frame(step, model.schedule) for step in steps), frames.last_frame(steps[-1])]
    shown = sampling_film("film", model.schedule, drawn, steps, LABEL)
    seen = pictures(shown)
    assert seen.shape == (count, 5, 28, 56)
    assert (shown["label"], shown["progress"], len(shown["tracks"])) == (LABEL, None, count)
    result = ((steps[-1].x_next.clamp(-1, 1) + 1) * 127.5).round().cpu().numpy()[:, 0]
    for track in (0, 1):
        assert abs(seen[track, -1][:, :28] - result[0]).max() <= 1
        assert abs(seen[track, -1][:, 28:] - result[1]).max() <= 1
    # the last prediction is the result
    assert abs(seen[1, -1].astype(int) - seen[1, -2]).max() <= 1


def test_a_step_says_its_level_of_noise_and_how_much_it_changed():
    schedule, x = Schedule(1000), torch.zeros(2, 1, 4, 4)
    steps = [
        DenoiseStep(i, 2, t, x, x, x, x + change)
        for i, (t, change) in enumerate(((999, 0.5), (499, -2)))
    ]
    t, sigma, ratio, change = (column.values for column in numbers(schedule, steps))
    assert t == ["999", "499", "–"]
    assert change == ["0.500", "2.000", "–"]
    alpha_bar = schedule.alpha_bar[499].item()
    assert float(sigma[1]) == pytest.approx(math.sqrt(1 - alpha_bar), abs=6e-4)
    decibels = 10 * math.log10(alpha_bar / (1 - alpha_bar))
    assert float(ratio[1].removesuffix(" dB").replace("−", "-")) == pytest.approx(
        decibels, abs=0.06
    )
    assert ratio[0].startswith("−")  # more noise than picture
    assert (sigma[2], ratio[2]) == ("0", "∞")


def test_a_film_that_goes_on_says_how_far_it_is():
    model = diffusion()
    first, *_ = model.denoise([3], steps=4)
    live = sampling_film(
        "film", model.schedule, [frames.frame(first, model.schedule)], [first], LABEL, live=True
    )
    assert (live["frames"], live["progress"], live["live"]) == (1, 0.25, True)
    assert all(len(column["values"]) == 1 for column in live["numbers"])


def test_three_tracks_are_seen_from_the_start_and_the_factor_is_said():
    every = tracks(6)
    assert [track.seen for track in every] == [True] * 3 + [False] * 3
    assert every[-1].title["en"].endswith(f"× {frames.AMPLIFIED}")
    assert len(tracks(3)) == 3
