"""What an operator may set on the appointment service: no more than on any other."""

from shared.kit.casework.opening import CaseworkSettings


class AppointmentSettings(CaseworkSettings):
    """The service's settings."""

    name: str = "appointment"
