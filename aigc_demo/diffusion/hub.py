"""Real DDPM pipelines from the Hub, through `diffusers`: a foreign network under this app's own
samplers.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from aigc_demo import hub
from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.errors import DemoError, check_number
from aigc_demo.core.steps import DenoiseStep
from aigc_demo.diffusion.denoiser import MAX_PICTURES, Denoising
from aigc_demo.diffusion.presets import FORMAT
from aigc_demo.diffusion.schedule import Schedule


class ForeignSchedule(Schedule):
    """The schedule that a pipeline brings along."""

    def __init__(self, alpha_bar: Tensor):
        super().__init__(len(alpha_bar))
        self.alpha_bar = alpha_bar.float()


class HubDiffusion(Denoising):
    """An unconditional UNet. Pictures are (N, channels, size, size) in [-1,
    1].
    """

    def __init__(self, repo: str, network: Any, scheduler: Any):
        super().__init__(ForeignSchedule(scheduler.alphas_cumprod))
        self.repo = repo
        self.network = network
        self.predicts = scheduler.config.prediction_type
        self.clip_range = (
            scheduler.config.clip_sample_range if scheduler.config.clip_sample else self.clip_range
        )
        self.shape = (
            network.config.in_channels,
            network.config.sample_size,
            network.config.sample_size,
        )

    def embed_prompt(self, prompts: Sequence) -> Tensor:
        """Return empty embeddings (N, 0): it is unconditional."""
        return torch.zeros(len(prompts), 0, device=runtime.device())

    def null_embedding(self, count: int) -> Tensor:
        """Return conditions of no number (count, 0)."""
        return self.embed_prompt([None] * count)

    def velocity(self, x_t: Tensor, t: Tensor, condition: Tensor) -> Tensor:
        """Return v (N, C, H, W), from whatever the network predicts: DDPM, eq. 4, solved for what
        is missing.
        """
        alpha_bar = self.schedule.alpha_bar.to(x_t.device)[t][:, None, None, None]
        alpha, sigma = alpha_bar.sqrt(), (1 - alpha_bar).sqrt()
        said = self.network(x_t, t).sample
        if self.predicts == "v_prediction":
            return said
        if self.predicts == "epsilon":
            return (said - sigma * x_t) / alpha
        return (alpha * x_t - said) / sigma

    def generate(
        self, count: int, *, steps: int = 25, sampler: str = "DDIM", seed: int = 0, eta: float = 0.0
    ) -> Iterator[DenoiseStep]:
        """Make `count` pictures, one DenoiseStep a step, as `denoise` does. Raises DemoError when a
        value is out of its range.
        """
        count = check_number("pictures", count, 1, MAX_PICTURES, whole=True)
        return self.denoise(
            [None] * count, steps=steps, sampler=sampler, guidance=1.0, seed=seed, eta=eta
        )


def model(repo: str) -> HubDiffusion:
    """Return the pipeline `repo` (owner/name), which must be downloaded; one model of the Hub is
    kept in memory, the last.

    Raises DemoError when it is not downloaded, cannot be opened, or `diffusers` is not installed.
    """
    return hub.open_model(repo, FORMAT, open_model)


def check_pipeline(repo: str, folder: Path) -> None:
    """Raise DemoError when the pipeline in `folder` is of another kind than DDPM's."""
    parts = checkpoints.read_json(folder / "model_index.json")
    if parts.get("unet") != ["diffusers", "UNet2DModel"]:
        raise DemoError(
            "{repo} is a {kind}: this app opens DDPM's pipelines, which paint with a UNet2DModel.",
            repo=repo,
            kind=parts.get("_class_name"),
        )


def open_model(repo: str, folder: Path) -> HubDiffusion:
    """Return the pipeline in `folder`; raises DemoError when it is of another kind than DDPM's, or
    its files do not fit.
    """
    diffusers = hub.optional("diffusers")
    check_pipeline(repo, folder)
    places = [
        folder / part if (folder / part).is_dir() else folder for part in ("unet", "scheduler")
    ]
    try:
        network, report = diffusers.UNet2DModel.from_pretrained(
            places[0],
            local_files_only=True,
            use_safetensors=True,
            low_cpu_mem_usage=False,
            output_loading_info=True,
        )
        scheduler = diffusers.DDPMScheduler.from_pretrained(places[1], local_files_only=True)
        if (
            report["missing_keys"]
            or network.class_embedding is not None
            or not isinstance(network.config.sample_size, int)
        ):
            raise ValueError("its UNet wants what this app does not give")
    except Exception as error:  # a foreign repository can be wrong in any way
        raise DemoError(
            "{repo} cannot be opened here: {why}",
            repo=repo,
            why=str(error).strip().partition("\n")[0][:200],
        ) from error
    return HubDiffusion(
        repo, checkpoints.freeze_for_inference(network, runtime.device()), scheduler
    )
