"""One document of each kind that the other services issue, with the longest names: slip, appointment, duplicate."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from appointment_svc.documents import certificate as appointment
from appointment_svc.regulation import PASSPORT as APPOINTMENT
from appointment_svc.timetable import Doctor, Slot
from attachment_svc.documents import certificate as slip
from attachment_svc.holdings import Placement, Seat, Why
from attachment_svc.regulation import PASSPORT as ATTACHMENT
from diploma_svc.regulation import DUPLICATE_STAMP
from shared.documents.credential import CREDENTIAL_TYPE
from shared.law.college import COLLEGE
from tests.documents.conftest import LONGEST, PERSON, VISIT, Desk, heading

DOCTOR = VISIT.doctor.name or ""
TEN = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)
SLOT = Slot(
    slot_id=1,
    provider_bin=LONGEST.bin,
    doctor=Doctor("D-7", DOCTOR, "paediatrician"),
    replacement=DOCTOR,
    room="214",
    starts_at=TEN,
    ends_at=TEN + timedelta(minutes=20),
)
CREDENTIAL = {
    "issuer": {"id": f"https://densaulyq.example.kz/#{COLLEGE.bin}", "name": [
        {"@value": COLLEGE.name, "@language": "kk"}, {"@value": "Медицинский колледж", "@language": "ru"},
    ]},
    "validFrom": "2026-11-20T00:00:00+05:00",
    "name": [{"@value": "Диплом", "@language": "kk"}, {"@value": "Диплом", "@language": "ru"}],
    "credentialSubject": {
        "name": [{"@value": PERSON.name_kk, "@language": "kk"}, {"@value": PERSON.name_ru, "@language": "ru"}],
        "trainingDocument": {
            "number": "DP-2026-0000012", "series": "ТКБ", "blankNumber": "0123456", "hours": 4960,
            "programme": {"kk": "Мейіргер ісі", "ru": "Сестринское дело"},
            "decision": {"number": "7", "date": "2026-11-20"}, "order": {"number": "118-Б", "date": "2026-11-21"},
            "check": "https://densaulyq.example.kz/v1/documents/q3mJ8sV2yTfK0wZrXcB5nA",
            "duplicate": {
                "number": 3, "stamp": DUPLICATE_STAMP.format(number=3),
                "inPlaceOf": {"number": "DP-2019-0000044", "issuedOn": "2019-07-01"},
            },
        },
    },
    "evidence": [
        {
            "position": {"kk": "Басшы", "ru": "Руководитель"}, "name": PERSON.name_kk,
            "signedAt": "2026-11-23T10:00:00+05:00",
        }
    ],
}  # fmt: skip


def documents_of(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield each kind's name and a sealed document of it."""
    attached = Placement(Seat(7, "paediatrician", "D-7", DOCTOR), date(2026, 11, 24), Why.FREE_CHOICE)
    yield "slip", desk.seal(slip(replace(heading(), passport=ATTACHMENT), PERSON, attached))
    over = replace(heading(), passport=APPOINTMENT)
    yield "appointment", desk.seal(appointment(over, PERSON, SLOT, TEN))
    yield "no-time", desk.seal(appointment(over, PERSON, None, TEN))
    yield "duplicate", desk.seal(CREDENTIAL, typ=CREDENTIAL_TYPE)
