"""What is hostile is tried on the whole system."""

import pytest

from tests.system.fixtures import material, system
from tests.system.stage import stage

__all__ = ["material", "stage", "system"]


@pytest.fixture
def hostile_all(request: pytest.FixtureRequest) -> bool:
    """Whether everything is tried, or a part of it that is drawn the same way each time (``--hostile-all``)."""
    return bool(request.config.getoption("--hostile-all"))
