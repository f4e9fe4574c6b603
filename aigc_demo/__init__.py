"""AIGC Demo: how machines generate text and pictures, on real trained weights."""

__version__ = "0.2.0"


def load(name: str):
    """Return the model stored under `name`, ready to generate.

    Raises DemoError when there is no such checkpoint or its files are damaged.
    """
    from aigc_demo.core import checkpoints

    return checkpoints.load(name)


def available() -> list[str]:
    """Return the names of the checkpoints that `load` can open without a network, sorted."""
    from aigc_demo.core import checkpoints

    return checkpoints.available()
