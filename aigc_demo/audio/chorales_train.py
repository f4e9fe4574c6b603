"""How the chorale networks are trained: windows in twelve keys, in any order or left to right."""

from pathlib import Path

import torch
from torch import nn

from aigc_demo.audio.chorales import MAX_STEPS, VOICES, Corpus, starts, transpose, windows
from aigc_demo.audio.network import ChoralesConfig, ChoralesNetwork
from aigc_demo.audio.objectives import (
    any_order_loss,
    draw_given,
    draw_hidden,
    left_to_right_nats,
)
from aigc_demo.core import checkpoints, runtime
from aigc_demo.core.training import Recipe, optimizer_step

BATCH = 32  # windows of 128 steps; of shorter ones more
LENGTHS = (128, 128, 128, 128, 96, 64, 32)  # sixteenths of a window, one drawn a step
CONFIGS = {
    "audio-chorales": ChoralesConfig(False, 192, 6, heads=6, reach=2, dropout=0.15, axial=True),
    "audio-chorales-ar": ChoralesConfig(True, 192, 8, heads=6, reach=2, dropout=0.25),
}
LEARNING_RATE = 1.2e-3
WEIGHT_DECAY = {"audio-chorales": 0.05, "audio-chorales-ar": 0.1}  # of matrices alone


class ChoralesRecipe(Recipe[ChoralesConfig]):
    """Cross-entropy in nats a note.

    229 pieces are soon known by heart: transposition and dropout delay it. The weights that are
    shipped are those of the step at which the validation split was predicted best.
    """

    takes_snapshots = False

    def __init__(
        self,
        config: ChoralesConfig,
        pieces: Corpus,
        *,
        weight_decay: float = 0.05,
        batch: int = BATCH,
        seed: int = 0,
    ):
        with runtime.seeded(seed):
            network = ChoralesNetwork(config).to(runtime.device())
        weights = list(network.parameters())
        groups = [
            {"params": [p for p in weights if p.ndim >= 2], "weight_decay": weight_decay},
            {"params": [p for p in weights if p.ndim < 2], "weight_decay": 0.0},
        ]
        optimizer = torch.optim.AdamW(groups, LEARNING_RATE, betas=(0.9, 0.98))
        super().__init__(
            config,
            nn.ModuleDict({"network": network}),
            {"network": optimizer},
            runtime.generator(seed),
            average=0.999,
        )
        self.network, self.pieces, self.batch = network, pieces, batch
        self.begins = {T: starts(pieces, T) for T in set(LENGTHS)}

    def update(self) -> dict[str, float]:
        """Take one step on one batch of windows of one length; the loss is in nats a note."""
        network, optimizer = self.network, self.optimizers["network"]
        lengths = [T for T in LENGTHS if len(self.begins[T])]
        T = lengths[int(torch.randint(len(lengths), (), generator=self.generator))]
        begins, B = self.begins[T], self.batch * MAX_STEPS // T
        begin = begins[torch.randint(len(begins), (B,), generator=self.generator)]
        tokens, phases = windows(self.pieces, begin, T)
        tokens = transpose(tokens, self.generator)
        hidden = draw_hidden(draw_given((B, T, VOICES), self.generator), self.generator)
        tokens, phases, hidden = (x.to(runtime.device()) for x in (tokens, phases, hidden))
        with runtime.autocast():
            if self.config.causal:
                loss = left_to_right_nats(network, tokens, phases).mean()
            else:
                loss = any_order_loss(network, tokens, phases, hidden).mean()
        weights = network.parameters()  # in this order, not by groups, their gradients are summed
        optimizer_step(loss, optimizer, weights=weights, max_norm=1.0)
        return {"training": loss.item()}

    def export(self, folder: Path) -> None:
        """Write the averaged network."""
        checkpoints.save(folder, self.config, self.averaged["network"])
