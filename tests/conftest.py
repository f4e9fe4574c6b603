"""What every test starts from."""

from collections.abc import Iterator

import pytest

from aigc_demo.settings import settings


@pytest.fixture(autouse=True)
def fresh_settings() -> Iterator[None]:
    """Settings are read once: a test that changes the environment must not hand its settings on, nor find another's."""
    settings.cache_clear()
    yield
    settings.cache_clear()
