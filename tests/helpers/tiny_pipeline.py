"""An untrained pipeline of diffusers, small enough for any test."""

from pathlib import Path

from diffusers import DDPMPipeline, DDPMScheduler, UNet2DModel

from aigc_demo.core import runtime


def write(folder: Path, predicts: str = "epsilon", **options: object) -> None:
    """Write an untrained pipeline for pictures of 8 by 8 pixels."""
    sizes = {
        "sample_size": 8,
        "in_channels": 1,
        "out_channels": 1,
        "block_out_channels": (8, 8),
        "layers_per_block": 1,
        "norm_num_groups": 4,
    }
    kinds = {
        "down_block_types": ("DownBlock2D", "DownBlock2D"),
        "up_block_types": ("UpBlock2D", "UpBlock2D"),
    }
    with runtime.seeded(0):
        network = UNet2DModel(**sizes, **kinds, **options)
    DDPMPipeline(
        network, DDPMScheduler(num_train_timesteps=20, prediction_type=predicts)
    ).save_pretrained(folder)
