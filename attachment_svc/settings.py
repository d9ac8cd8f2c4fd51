"""What an operator may set on the attachment service, beyond what all services have."""

from pathlib import Path

from pydantic import Field

from shared.kit.attachments import ATTACHMENT_TEST_BIN
from shared.kit.settings import Settings


class AttachmentSettings(Settings):
    """The service's own settings; the defaults are those of the one-machine stack."""

    name: str = "attachment"
    seals_dir: Path = Path(".data/seals")
    """Folder with the register's ``{bin}.key.pem`` and ``{bin}.chain.pem``."""
    attachment_bin: str = Field(default=ATTACHMENT_TEST_BIN, pattern=r"^[0-9]{12}$")
    """BIN in whose name the register seals."""
