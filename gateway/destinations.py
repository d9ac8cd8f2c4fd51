"""Where each state service's requests go: one line a service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from pydantic import BaseModel

from shared.forms.appointment import FORM_VERSION as APPOINTMENT_FORM_VERSION
from shared.forms.appointment import AppointmentForm
from shared.forms.attachment import FORM_VERSION as ATTACHMENT_FORM_VERSION
from shared.forms.attachment import AttachmentForm
from shared.forms.diploma import FORM_VERSION as DIPLOMA_FORM_VERSION
from shared.forms.diploma import DiplomaForm
from shared.forms.home_visit import FORM_VERSION as HOME_VISIT_FORM_VERSION
from shared.forms.home_visit import HomeVisitForm
from shared.law.channels import Channel
from shared.law.college import COLLEGE

TEN_MINUTES = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Desk:
    """How a service is asked for through an employee: its term by channel, and the clauses of processes 3, 4 and 5."""

    answer_within: Mapping[Channel, timedelta]
    clauses: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Destination:
    """One state service as the gateway sees it.

    ``code`` is its public name, ``service`` the process that answers for it (as envelopes and settings name it),
    ``form`` its public form, ``draft_life`` how long a draft waits for its signature, and ``answer_within`` its term on
    the portal. ``closes_intake``: requests are taken only until two hours before providers close (HV-9). ``same_day``:
    they are taken at any hour and answered by closing time of the day that they count from (AT-9). ``changes_later``:
    what was granted may be cancelled, moved or carried out, and the service tells of it (AP-18.8, HV-8; changes.py).
    ``followed_on``: whoever follows a request goes on following it after its answer. ``desk``: how it is asked for at
    the desk and by telephone.
    """

    code: str
    service: str
    form: type[BaseModel]
    form_version: int
    draft_life: timedelta
    answer_within: timedelta = timedelta(minutes=30)
    closes_intake: bool = False
    same_day: bool = False
    changes_later: bool = False
    followed_on: bool = False
    desk: Desk | None = None

    @staticmethod
    def provider_of(form: BaseModel) -> str:
        """Return the BIN of the provider that a form is to; one that names none is to the medical college (DP-2)."""
        return str(getattr(form, "provider_bin", COLLEGE.bin))


DESTINATIONS = {
    destination.code: destination
    for destination in (
        Destination(
            "home-visit",
            "home_visit",
            HomeVisitForm,
            HOME_VISIT_FORM_VERSION,
            draft_life=timedelta(days=1),
            answer_within=timedelta(minutes=30),  # HV-14
            closes_intake=True,  # HV-9
            changes_later=True,  # HV-8: what became of the visit, and to whom it was given.
            desk=Desk(
                {Channel.IN_PERSON: TEN_MINUTES, Channel.PHONE: TEN_MINUTES},  # HV-7.1, HV-7.2, HV-14
                ("HV-17.3", "HV-17.5", "HV-17.6"),
            ),
        ),
        Destination(
            "appointment",
            "appointment",
            AppointmentForm,
            APPOINTMENT_FORM_VERSION,
            draft_life=timedelta(minutes=5),  # AP-9: so long a draft holds its slot.
            answer_within=timedelta(minutes=30),  # AP-14
            changes_later=True,
            followed_on=True,
            desk=Desk(
                {Channel.IN_PERSON: TEN_MINUTES, Channel.PHONE: TEN_MINUTES},  # AP-7.1, AP-7.2, AP-14
                ("AP-17.3", "AP-17.5", "AP-17.6"),
            ),
        ),
        Destination(
            "attachment",
            "attachment",
            AttachmentForm,
            ATTACHMENT_FORM_VERSION,
            draft_life=timedelta(days=1),
            answer_within=timedelta(days=1),  # AT-16
            same_day=True,  # AT-9
            desk=Desk({Channel.IN_PERSON: timedelta(days=1)}, ("AT-19.3", "AT-19.5", "AT-19.6")),  # AT-6.1, AT-16
        ),
        Destination(
            "diploma",
            "diploma",
            DiplomaForm,
            DIPLOMA_FORM_VERSION,
            draft_life=timedelta(days=1),
            # DP-5 counts working days from the decision, which only the service knows: this is never longer.
            answer_within=timedelta(days=15),
            desk=Desk({Channel.IN_PERSON: timedelta(days=15)}, ("DP-11", "DP-11", "DP-15")),  # DP-9
        ),
    )
}


def purpose_of(service: str) -> str:
    """Return the clause by which an employee opens a request: the step in which it is filled and answered."""
    desk = DESTINATIONS[service].desk
    return desk.clauses[2] if desk else "HV-17"
