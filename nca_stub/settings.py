"""What an operator may set of the certification authority's stub."""

from pathlib import Path

from shared.kit.settings import Settings


class AuthoritySettings(Settings):
    """The common settings, and the folder with the authority's own state."""

    name: str = "nca"
    nca_dir: Path = Path(".data/nca")
    control_enabled: bool = True
    """Whether ``/control`` is there; it asks for no envelope, so it is for tests and demonstrations."""
