"""What an operator may set on the attachment service: no more than on any other.

``attachment_bin`` is here the BIN in whose name the register seals what it tells the other services.
"""

from shared.kit.casework.opening import CaseworkSettings


class AttachmentSettings(CaseworkSettings):
    """The service's settings."""

    name: str = "attachment"
