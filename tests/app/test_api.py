"""Every public event, as a program calls it: what comes back, how soon, from which seed, and what
bad input is told.
"""

import base64
import concurrent.futures
import io
import time
from typing import Any

import numpy as np
import pytest
from gradio_client import Client
from PIL import Image

from tests.helpers.calls import GOOD, a_seven, in_time, pictures, run, sheet

# tested in files of their own
ELSEWHERE = {
    "overview_contest",
    "llm_guess",
    "llm_procedure",
    "llm_follow",
    "llm_replay",
    "llm_hub_look",
    "llm_hub_download",
    "llm_hub_write",
    "llm_hub_chat",
    "llm_hub_fill",
    "llm_hub_inspect",
    "llm_hub_surprise",
    "diffusion_hub_look",
    "diffusion_hub_download",
    "diffusion_hub_paint",
    "text_replay",
    "text_poems",
    "text_procedure",
    "text_surprise",
    "text_merges",
    "text_mask",
    "text_inspect",
    "text_attention",
    "text_memory",
    "text_units",
    "vae_reconstruct",
    "vae_map",
    "vae_walk",
    "vae_emoji",
    "diffusion_picture",
    "diffusion_fill",
    "diffusion_variations",
    "diffusion_walk",
    "gan_latents",
    "gan_mix",
    "gan_judge",
    "gan_emoji",
    "gan_emoji_walk",
    "gan_replay",
    "gan_families",
    "gan_lab",
    "diffusion_grid",
    "diffusion_grid_film",
    "diffusion_procedure",
    "diffusion_plane",
    "diffusion_emoji",
    "maths_binary",
    "maths_classes",
    "maths_following",
    "maths_divergence",
    "maths_gaussians",
    "maths_fit",
    "maths_readers",
    "maths_attention",
    "maths_head",
    "maths_minimax",
    "maths_dirac",
    "maths_noise",
    "maths_elbo",
}
TITLES = ["RNN", "LSTM", "Transformer"]


def lasting(result: Any) -> Any:
    """Return what a seed settles: everything but the times that were measured."""
    if isinstance(result, tuple | list):
        return [
            lasting(part) for part in result if not (isinstance(part, str) and 'class="en"' in part)
        ]
    return {key: value for key, value in result.items() if key != "characters_per_second"}


def test_the_public_events_are_exactly_these(visitor):
    assert set(visitor.view_api(print_info=False, return_format="dict")["named_endpoints"]) == {
        f"/{event}" for event in GOOD.keys() | ELSEWHERE
    }


def test_text_is_streamed_in_three_columns_and_the_last_is_whole(visitor):
    job = visitor.submit(
        *{**GOOD["text_generate"], "length": 400}.values(), api_name="/text_generate"
    )
    job.result()
    yields = job.outputs()
    assert len(yields) >= 4
    for i, title in enumerate(TITLES):
        texts = [columns[i]["text"] for columns in yields]
        assert all(
            later.startswith(earlier) for earlier, later in zip(texts, texts[1:], strict=False)
        )
        assert [columns[i]["finished"] for columns in yields] == [False] * (len(yields) - 1) + [
            True
        ]
        last = yields[-1][i]
        assert (last["name"], last["prompt"], len(last["text"])) == (title, "ROMEO:\n", 400)
        assert 0 < last["bits_per_character"] < 6
        assert last["characters_per_second"] > 0
        assert set(last["about"]) == {"en", "zh"}
    assert "Seed 7" in yields[-1][3]
    assert "种子 7" in yields[-1][3]


def test_the_first_text_arrives_before_the_last(visitor):
    began = time.monotonic()
    job = visitor.submit(
        *{**GOOD["text_generate"], "length": 200}.values(), api_name="/text_generate"
    )
    first = next(iter(job))
    assert in_time(time.monotonic() - began, 0.4)
    assert len(first[0]["text"]) < len(job.result()[0]["text"])


def test_a_grid_has_a_picture_and_a_verdict_for_every_digit(visitor):
    grid, happened = run(visitor, "gan_sample", digit="all")
    assert sheet(grid).shape == (4 * 28, 10 * 28)
    assert (grid["columns"], grid["width"], grid["height"]) == (10, 28, 28)
    assert len(grid["verdicts"]) == len(grid["descriptions"]) == 40
    assert all(0 <= verdict <= 1 for verdict in grid["verdicts"])
    assert all(
        f"Digit {i % 10}, seed {3 + i // 10}" in text["en"]
        for i, text in enumerate(grid["descriptions"])
    )
    assert "40 digits" in happened
    one, _ = run(visitor, "gan_sample", digit="8")
    assert all(f"Digit 8, seed {3 + i}" in text["en"] for i, text in enumerate(one["descriptions"]))


def test_a_walk_begins_at_one_seed_and_ends_at_the_other(visitor):
    film = run(visitor, "gan_walk")
    assert pictures(film).shape == (1, 49, 28, 28)
    assert len(film["captions"]) == 49
    here, there = (
        sheet(run(visitor, "gan_sample", seed=seed)[0])[:28, :28].astype(int) for seed in (3, 33)
    )
    assert abs(pictures(film)[0, 0] - here).max() <= 1
    assert abs(pictures(film)[0, -1] - there).max() <= 1
    every = run(visitor, "gan_walk", digit="all")
    assert (every["width"], every["height"]) == (5 * 28, 2 * 28)


