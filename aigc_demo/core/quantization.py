"""Weights at eight or four bits each, with a scale for each 64: a half or a quarter of half
precision.

Symmetric quantisation with the largest magnitude of a group as its scale (Dettmers et al., "8-bit
optimizers via block-wise quantization", 2021, section 2).
"""

import torch
from torch import Tensor
from torch.nn import functional as F

GROUP = 64  # neighbouring weights that share one scale
LEVELS = {8: 127, 4: 7}  # by bits: a weight is one of -7 ... 7 times its group's scale


def pack(weights: dict[str, Tensor], bits: int, *, least: int = 0) -> dict[str, Tensor]:
    """Return `weights` at so many bits, with a float16 scale for each 64 of them under
    `<key>.scale`; four bits are two to a byte.

    Vectors, and matrices of fewer than `least` weights, stay float16.
    """
    packed = {}
    for key, weight in weights.items():
        if weight.ndim < 2 or weight.numel() < least or not weight.is_floating_point():
            packed[key] = weight.half() if weight.is_floating_point() else weight
            continue
        flat = weight.detach().float().flatten().cpu()
        groups = F.pad(flat, (0, -len(flat) % GROUP)).view(-1, GROUP)
        scale = (groups.abs().amax(dim=1, keepdim=True) / LEVELS[bits]).half()
        whole = (
            (groups / scale.float().clamp_min(1e-8))
            .round()
            .clamp(-LEVELS[bits], LEVELS[bits])
            .to(torch.int8)
        )
        if bits == 4:
            low, high = (whole + LEVELS[4] + 1).to(torch.uint8).view(-1, 2).unbind(dim=1)  # 1 to 15
            whole = low | high << 4
        packed |= {key: whole.flatten(), f"{key}.scale": scale[:, 0]}
    return packed


def unpack(packed: dict[str, Tensor], shapes: dict[str, torch.Size]) -> dict[str, Tensor]:
    """Return float32 weights of the given `shapes` from what `pack` made; raises KeyError or
    RuntimeError where they do not fit.
    """
    weights = {}
    for key, shape in shapes.items():
        if f"{key}.scale" not in packed:
            weights[key] = packed[key].float() if packed[key].is_floating_point() else packed[key]
            continue
        whole = packed[key]
        if whole.dtype == torch.uint8:
            whole = torch.stack([whole & 15, whole >> 4], dim=1).to(torch.int8) - LEVELS[4] - 1
        groups = whole.view(-1, GROUP).float() * packed[f"{key}.scale"].float()[:, None]
        weights[key] = groups.flatten()[: shape.numel()].view(shape)
    return weights
