"""What the certificate of an appointment says (AP-8.2); the refusal (AP-8.3) is the same in every service."""

from datetime import datetime

from appointment_svc.timetable import Slot
from appointment_svc.wording import BOOKED, KINDS, NEAREST_INSTEAD, NO_TIME_NOW
from shared.law.answers import Heading, Party, Payload, certificate_kind, party, spoken_name, under
from shared.law.hours import ALMATY
from shared.law.text import LANGUAGES, Text

CERTIFICATE_CLAUSES = ("AP-9", "AP-14")
REFUSAL_CLAUSE = "AP-8.3"


def certificate(heading: Heading, patient: Party, slot: Slot | None, asked: datetime) -> Payload:
    """Return the certificate of a booked appointment: with which doctor, where, on which day and when (AP-8.2).

    Args:
        heading: What stands over it.
        patient: Who comes to the doctor.
        slot: The appointment; None where nothing is free at the provider and the citizen picks a time later.
        asked: The time that was chosen; where another is given the certificate says so.
    """
    kept = slot is not None and slot.starts_at == asked
    said: Payload = {
        "patient": party(patient),
        "appointment": None if slot is None else _appointment(slot),
        "clauses": [heading.result_clause, *CERTIFICATE_CLAUSES],
        "text": _text(heading, patient, slot, asked).as_dict(),
    }
    chosen: Payload = {} if kept else {"chosen": asked.astimezone(ALMATY).isoformat(timespec="seconds")}
    return under(heading, certificate_kind(heading.passport)) | said | chosen


def moment(at: datetime) -> str:
    """Return a moment as people of Almaty write it."""
    return at.astimezone(ALMATY).strftime("%d.%m.%Y %H:%M")


def _appointment(slot: Slot) -> Payload:
    begins = slot.starts_at.astimezone(ALMATY)
    doctor: Payload = {"id": slot.doctor.id, "name": slot.doctor.name, "kind": slot.doctor.kind}
    if slot.replacement is not None:
        doctor["replaced_by"] = slot.replacement
    return {
        "date": begins.date().isoformat(),
        "from": begins.isoformat(timespec="seconds"),
        "to": slot.ends_at.astimezone(ALMATY).isoformat(timespec="seconds"),
        "doctor": doctor,
        "room": slot.room,
    }


def _text(heading: Heading, patient: Party, slot: Slot | None, asked: datetime) -> Text:
    whose = {"number": heading.number, "patient": spoken_name(patient)}
    if slot is None:
        telephones = ", ".join(heading.provider.telephones)
        return NO_TIME_NOW.filled(**whose, asked=moment(asked), telephones=telephones)
    begins = slot.starts_at.astimezone(ALMATY)
    booked = BOOKED.filled(
        **whose,
        day=begins.strftime("%d.%m.%Y"),
        begins=begins.strftime("%H:%M"),
        kind=KINDS[slot.doctor.kind],
        doctor=slot.replacement or slot.doctor.name,
        room=slot.room,
        address=heading.provider.address,
    )
    if slot.starts_at == asked:
        return booked
    instead = NEAREST_INSTEAD.filled(asked=moment(asked))
    return Text(*(f"{booked.said_in(language)} {instead.said_in(language)}" for language in LANGUAGES))
