"""Who may do what is tried on the whole system."""

from tests.system.fixtures import material, system
from tests.system.stage import stage

__all__ = ["material", "stage", "system"]
