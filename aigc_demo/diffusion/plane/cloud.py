"""A cloud of points as a picture: two channels, x and y, and a pixel a point; so it is denoised by
the very code that draws pictures.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from aigc_demo.core import runtime
from aigc_demo.diffusion.denoiser import Denoising
from aigc_demo.diffusion.schedule import Schedule

Velocity = Callable[[Tensor, int], Tensor]  # points (N, 2) and t in; v (N, 2) out


class Cloud(Denoising):
    """A denoiser of points by `predict_v`, all of them as one picture (1, 2, N, 1)."""

    def __init__(self, schedule: Schedule, predict_v: Velocity, count: int):
        super().__init__(schedule)
        self.predict_v = predict_v
        self.shape = (2, count, 1)

    def embed_prompt(self, prompts: Sequence) -> Tensor:
        """Return an empty condition (N, 1) for each of `prompts`: points have none."""
        return self.null_embedding(len(prompts))

    def null_embedding(self, count: int) -> Tensor:
        """Return zeros (count, 1)."""
        return torch.zeros(count, 1, device=runtime.device())

    def velocity(self, x_t: Tensor, t: Tensor, condition: Tensor) -> Tensor:
        """Return v (1, 2, N, 1)."""
        return as_picture(self.predict_v(as_points(x_t), int(t[0])))

    def path(
        self, noise: Tensor, *, steps: int, sampler: str, eta: float, seed: int
    ) -> tuple[list[int], Tensor]:
        """Return where the points are from noise (N, 2) to the end: their t, the last -1, and
        places (steps + 1, N, 2).

        Raises DemoError when a value is out of its range.
        """
        nothing = self.null_embedding(1)
        options = {"steps": steps, "sampler": sampler, "eta": eta, "guidance": 1.0, "seeds": [seed]}
        done = list(self.sample(nothing, nothing, noise=as_picture(noise), **options))
        return [*(step.t for step in done), -1], torch.stack(
            [*(as_points(step.x_t) for step in done), as_points(done[-1].x_next)]
        )


def as_picture(points: Tensor) -> Tensor:
    """Return points (N, 2) as a picture (1, 2, N, 1) on the device."""
    return points.T[None, :, :, None].to(runtime.device())


def as_points(picture: Tensor) -> Tensor:
    """Return a picture (1, 2, N, 1) as points (N, 2) on the CPU, where so small a network is
    fastest.
    """
    return picture[0, :, :, 0].T.cpu()
