"""What an operator may set on this service, beyond what all services have."""

from pydantic import Field

from shared.kit.casework.opening import CaseworkSettings


class DiplomaSettings(CaseworkSettings):
    """The settings of the process ``diploma``; the defaults are those of the one-machine stack."""

    name: str = "diploma"
    public_url: str = Field(default="http://127.0.0.1:8000", pattern=r"^https?://[^/]+$")
    """The gateway's address as the world sees it: it stands in every document, for the check of its status."""
    body_limit: int = Field(default=8_000_000, ge=1)
    """The largest request body in bytes: a scan of 5 MiB comes in base64."""