def test_a_film_shows_every_step_and_the_result(visitor):
    film, forward, happened = run(visitor, "diffusion_denoise", steps=5, count=16, digit="all")
    assert pictures(film).shape == (6, 6, 4 * 28, 4 * 28)
    assert [track["symbol"] for track in film["tracks"]] == [
        "x_t",
        "x̂_0",
        "ε̂",
        "x̂_y",
        "x̂_∅",
        "x̂_y − x̂_∅",
    ]
    assert [len(column["values"]) for column in film["numbers"]] == [6] * 4
    assert film["label"]["en"] == "0 – 9 · DDIM, 5 steps, w = 2, seed 5"
    assert len(film["captions"]) == len(film["curve"]["markers"]) == 6
    assert film["captions"][0]["en"].startswith("Step 1 of 5")
    assert not film["live"]
    assert np.array_equal(pictures(film)[0, -1], pictures(film)[1, -1])
    assert pictures(forward).shape == (2, 51, 28, 28)
    back, result = pictures(forward)[0, 0], pictures(film)[0, -1][:28, :28]
    # the way back begins at the result
    assert np.corrcoef(back.ravel(), result.ravel())[0, 1] > 0.99
    assert "16 × 5 DDIM" in happened


def test_without_guidance_there_is_nothing_to_compare(visitor):
    film, *_ = run(visitor, "diffusion_denoise", guidance=1)
    assert pictures(film).shape == (3, 3, 28, 28)


def test_a_drawing_turns_to_noise(visitor):
    film = run(visitor, "diffusion_noise")
    track = pictures(film)[0]
    drawn = np.asarray(
        Image.open(io.BytesIO(base64.b64decode(a_seven().partition(",")[2]))).resize(
            (28, 28), Image.Resampling.LANCZOS
        )
    )
    assert track.shape == (51, 28, 28)
    likeness = [np.corrcoef(drawn.ravel(), frame.ravel())[0, 1] for frame in track[[0, 10, 25, 50]]]
    assert likeness[0] > 0.95
    assert likeness == sorted(likeness, reverse=True)
    assert abs(likeness[-1]) < 0.2
    assert film["captions"][-1]["en"].startswith("t = 999: 0.0")


@pytest.mark.parametrize("event", GOOD)
def test_a_seed_settles_the_result(visitor, event):
    first = lasting(run(visitor, event))
    assert lasting(run(visitor, event)) == first
    assert lasting(run(visitor, event, seed=6)) != first


@pytest.mark.parametrize(
    ("event", "changes"),
    [
        ("text_generate", {"prompt": "JULIET:\n"}),
        ("text_generate", {"temperature": 1.6}),
        ("text_generate", {"top_k": 2}),
        ("text_generate", {"top_p": 0.3}),
        ("text_generate", {"min_p": 0.5}),
        ("gan_sample", {"digit": "4"}),
        ("gan_sample", {"truncation": 1.2}),
        ("gan_walk", {"digit": "4"}),
        ("gan_walk", {"goal": 34}),
        ("diffusion_denoise", {"digit": "4"}),
        ("diffusion_denoise", {"count": 2}),
        ("diffusion_denoise", {"steps": 3}),
        ("diffusion_denoise", {"sampler": "DDPM"}),
        ("diffusion_denoise", {"sampler": "Heun"}),
        ("diffusion_denoise", {"eta": 0.7}),
        ("diffusion_denoise", {"guidance": 6}),
    ],
)
def test_every_control_changes_the_result(visitor, event, changes):
    assert lasting(run(visitor, event, **changes)) != lasting(run(visitor, event))


def test_16_digits_in_25_steps_are_there_in_seconds(visitor):
    began = time.monotonic()
    run(visitor, "diffusion_denoise", digit="all", count=16, steps=25)
    assert in_time(time.monotonic() - began, 3)


def test_four_visitors_at_once_get_what_each_gets_alone(app, visitor):
    wishes = [(event, {"seed": seed}) for seed in (11, 12) for event in GOOD]
    alone = [lasting(run(visitor, event, **changes)) for event, changes in wishes]
    visitors = [Client(app.url, verbose=False) for _ in range(4)]

    def ask(client: Client) -> list[Any]:
        start = visitors.index(client)  # each begins with another event
        return [
            (i, lasting(run(client, wishes[i][0], **wishes[i][1])))
            for i in (*range(start, len(wishes)), *range(start))
        ]

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        for answers in pool.map(ask, visitors):
            for i, answer in answers:
                assert answer == alone[i], wishes[i]


def test_who_stops_writing_makes_room_for_the_next(app, visitor):
    writer = Client(app.url, verbose=False)
    job = writer.submit(
        *{**GOOD["text_generate"], "length": 2000}.values(), api_name="/text_generate"
    )
    next(iter(job))
    job.cancel()
    run(visitor, "gan_sample")
    assert not any(outputs[0]["finished"] for outputs in job.outputs())
