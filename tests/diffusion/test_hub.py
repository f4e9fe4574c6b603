"""A DDPM pipeline that `diffusers` wrote, from a small Hub in this process to its pictures."""

from pathlib import Path

import pytest
import torch
from diffusers import DDIMScheduler

from aigc_demo.core import runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.diffusion.hub import HubDiffusion, model
from aigc_demo.diffusion.presets import FORMAT
from aigc_demo.hub import offer
from aigc_demo.hub.downloads import download
from tests.helpers.hub_server import Hub
from tests.helpers.tiny_pipeline import write

REPO = "tiny/ddpm"


def opened(hub: Hub, folder: Path) -> HubDiffusion:
    """Put the pipeline in `folder` up, download it and open it."""
    hub.add(REPO, folder)
    list(download(offer(REPO, FORMAT)))
    return model(REPO)


@pytest.mark.parametrize("predicts", ["epsilon", "v_prediction", "sample"])
def test_its_pictures_are_those_of_the_librarys_sampler(hub, tmp_path, predicts):
    write(tmp_path / "ddpm", predicts)
    ours = opened(hub, tmp_path / "ddpm")
    steps = list(ours.generate(1, steps=5, seed=3))
    assert [step.total for step in steps] == [5] * 5 and steps[0].x_t.shape == (1, 1, 8, 8)

    scheduler = DDIMScheduler(
        num_train_timesteps=20, prediction_type=predicts, timestep_spacing="trailing"
    )
    scheduler.set_timesteps(5)
    assert [step.t for step in steps] == scheduler.timesteps.tolist()
    x = runtime.NoisePerPicture([3]).draw(1, 8, 8)
    with torch.inference_mode():
        for step, t in zip(steps, scheduler.timesteps, strict=True):
            torch.testing.assert_close(step.x_t, x, atol=1e-4, rtol=1e-4)
            x = scheduler.step(
                ours.network(x, t).sample, t, x, use_clipped_model_output=True
            ).prev_sample
    torch.testing.assert_close(steps[-1].x_next, x, atol=1e-4, rtol=1e-4)


def test_a_seed_settles_a_picture_whatever_the_batch(hub, tmp_path):
    write(tmp_path / "ddpm")
    ours = opened(hub, tmp_path / "ddpm")
    assert model(REPO) is ours
    two, one = (
        list(ours.generate(count, steps=3, sampler="DDPM", seed=seed))[-1].x_next
        for count, seed in ((2, 6), (1, 7))
    )
    torch.testing.assert_close(two[1:], one, atol=1e-5, rtol=1e-5)
    with pytest.raises(DemoError, match="pictures must be from 1 to 64"):
        ours.generate(0)


def test_the_first_pipelines_had_no_folders(hub, tmp_path):
    write(tmp_path / "ddpm")
    for path in [*(tmp_path / "ddpm").glob("*/*")]:
        path.rename(tmp_path / "ddpm" / path.name)
    for name in ("unet", "scheduler"):
        (tmp_path / "ddpm" / name).rmdir()
    assert len(list(opened(hub, tmp_path / "ddpm").generate(1, steps=2))) == 2


def test_other_pipelines_are_refused(hub, tmp_path):
    write(tmp_path / "ddpm", num_class_embeds=10)
    with pytest.raises(
        DemoError,
        match="tiny/ddpm cannot be opened here: its UNet wants what this app does not give",
    ):
        opened(hub, tmp_path / "ddpm")
    index = (tmp_path / "ddpm" / "model_index.json").read_text(encoding="utf-8")
    (tmp_path / "ddpm" / "model_index.json").write_text(
        index.replace("UNet2DModel", "UNet2DConditionModel"), encoding="utf-8"
    )
    with pytest.raises(
        DemoError, match="tiny/ddpm is a DDPMPipeline: this app opens DDPM's pipelines"
    ):
        opened(hub, tmp_path / "ddpm")
