"""The event diffusion_grid and the film of one of its cells, over the API."""

import math
import re
from typing import Any

import numpy as np
import pytest
from gradio_client import Client

import aigc_demo
from tests.helpers.calls import pictures, sheet, tiles
from tests.helpers.server import Server, told

# kind, model, prompts, steps, guidance, seed, count, sampler
GOOD: dict[str, list[Any]] = {
    "diffusion_grid": ["guidance", "digits", "3", "2", "1, 4", 5, 2, "DDIM"],
    "diffusion_grid_film": ["digits", "3", 3, "Heun", 2.0, 5],
}
has_emoji = pytest.mark.skipif(
    "diffusion-emoji" not in aigc_demo.available(), reason="diffusion-emoji is not here"
)


@pytest.fixture(scope="module")
def visitor(app: Server) -> Client:
    return Client(app.url, verbose=False)


def made(visitor: Client, *inputs: Any) -> tuple[list[dict[str, Any]], str]:
    """Return every grid that was sent, the last of them whole, and what just happened."""
    job = visitor.submit(*inputs, api_name="/diffusion_grid")
    _, happened = job.result()
    return [grid for grid, _ in job.outputs()], happened


def test_samplers_by_steps_share_the_calls_and_each_cells_picture_is_its_films_last_frame(visitor):
    grids, happened = made(visitor, "steps", "digits", "3", "1, 3", 2.0, 5, 6, "DDIM")
    grid = grids[-1]
    assert grid["down"] == {
        "name": "sampler",
        "labels": ["DDIM", "DDPM", "Euler", "Heun", "DPM-Solver++(2M)", "SDE-DPM-Solver++"],
    }
    assert grid["across"] == {"name": "steps", "labels": ["1", "3"]}
    assert grid["steps"] == [1, 3] * 6
    # Heun's three steps ask five times, and all others are answered with them
    assert grid["calls"] == 5
    assert "5 calls" in happened
    assert "5 次" in happened
    assert re.search(r"take 26\b", happened)  # 5 * (1 + 3) + 1 + 5
    cells = sheet(grid).reshape(6, 28, 2, 28).swapaxes(1, 2).reshape(12, 28, 28)
    for i in (1, 3, 7, 9):
        film, title = visitor.predict(
            *[
                grid["model"],
                *map(grid["cells"][i].get, ("prompt", "steps", "sampler", "guidance", "seed")),
            ],
            api_name="/diffusion_grid_film",
        )
        frames = pictures(film)
        assert frames.shape == (2, 4, 28, 28)
        assert all(np.abs(track[-1].astype(int) - cells[i]).max() <= 2 for track in frames)
        assert grid["cells"][i]["sampler"] in title


def test_a_long_grid_comes_in_pieces_that_sharpen(visitor):
    grids, _ = made(visitor, "prompt", "digits", "1, 2\n3；4、", "30", "2", 5, 4, "DDIM")
    assert len(grids) >= 3
    made_so_far = [sum(grid["steps"]) for grid in grids]
    assert made_so_far == sorted(made_so_far)
    assert made_so_far[-1] == 4 * 4 * 30
    assert grids[-1]["down"]["labels"] == ["1", "2", "3", "4"]
    last = sheet(grids[-1]).astype(int)
    assert (
        np.abs(sheet(grids[0]).astype(int) - last).mean()
        > np.abs(sheet(grids[-2]).astype(int) - last).mean()
    )


def test_seeds_go_up_by_one_and_guidance_changes_the_picture(visitor):
    first, later = (
        made(visitor, "guidance", "digits", "3", "4", "0, 2, 8", seed, 3, "DDIM")[0][-1]
        for seed in (5, 6)
    )
    rows = sheet(first).reshape(3, 28, 3, 28).swapaxes(1, 2).astype(int)
    assert (
        np.abs(rows[:, 1:] - sheet(later).reshape(3, 28, 3, 28).swapaxes(1, 2)[:, :-1]).max() <= 2
    )
    assert np.abs(rows[0] - rows[2]).mean() > 1
    assert first["across"]["labels"] == ["5", "6", "7"]


