"""Bodies in and out of the internal routes: those that every service has, with this service's form."""

from typing import Literal

from shared.forms.attachment import AttachmentForm
from shared.kit.casework.draft_schemas import UnsignedRequest
from shared.kit.casework.schemas import SignedRequest


class DraftBody(UnsignedRequest):
    """A draft of an attachment, before it is signed."""

    form: AttachmentForm


class RequestBody(SignedRequest):
    """A signed request of attachment, forwarded by the gateway with the evidence of its signature."""

    service: Literal["attachment"]
    channel: Literal["in_person", "portal"]  # AT-6: nobody is attached by telephone.
    form: AttachmentForm
