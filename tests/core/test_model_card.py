import json
import re
import subprocess

import pytest

import aigc_demo
from aigc_demo.core import checkpoints, model_card
from aigc_demo.core.settings import PROJECT, settings

NAMES = sorted(path.parent.name for path in (PROJECT / "checkpoints").glob("*/config.json"))


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_checkpoint_opens_and_has_figures_and_a_card_that_agrees(name):
    folder = PROJECT / "checkpoints" / name
    assert checkpoints.load(name)
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    assert metrics["name"] == name
    assert {"seconds", "device", "commit", "torch", "date"} <= metrics.keys()
    assert (folder / "README.md").read_text(encoding="utf-8") == model_card.card(folder, metrics)


def test_the_card_of_adapters_names_their_base(tmp_path):
    checkpoints.write_json(
        tmp_path / "config.json", {"base": "text-transformer-tang", "rank": 4, "alpha": 8.0}
    )
    metrics = {
        "name": "llm-lora-tang",
        "figures": [],
        "date": "",
        "torch": "",
        "device": "",
        "commit": "",
    }
    assert "(../../README.md), `text-transformer-tang` fine-tuned." in model_card.card(
        tmp_path, metrics
    )


def test_the_card_of_a_model_trained_on_another_device_counts_steps(tmp_path):
    checkpoints.write_json(tmp_path / "config.json", {"width": 4})
    training = {
        "figure": "training time",
        "value": 3.3,
        "unit": "minutes",
        "steps": 7552,
        "device": "one GPU",
    }
    metrics = {
        "name": "vae-x",
        "figures": [training],
        "date": "",
        "torch": "",
        "device": "",
        "commit": "",
    }
    assert "train vae-x --steps 7552`" in model_card.card(tmp_path, metrics)
    del training["device"]
    assert "train vae-x --minutes 3.3`" in model_card.card(tmp_path, metrics)


def figures_of(name: str) -> list[dict]:
    return json.loads(
        (PROJECT / "checkpoints" / name / "metrics.json").read_text(encoding="utf-8")
    )["figures"]


@pytest.mark.parametrize(
    ("name", "figure", "least", "most"),
    [
        ("text-transformer-shakespeare", "held-out loss", 0, 1.47),
        ("text-lstm-shakespeare", "held-out loss", 0, 1.52),
        ("text-rnn-shakespeare", "held-out loss", 0, 1.70),
        ("text-transformer-tang", "format compliance", 95, 100),
        ("judge-digits", "accuracy", 99.3, 100),
        ("gan-digits", "conditional accuracy", 98, 100),
        ("gan-digits", "diversity of the least varied class", 80, 120),
        ("vae-digits", "negative ELBO", 0, 95),
        ("vae-digits-conditional", "conditional accuracy", 98.5, 100),
        ("vae-digits-conditional", "diversity of the least varied class", 80, 120),
        ("audio-chorales", "NLL, random order", 0, 0.48),
        ("audio-chorales-ar", "NLL, left to right", 0, 0.37),
        ("audio-digits", "conditional accuracy", 99, 100),
        ("audio-judge", "accuracy", 99.9, 100),
        ("vae-emoji", "PSNR", 31, 99),
        ("diffusion-digits", "conditional accuracy", 99, 100),
        ("diffusion-emoji", "recall@5", 92, 100),
        ("llm-lora-tang", "format compliance", 95, 100),
        ("llm-lora-tang", "keyword compliance", 70, 100),
        ("llm-lora-prosody", "tone pattern compliance", 75, 100),
        ("llm-lora-prosody", "KL divergence from the base", 0, 25),
        ("llm-lora-shakespeare", "format compliance", 90, 100),
        ("llm-lora-shakespeare", "keyword compliance", 85, 100),
    ],
)
def test_the_shipped_figures_reach_what_was_promised(name, figure, least, most):
    assert least <= next(f["value"] for f in figures_of(name) if f["figure"] == figure) <= most


def test_the_best_sampler_in_ten_steps_is_no_worse_than_ddpm_in_a_hundred():
    curve = {
        (f["sampler"], f["steps"]): f["value"]
        for f in figures_of("diffusion-digits")
        if f["figure"].startswith("digit FID with")
    }
    assert min(value for (_, steps), value in curve.items() if steps == 10) <= curve["DDPM", 100]


def test_the_table_leaves_the_points_of_curves_to_the_model_card():
    assert "error rate with DDIM" not in model_card.table()
    assert "error rate with DDIM" in (
        PROJECT / "checkpoints" / "diffusion-digits" / "README.md"
    ).read_text(encoding="utf-8")


def document(*parts: str) -> str:
    return PROJECT.joinpath(*parts).read_text(encoding="utf-8")


def test_a_package_in_another_repository_tells_its_version_not_that_ones_commit(tmp_path):
    one = ["git", "-c", "user.name=x", "-c", "user.email=x", "commit", "--allow-empty", "-m", "x"]
    for command in (["git", "init"], one):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    site = tmp_path / "env"
    site.mkdir()
    assert model_card.commit(site) == f"v{aigc_demo.__version__}"
    assert model_card.commit(tmp_path) not in ("", "unknown", f"v{aigc_demo.__version__}")


def test_the_document_of_the_checkpoints_shows_all_that_was_measured():
    table = f"{model_card.BEGIN}\n{model_card.table()}\n{model_card.END}"
    assert table in document("docs", "checkpoints.md")


def test_the_readme_shows_a_measured_figure_of_every_checkpoint():
    readme = document("README.md")
    assert f"{model_card.BEGIN}\n{model_card.headlines(readme)}\n{model_card.END}" in readme
    rows = [match.group("name", "what") for match in model_card.HEADLINE.finditer(readme)]
    assert [name for name, _ in rows] == NAMES
    assert all(what for _, what in rows)


def test_the_readmes_table_keeps_its_words_and_takes_its_values_from_what_was_measured():
    rows = [
        "| `gan-digits` | paints | digit FID | 99 |",
        "| `vae-digits` | codes | no figure | 1 |",
    ]
    made = model_card.headlines("\n".join(rows)).splitlines()
    values = {name: {f["figure"]: f["value"] for f in figures_of(name)} for name in NAMES}
    assert f"| `gan-digits` | paints | digit FID | {values['gan-digits']['digit FID']:g} |" in made
    first, value = next(iter(values["vae-digits"].items()))
    assert f"| `vae-digits` | codes | {first} | {value:g} nats per picture |" in made
    assert len(made) == 2 + len(NAMES)


def test_measuring_a_shipped_checkpoint_brings_both_tables_up_to_date(tmp_path):
    (tmp_path / "docs").mkdir()
    for place in ("README.md", "docs/checkpoints.md"):
        text = document(*place.split("/"))
        (tmp_path / place).write_text(re.sub(r"\d[\d.]* %", "1 %", text), encoding="utf-8")
        assert "99 %" not in (tmp_path / place).read_text(encoding="utf-8")
    model_card.write_tables(tmp_path)
    for place in ("README.md", "docs/checkpoints.md"):
        assert (tmp_path / place).read_text(encoding="utf-8") == document(*place.split("/"))


def test_all_checkpoints_together_stay_small():
    sizes = sum(
        path.stat().st_size for path in settings().checkpoint_folder.rglob("*") if path.is_file()
    )
    assert sizes < 112e6
