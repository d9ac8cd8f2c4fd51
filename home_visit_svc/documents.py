"""What the certificate (HV-8.2) and the reasoned refusal (HV-8.3) say, down to the exact bytes that are sealed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from home_visit_svc.regulation import DATA_CANNOT_BE_HAD, PASSPORT
from home_visit_svc.rules import Source
from home_visit_svc.visits import DUTY_DOCTOR, Visit
from home_visit_svc.wording import CALLED, DECREE, DUTY, REVIEW, address_line, named_together
from shared.law.grounds import Ground
from shared.law.hours import ALMATY
from shared.law.providers import Provider

VERSION = 1
CERTIFICATE = "home-visit-certificate"
REFUSAL = "home-visit-refusal"
CERTIFICATE_CLAUSES = ("HV-8.2", "HV-9", "HV-14")

Payload = dict[str, object]


@dataclass(frozen=True, slots=True)
class Party:
    """A person named in a document, with the names as the registry writes them; None where it was not asked."""

    iin: str
    name_kk: str | None = None
    name_ru: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over either document: its number, the token of its public check, and who gives it to whom."""

    number: str
    token: str
    issued_at: datetime
    provider: Provider
    applicant: Party


def certificate(heading: Heading, patient: Party, visit: Visit, address: Mapping[str, object]) -> Payload:
    """Return the certificate of an accepted call: who comes to whom, when and where (HV-8.2)."""
    begins, ends = visit.starts_at.astimezone(ALMATY), visit.ends_at.astimezone(ALMATY)
    words = CALLED if visit.doctor.role != DUTY_DOCTOR else DUTY
    return _heading(heading, CERTIFICATE) | {
        "patient": _party(patient),
        "visit": {
            "date": begins.date().isoformat(),
            "from": begins.isoformat(timespec="seconds"),
            "to": ends.isoformat(timespec="seconds"),
            "doctor": {"role": visit.doctor.role, "name": visit.doctor.name, "kind": visit.doctor.kind},
            "address": dict(address),
        },
        "clauses": list(CERTIFICATE_CLAUSES),
        "text": words.filled(
            number=heading.number,
            day=begins.strftime("%d.%m.%Y"),
            begins=begins.strftime("%H:%M"),
            ends=ends.strftime("%H:%M"),
            doctor=f"{visit.doctor.name} " if visit.doctor.name else "",
            address=address_line(address),
        ).as_dict(),
    }


def refusal(
    heading: Heading, patient: Party | None, grounds: Sequence[Ground], without_data: Sequence[Source] = ()
) -> Payload:
    """Return the reasoned refusal: every ground that holds, and how to have a person look at it again (HV-8.3).

    ``patient`` is None unless the applicant is known to be entitled: a refusal tells a stranger nothing.
    """
    named: Payload = {} if patient is None else {"patient": _party(patient)}
    telephones = ", ".join(heading.provider.telephones)
    review = REVIEW.filled(address=heading.provider.address, telephones=telephones)
    return (
        _heading(heading, REFUSAL)
        | named
        | {
            "grounds": [_ground(ground, without_data) for ground in grounds],
            "clauses": ["HV-8.3", *sorted({ground.clause for ground in grounds})],
            "review": {"text": review.as_dict(), "telephones": [*heading.provider.telephones, "1414"]},
        }
    )


def canonical(payload: Payload) -> bytes:
    """Return the one way to write the payload as bytes: sorted keys, no spaces, UTF-8 (RFC 8785 for what we write)."""
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _heading(heading: Heading, kind: str) -> Payload:
    provider = heading.provider
    return {
        "kind": kind,
        "version": VERSION,
        "number": heading.number,
        "check": {"token": heading.token, "path": f"/v1/documents/{heading.token}"},
        "issued_at": heading.issued_at.astimezone(ALMATY).isoformat(timespec="seconds"),
        "service": {"code": PASSPORT.code, "name": PASSPORT.name.as_dict()},
        "provider": {
            "bin": provider.bin,
            "name": provider.name,
            "address": provider.address,
            "telephones": list(provider.telephones),
        },
        "applicant": _party(heading.applicant),
        "decree": DECREE.as_dict(),
    }


def _party(party: Party) -> Payload:
    return {"iin": party.iin, "name": {"kk": party.name_kk, "ru": party.name_ru}}


def _ground(ground: Ground, without_data: Sequence[Source]) -> Payload:
    said: Payload = {"code": ground.code, "clause": ground.clause, "words": ground.words.as_dict()}
    if ground == DATA_CANNOT_BE_HAD:
        said["words"] = ground.words.filled(system=named_together(without_data)).as_dict()
        said["systems"] = [source.value for source in without_data]
    return said
