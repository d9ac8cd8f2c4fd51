"""What an operator may set of the person registry's stub."""

from pathlib import Path

from pydantic import Field

from person_registry_stub.population import DEFAULT_SEED, DEFAULT_SIZE, Population
from shared.kit.registry import REGISTRY_TEST_BIN
from shared.kit.settings import Settings


class RegistrySettings(Settings):
    """The common settings, the registry's seal, the size of its population, and whether it can be put into a mood."""

    name: str = "person_registry"
    seals_dir: Path = Path(".data/seals")
    """Folder with ``{bin}.key.pem`` and ``{bin}.chain.pem``."""
    registry_bin: str = REGISTRY_TEST_BIN
    population_size: int = Field(default=DEFAULT_SIZE, ge=0, le=5_000_000)
    population_seed: int = DEFAULT_SEED
    control_enabled: bool = True
    """Whether ``/control`` is there; it asks for no envelope, so it is for tests and demonstrations."""

    @property
    def population(self) -> Population:
        """The people it knows; those of the public test keys only where their numbers would pass."""
        return Population(self.population_size, self.population_seed, kit=not self.iin_check_digit)
