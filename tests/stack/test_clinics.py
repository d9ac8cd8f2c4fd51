from datetime import date
from typing import get_args

from person_registry_stub.population import DEFAULT_SEED, Population
from shared.kit.calendar import KazakhstanCalendar
from shared.law.doctors import DoctorKind
from shared.law.hours import ProviderHours
from stack.clinics import attachments, districts, rounds
from stack.schedules import schedules

TUESDAY = date(2026, 11, 24)


def test_ap_1_the_demo_has_people_attached_to_doctors_of_every_kind_and_each_receives_and_goes_on_rounds() -> None:
    hours = ProviderHours(KazakhstanCalendar())
    attached = list(attachments(Population(300, DEFAULT_SEED), TUESDAY))
    assert {row["district"]["kind"] for row in attached} == set(get_args(DoctorKind))
    theirs = {row["doctor"]["id"] for row in attached}
    assert theirs <= {row["doctor"]["id"] for row in districts()}
    assert theirs <= {row["doctor"]["id"] for row in rounds(hours, TUESDAY) if not row["duty"]}
    assert theirs <= {row["doctor"]["id"] for row in schedules(hours, TUESDAY)}
