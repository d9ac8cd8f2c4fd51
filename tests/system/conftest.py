"""The system itself is tried first."""

from tests.system.fixtures import material, system

__all__ = ["material", "system"]
