"""What an operator may set on the home visit service: no more than on any other."""

from shared.kit.casework.opening import CaseworkSettings


class HomeVisitSettings(CaseworkSettings):
    """The service's settings."""

    name: str = "home_visit"
