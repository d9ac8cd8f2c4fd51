"""What an operator may set on the home visit service, beyond what all services have."""

from pathlib import Path

from pydantic import Field

from shared.kit.attachments import ATTACHMENT_TEST_BIN
from shared.kit.registry import REGISTRY_TEST_BIN
from shared.kit.settings import Settings


class HomeVisitSettings(Settings):
    """The service's own settings; the defaults are those of the one-machine stack."""

    name: str = "home_visit"
    seals_dir: Path = Path(".data/seals")
    """Folder with every provider's ``{bin}.key.pem`` and ``{bin}.chain.pem``."""
    registry_url: str = "http://127.0.0.1:8010"
    registry_bin: str = Field(default=REGISTRY_TEST_BIN, pattern=r"^[0-9]{12}$")
    """BIN of the person registry's seal."""
    attachment_url: str = "http://127.0.0.1:8003"
    attachment_bin: str = Field(default=ATTACHMENT_TEST_BIN, pattern=r"^[0-9]{12}$")
    """BIN of the seal of the register of the attached population."""
    calendar_overrides: Path | None = None
    """CSV of dates that a legal act made working or off (``date,kind,act``)."""
