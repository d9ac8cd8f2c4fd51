"""What an operator may set on this service: so far only what all services have."""

from shared.kit.settings import Settings


class AppointmentSettings(Settings):
    """The settings of the process ``appointment``."""

    name: str = "appointment"
