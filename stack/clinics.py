"""Demo data: the districts and doctors of each clinic, who is attached to which, and the doctors' rounds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from person_registry_stub.addresses import STREETS, Street
from person_registry_stub.attachment import CLINICS, CLINICS_FOR_ADULTS, attachment_of
from person_registry_stub.demo_cases import FULL_CLINIC
from person_registry_stub.demo_people import demo_people
from person_registry_stub.draws import Draws
from person_registry_stub.names import Sex, compose, draw_given, draw_people, draw_surname
from person_registry_stub.population import Population, Resident
from shared.law.hours import ProviderHours
from shared.law.providers import PROVIDERS

OF_AGE: Final = 18
DISTRICTS: Final = 4
"""How many districts of each kind a clinic has here."""
FAMILY_CLINICS: Final = frozenset({7, 23})
"""Where general practitioners serve adults and children alike (AP-1)."""
WEEKS_AHEAD: Final = 4
"""For so long rounds and appointments are entered."""
CALLS_OF_ROUND: Final = 6
ATTACHED_SINCE: Final = date(2024, 1, 9)
ROUNDS: Final = (("09:00", "13:00"), ("14:00", "18:00"))
SATURDAY_ROUNDS: Final = (("09:00", "13:00"),)
SHORTEST_FULL_DAY: Final = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class District:
    """One district of a clinic and its doctor."""

    clinic: int
    kind: str
    number: int

    @property
    def doctor(self) -> dict[str, str]:
        """The doctor, as both registers name them."""
        slug = f"{self.clinic:02d}-{self.kind}-{self.number}"
        return {"id": slug, "name": _name(Draws("doctor", slug))}

    @property
    def streets(self) -> list[str]:
        """The streets that it serves: those of the clinic dealt out to its districts; empty for the whole area."""
        streets = [street for street in STREETS if self.clinic in _clinics_at(street, self.kind)]
        return [street.name.kk for place, street in enumerate(streets) if 1 + place % DISTRICTS == self.number]


def districts_of(clinic: int) -> list[District]:
    """Return the districts of a clinic by its row in Appendix 3; clinics for children have no therapists."""
    kinds = ("therapist", "paediatrician") if clinic in CLINICS_FOR_ADULTS else ("paediatrician",)
    kinds = ("general_practitioner",) if clinic in FAMILY_CLINICS else kinds
    return [District(clinic, kind, number) for kind in kinds for number in range(1, DISTRICTS + 1)]


def districts() -> Iterator[dict[str, Any]]:
    """Yield every district as its clinic loads it: norms are the usual ones but for the clinic that is full."""
    for district in (each for clinic in CLINICS for each in districts_of(clinic)):
        full = {"norm": 0} if district.clinic == FULL_CLINIC else {}
        yield {
            "provider_bin": PROVIDERS[district.clinic - 1].bin,
            "number": district.number,
            "kind": district.kind,
            "doctor": district.doctor,
            "streets": district.streets,
            **full,
        }


def attachments(population: Population, on: date) -> Iterator[dict[str, Any]]:
    """Yield a row for the register for everyone who is attached somewhere on this day."""
    known = {(d.clinic, d.kind, d.number): d for clinic in CLINICS for d in districts_of(clinic)}
    doctors = {key: district.doctor for key, district in known.items()}
    also = {demo.person.iin: demo.also for demo in demo_people().values()}
    for resident in population.all():
        for clinic in (attachment_of(resident), also.get(resident.iin)):
            kind = "general_practitioner" if clinic in FAMILY_CLINICS else _kind_for(resident, on)
            district = (clinic, kind, 1 + Draws("district", resident.iin).below(DISTRICTS))
            if clinic is not None and district in known:
                yield {
                    "iin": resident.iin,
                    "provider_bin": PROVIDERS[clinic - 1].bin,
                    "district": {"number": district[2], "kind": kind},
                    "doctor": doctors[district],
                    "since": max(ATTACHED_SINCE, resident.birth_date).isoformat(),
                }


def rounds(hours: ProviderHours, first: date) -> Iterator[dict[str, Any]]:
    """Yield the rounds of every doctor for the next days, and a duty doctor for each clinic and day."""
    for day in (first + timedelta(days=ahead) for ahead in range(7 * WEEKS_AHEAD)):
        opening = hours.open_on(day)
        if opening is None:
            continue
        full = opening[1] - opening[0] >= SHORTEST_FULL_DAY
        for clinic in CLINICS:
            for district in districts_of(clinic):
                for begins, ends in ROUNDS if full else SATURDAY_ROUNDS:
                    yield _round(district, day, (begins, ends))
            duty = District(clinic, "general_practitioner", 0)
            yield _round(duty, day, (f"{opening[0]:%H:%M}", f"{opening[1]:%H:%M}"), duty=True)


def _round(district: District, day: date, hours: tuple[str, str], *, duty: bool = False) -> dict[str, Any]:
    doctor = district.doctor
    return {
        "id": f"{doctor['id']}-{day:%Y%m%d}-{hours[0][:2]}",
        "provider_bin": PROVIDERS[district.clinic - 1].bin,
        "doctor": doctor | {"kind": district.kind},
        "date": day.isoformat(),
        "from": hours[0],
        "to": hours[1],
        "calls": 0 if duty else CALLS_OF_ROUND,
        "duty": duty,
    }


def _clinics_at(street: Street, kind: str) -> set[int]:
    by_kind = {"paediatrician": {street.children}, "therapist": {street.adults}}
    return by_kind.get(kind, {street.adults, street.children})


def _name(draws: Draws) -> str:
    people = draw_people(draws)
    sex: Sex = "female" if draws.per_mille(750) else "male"
    father, born = draw_given(draws, people, "male"), draws.between(1958, 1996)
    name = compose(draw_surname(draws, people), draw_given(draws, people, sex), father, sex, born).kk
    return f"{name.surname} {name.given} {name.patronymic}"


def _kind_for(resident: Resident, on: date) -> str:
    born = resident.birth_date
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return "therapist" if age >= OF_AGE else "paediatrician"
