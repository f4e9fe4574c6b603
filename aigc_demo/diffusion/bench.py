"""How fast emoji are made, beside two pipelines of the library `diffusers`: one in latents of the
same shape, one on pixels.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import nn

from aigc_demo.core import checkpoints, model_cache, runtime
from aigc_demo.core.errors import DemoError
from aigc_demo.diffusion.emoji.model import EmojiDiffusion
from aigc_demo.diffusion.emoji.network import CHANNELS, SIDE

NAME = "diffusion-emoji"
STEPS, GUIDANCE = 15, 3.0
NAMES = 1_000  # classes of the other networks, which are conditioned on a number, not on words
PIXEL_WIDTHS = (56, 168, 280)  # of the network on 64 by 64 pixels: as many weights as ours


def bench() -> Iterator[str]:
    """Yield the report on the shipped model, a line at a time. Raises DemoError when `diffusers` is
    not installed.
    """
    yield from compare(model_cache.model(NAME))


def compare(
    model: EmojiDiffusion,
    *,
    pixels: int = 64,
    pixel_widths: tuple[int, ...] = PIXEL_WIDTHS,
    rounds: int = 5,
) -> Iterator[str]:
    """Yield the report: medians of `rounds`, in each of which every maker makes one picture in its
    turn.

    All take the same number of steps, the same guidance, the same precision and threads. The last
    line holds two ratios of our speed to theirs. Raises DemoError when `diffusers` is not
    installed.
    """
    config, dtype = model.config, model.network.mean.dtype
    same = unet(SIDE, CHANNELS, (config.fine, config.middle, config.coarse), dtype)
    on_pixels = unet(pixels, 3, pixel_widths, dtype)
    makers: dict[str, tuple[nn.Module, Callable[[], object]]] = {
        "aigc_demo": (model.network, lambda: make(model)),
        "diffusers, same shapes": (same, lambda: make_with_diffusers(same, model.pictures)),
        f"diffusers, {pixels} by {pixels} pixels": (
            on_pixels,
            lambda: make_with_diffusers(on_pixels),
        ),
    }
    yield (
        f"{STEPS} steps, guidance {GUIDANCE:g}, {str(dtype).removeprefix('torch.')}, "
        f"{torch.get_num_threads()} threads, median of {rounds} rounds"
    )
    for _, maker in makers.values():
        maker()  # who runs first pays for what is set up once
    # in turn, so that whatever else the machine does slows all of them alike
    seconds = [[timed(maker) for _, maker in makers.values()] for _ in range(rounds)]
    speeds = [1 / statistics.median(column) for column in zip(*seconds, strict=True)]
    for (name, (network, _)), speed in zip(makers.items(), speeds, strict=True):
        weights = checkpoints.parameters(network) / 1e6
        yield f"{name:<32}{weights:>6.1f} M weights{speed:>8.2f} pictures a second"
    ours, latent, pixel = speeds
    yield f"ratio same {ours / latent:.2f} pixels {ours / pixel:.2f}"


def unet(side: int, channels: int, widths: tuple[int, ...], dtype: torch.dtype) -> nn.Module:
    """Return the library's own denoiser with random weights: three levels of these widths,
    attention on the middle one, conditioned on a class.

    Raises DemoError when the library is missing.
    """
    try:
        from diffusers.models.unets.unet_2d import UNet2DModel
    except ModuleNotFoundError:
        raise DemoError(
            "The comparison needs {module}. To install it: {command}",
            module="diffusers",
            command="pip install -r requirements-dev.txt",
        ) from None
    with runtime.seeded(0):
        network = UNet2DModel(
            sample_size=side,
            in_channels=channels,
            out_channels=channels,
            block_out_channels=widths,
            layers_per_block=1,
            down_block_types=("DownBlock2D", "AttnDownBlock2D", "DownBlock2D"),
            up_block_types=("UpBlock2D", "AttnUpBlock2D", "UpBlock2D"),
            num_class_embeds=NAMES + 1,
            norm_num_groups=8,
            add_attention=False,
        )
    return _for_inference(network).to(runtime.device(), dtype)


def _for_inference(network: nn.Module) -> nn.Module:
    return network.eval().requires_grad_(False)


def make(model: EmojiDiffusion) -> torch.Tensor:
    """Make one emoji as the app does, without its film."""
    *_, last = model.denoise([model.words.words[-1]], steps=STEPS, guidance=GUIDANCE)
    return last.x_next


@torch.inference_mode()
def make_with_diffusers(
    network: Any, decode: Callable[[torch.Tensor], torch.Tensor] = lambda x: x
) -> torch.Tensor:
    """Make one picture as the library's class-guided pipelines do (DiTPipeline): its denoiser, its
    DPM-Solver++, then `decode`.
    """
    from diffusers.schedulers.scheduling_dpmsolver_multistep import DPMSolverMultistepScheduler

    scheduler = DPMSolverMultistepScheduler(
        beta_schedule="squaredcos_cap_v2",
        prediction_type="v_prediction",
        timestep_spacing="trailing",
    )
    scheduler.set_timesteps(STEPS)
    size, dtype = network.config.sample_size, next(network.parameters()).dtype
    x = torch.randn(1, network.config.in_channels, size, size, generator=runtime.generator(0)).to(
        runtime.device()
    )
    labels = torch.tensor([0, NAMES], device=runtime.device())
    for t in scheduler.timesteps:
        both = network(torch.cat([x, x]).to(dtype), t, class_labels=labels).sample.float()
        conditioned, unconditioned = both.chunk(2)
        guided = unconditioned + GUIDANCE * (conditioned - unconditioned)
        x = scheduler.step(guided, t, x, return_dict=False)[0]
    return decode(x)


def timed(maker: Callable[[], object]) -> float:
    """Return the seconds that `maker` takes."""
    began = time.perf_counter()
    maker()
    return time.perf_counter() - began
