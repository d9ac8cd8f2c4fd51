"""Bodies in and out of the internal routes: those that every service has, with this service's form."""

from typing import Literal

from shared.forms.home_visit import HomeVisitForm
from shared.kit.casework.draft_schemas import UnsignedRequest
from shared.kit.casework.schemas import SignedRequest


class DraftBody(UnsignedRequest):
    """A draft of a call, before it is signed."""

    form: HomeVisitForm


class RequestBody(SignedRequest):
    """A signed call, forwarded by the gateway with the evidence of its signature."""

    service: Literal["home-visit"]
    form: HomeVisitForm
