"""What an operator may set on this service, beyond what all services have."""

from pydantic import Field

from shared.kit.casework.opening import CaseworkSettings


class DiplomaSettings(CaseworkSettings):
    """The settings of the process ``diploma``; the defaults are those of the one-machine stack."""

    name: str = "diploma"
    body_limit: int = Field(default=8_000_000, ge=1)
    """The largest request body in bytes: a scan of 5 MiB comes in base64."""
