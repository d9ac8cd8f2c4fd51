"""Bodies in and out of the internal routes: those that every service has, with this service's form."""

from typing import Literal

from shared.forms.appointment import AppointmentForm
from shared.kit.casework.draft_schemas import UnsignedRequest
from shared.kit.casework.schemas import SignedRequest


class DraftBody(UnsignedRequest):
    """A draft of a request for an appointment, before it is signed."""

    form: AppointmentForm


class RequestBody(SignedRequest):
    """A signed request for an appointment, forwarded by the gateway with the evidence of its signature."""

    service: Literal["appointment"]
    form: AppointmentForm
