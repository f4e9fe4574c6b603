"""DDPM pipelines of the Hub that are known to work, and what such a pipeline consists of. It
imports no torch.
"""

from dataclasses import dataclass

from aigc_demo.hub import Format

NETWORK = "diffusion_pytorch_model.safetensors"
FORMAT = Format(
    needed=("model_index.json",),
    weights=(f"unet/{NETWORK}", NETWORK),  # the first pipelines had no folders
    optional=(
        "unet/config.json",
        "scheduler/scheduler_config.json",
        "config.json",
        "scheduler_config.json",
    ),
)


@dataclass(frozen=True)
class Preset:
    """A pipeline, and what its authors published of it: Ho et al., "Denoising Diffusion
    Probabilistic Models" (2020), appendix B.
    """

    title: str
    repo: str
    pictures: str  # of what it was trained on
    side: int  # pixels
    parameters: float  # in millions


PRESETS = (
    Preset("CIFAR-10", "google/ddpm-cifar10-32", "CIFAR-10", 32, 35.7),
    Preset("LSUN Cat", "google/ddpm-cat-256", "LSUN Cat", 256, 114),
)
