"""What an operator may set on this service: so far only what all services have."""

from shared.kit.settings import Settings


class DiplomaSettings(Settings):
    """The settings of the process ``diploma``."""

    name: str = "diploma"
