"""Where each state service's requests go: one line a service."""

from dataclasses import dataclass
from datetime import timedelta

from pydantic import BaseModel

from shared.forms.home_visit import FORM_VERSION as HOME_VISIT_FORM_VERSION
from shared.forms.home_visit import HomeVisitForm


@dataclass(frozen=True, slots=True)
class Destination:
    """One state service as the gateway sees it.

    ``code`` is its public name, ``service`` the process that answers for it (as envelopes and settings name it),
    ``form`` its public form, and ``draft_life`` how long a draft waits for its signature.
    """

    code: str
    service: str
    form: type[BaseModel]
    form_version: int
    draft_life: timedelta


DESTINATIONS = {
    destination.code: destination
    for destination in (
        Destination("home-visit", "home_visit", HomeVisitForm, HOME_VISIT_FORM_VERSION, timedelta(days=1)),
    )
}
