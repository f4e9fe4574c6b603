"""A small model of the Hub: its files, and the format that they are of."""

import random

from aigc_demo.hub import Format

FORMAT = Format(("config.json",), ("model.safetensors",), ("tokenizer.json",))
NAME = "someone/model"
WEIGHTS = random.Random(0).randbytes(50_000)
FILES = {"config.json": b'{"a": 1}', "tokenizer.json": b"{}", "model.safetensors": WEIGHTS}
SIZE = sum(map(len, FILES.values()))
