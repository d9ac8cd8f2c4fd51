"""What the certificate of a home visit says (HV-8.2); the refusal (HV-8.3) is the same in every service."""

from collections.abc import Mapping

from home_visit_svc.visits import DUTY_DOCTOR, Visit
from home_visit_svc.wording import AGAIN, CALLED, DUTY, address_line
from shared.law.answers import Heading, Party, Payload, certificate_kind, party, under
from shared.law.hours import ALMATY

CERTIFICATE_CLAUSES = ("HV-9", "HV-14")
REFUSAL_CLAUSE = "HV-8.3"


def certificate(
    heading: Heading, patient: Party, visit: Visit, address: Mapping[str, object], before: str | None = None
) -> Payload:
    """Return the certificate of an accepted call: who comes to whom, when and where (HV-8.2).

    ``before`` is the number of the call that the visit was first promised to, where this one is not the day's first.
    """
    begins, ends = visit.starts_at.astimezone(ALMATY), visit.ends_at.astimezone(ALMATY)
    words = CALLED if visit.doctor.role != DUTY_DOCTOR else DUTY
    said = words.filled(
        number=heading.number,
        day=begins.strftime("%d.%m.%Y"),
        begins=begins.strftime("%H:%M"),
        ends=ends.strftime("%H:%M"),
        doctor=f"{visit.doctor.name} " if visit.doctor.name else "",
        address=address_line(address),
    )
    if before:
        said = AGAIN.filled(earlier=before, said=said)
    return under(heading, certificate_kind(heading.passport)) | {
        "patient": party(patient),
        "visit": {
            "date": begins.date().isoformat(),
            "from": begins.isoformat(timespec="seconds"),
            "to": ends.isoformat(timespec="seconds"),
            "doctor": {"role": visit.doctor.role, "name": visit.doctor.name, "kind": visit.doctor.kind},
            "address": dict(address),
            **({"called_before": before} if before else {}),
        },
        "clauses": [heading.result_clause, *CERTIFICATE_CLAUSES],
        "text": said.as_dict(),
    }