@has_emoji
def test_emoji_are_asked_for_in_two_languages_and_have_films(visitor):
    grid = made(visitor, "prompt", "emoji", "red heart, 猫", "3", "3", 5, 2, "DPM-Solver++(2M)")[0][
        -1
    ]
    assert grid["down"]["labels"] == ["red heart", "猫"]
    film, _ = visitor.predict(
        "emoji", "猫", 3, "DPM-Solver++(2M)", 3.0, 6, api_name="/diffusion_grid_film"
    )
    last = tiles(film["sheet"])[:, -1].astype(int)
    assert np.abs(last - tiles(grid["sheet"])[1, 1]).max() <= 2  # another batch rounds otherwise
    assert not film["ink"]


TOO_MANY = ", ".join("0123456789" * 2)


@pytest.mark.parametrize(
    ("changed", "english", "chinese"),
    [
        ({0: "nonsense"}, "grid must be one of", "网格应为"),
        ({1: "nonsense"}, "model must be one of", "模型应为"),
        ({2: ""}, "There is no prompt", "没有提示"),
        ({2: " , \n"}, "There is no prompt", "没有提示"),
        ({2: None}, "There is no prompt", "没有提示"),
        ({2: "11"}, "digit must be from 0 to 9", "数字"),
        ({2: "seven"}, "“seven” is not", "“seven” 不是"),
        ({2: "3, 4"}, "prompt: there are 2 values", "提示：给了 2 个值"),
        (
            {0: "prompt", 2: TOO_MANY, 4: "2", 6: 4},
            "20 rows of 4, which is 80 pictures; at most 64",
            "共 80 张图",
        ),
        (
            {0: "prompt", 2: "1," * 500_000, 4: "2"},
            "at most 64 are made at once",
            "一次最多生成 64 张",
        ),
        ({3: "0"}, "steps must be from 1 to 100", "步数"),
        ({3: "2.5"}, "steps must be a whole number", "步数"),
        ({3: "many"}, "“many” is not", "“many” 不是"),
        ({3: ""}, "steps must be a number", "步数"),
        ({3: "nan"}, "steps must be a number", "步数"),
        ({3: None}, "steps must be a number", "步数"),
        ({3: "2, 3"}, "steps: there are 2 values", "步数：给了 2 个值"),
        ({4: "11"}, "guidance must be from 0 to 10", "引导强度"),
        ({4: "1, x"}, "guidance must be a number", "引导强度"),
        ({4: [1]}, "guidance must be a number", "引导强度"),
        ({5: -1}, "seed must be from 0", "随机种子"),
        ({5: math.nan}, "seed must be a number", "随机种子"),
        ({5: 2**31 - 1}, "seed must be from 0", "随机种子"),
        ({6: 0}, "seeds must be from 1 to 64", "种子数"),
        ({6: 64}, "2 rows of 64", "共 128 张图"),
        ({7: "nonsense"}, "sampler must be one of", "采样器应为"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_mistake_is_explained_in_both_languages(app, visitor, changed, english, chinese):
    bad = [changed.get(i, value) for i, value in enumerate(GOOD["diffusion_grid"])]
    in_english, in_chinese = told(app.url, "diffusion_grid", GOOD["diffusion_grid"], bad)
    assert english in in_english
    assert chinese in in_chinese


@has_emoji
def test_words_never_seen_are_named_and_the_nearest_known_ones_offered(app, visitor):
    bad = ["prompt", "emoji", "cat, qwertyx", "2", "3", 5, 2, "DDIM"]
    english, chinese = told(app.url, "diffusion_grid", GOOD["diffusion_grid"], bad)
    assert "never saw these words: qwertyx" in english
    assert "qwertyx" in chinese


@pytest.mark.parametrize(
    ("changed", "english", "chinese"),
    [
        ({1: "3, 4"}, "prompt: there are 2 values", "提示"),
        ({2: 101}, "steps must be from 1 to 100", "步数"),
        ({3: None}, "sampler must be one of", "采样器"),
        ({4: "x"}, "guidance must be a number", "引导强度"),
        ({5: None}, "seed must be a number", "随机种子"),
    ],
    ids=str,
)
def test_a_film_of_no_picture_is_explained_in_both_languages(
    app, visitor, changed, english, chinese
):
    bad = [changed.get(i, value) for i, value in enumerate(GOOD["diffusion_grid_film"])]
    in_english, in_chinese = told(app.url, "diffusion_grid_film", GOOD["diffusion_grid_film"], bad)
    assert english in in_english
    assert chinese in in_chinese
