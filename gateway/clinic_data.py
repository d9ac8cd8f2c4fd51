"""What a clinic enters in bulk under its own ids, as the services take it; each row is reported on.

Whose it is stands in no body: the provider is that of whoever acts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from gateway.world import World
from shared.forms.clinic_data import DayIn, DistrictIn, RoundIn
from shared.forms.local_day import ClinicDoctor
from shared.kit.http import CallFailed
from shared.kit.pointers import Fault
from shared.kit.problems import Unavailable, Unprocessable
from shared.law.text import Text

SECONDS: Final = 15.0
MOST_BYTES: Final = 2_000_000
_OK: Final = 200
A = TypeVar("A", bound=BaseModel)
Outcome = Literal["entered", "unchanged", "refused"]
REFUSALS: Final[Mapping[str, Text]] = {
    "provider_closed": Text(
        "Ол уақытта ұйым жабық: жұмыс күні мен сағатын тексеріңіз (AP-3)",
        "В это время организация закрыта: проверьте рабочий день и часы (AP-3)",
        "The provider is closed then: look at the working day and hours (AP-3)",
    ),
    "doctor_elsewhere": Text(
        "Дәрігер сол уақытта басқа жерде қабылдайды",
        "Врач в это время принимает в другом месте",
        "The doctor receives elsewhere at that time",
    ),
    "appointments_booked": Text(
        "Жазылған адамдар бар, олардың уақыты жоғалар еді: алдымен сол жазылуларды болдырмаңыз немесе ауыстырыңыз",
        "Есть записанные, их время пропало бы: сначала отмените или перенесите эти приёмы",
        "There are appointments whose time would be gone: cancel or move these first",
    ),
    "calls_already_given": Text(
        "Бұл айналымға шақырулар берілген: уақытын, дәрігерін өзгертуге немесе санын азайтуға болмайды",
        "В этот обход уже назначены вызовы: время и врача менять нельзя, число вызовов нельзя уменьшить",
        "Calls are given to this round already: neither its time nor its doctor changes, nor do its calls become fewer",
    ),
}
"""Why a row is left as it was, for people."""


class ClinicDataUnavailable(Unavailable):
    """The service that keeps this does not answer now; the same body may be sent again."""

    slug = "clinic-data-unavailable"
    title = Text(
        "Деректерді қабылдайтын қызмет қазір жауап бермейді, сол деректерді қайта жіберіңіз",
        "Служба, принимающая эти данные, сейчас не отвечает, отправьте их ещё раз",
        "The service that takes these data does not answer now, send them again",
    )


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row; ``booked`` are the appointments that are in the way."""

    id: str
    outcome: Outcome
    code: str | None = None
    booked: tuple[Any, ...] = ()


class _Told(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)


class _Conflict(_Told):
    id: str
    code: str
    booked: list[AwareDatetime] = []


class _Entered(_Told):
    unchanged: list[str]
    conflicts: list[_Conflict] = []


class _District(_Told):
    kind: str
    number: int
    outcome: str


class _Districts(_Told):
    districts: list[_District]


async def enter_districts(world: World, provider_bin: str, districts: Sequence[DistrictIn]) -> list[RowReport]:
    """Enter districts, each by kind and number; raises ClinicDataUnavailable."""
    body = {"districts": [_whose(one, provider_bin) for one in districts]}
    told = await _ask(world, "attachment", "districts", body, _Districts)
    same = {f"{one.kind}-{one.number}" for one in told.districts if one.outcome == "unchanged"}
    return _reports([f"{one.kind}-{one.number}" for one in districts], _Entered(unchanged=sorted(same)))


async def enter_doctors(world: World, provider_bin: str, doctors: Sequence[ClinicDoctor]) -> list[RowReport]:
    """Enter doctors; raises ClinicDataUnavailable."""
    body = {"provider_bin": provider_bin, "doctors": [one.model_dump(mode="json") for one in doctors]}
    return _reports([one.id for one in doctors], await _ask(world, "appointment", "doctors", body, _Entered))


async def enter_schedules(world: World, provider_bin: str, days: Sequence[DayIn]) -> list[RowReport]:
    """Enter doctors' days; raises ClinicDataUnavailable."""
    body = {"schedules": [_whose(one, provider_bin) for one in days]}
    return _reports([one.id for one in days], await _ask(world, "appointment", "schedules", body, _Entered))


async def enter_rounds(world: World, provider_bin: str, rounds: Sequence[RoundIn]) -> list[RowReport]:
    """Enter rounds; raises ClinicDataUnavailable."""
    body = {"rounds": [_whose(one, provider_bin) for one in rounds]}
    return _reports([one.id for one in rounds], await _ask(world, "home_visit", "rounds", body, _Entered))


def _whose(row: BaseModel, provider_bin: str) -> dict[str, Any]:
    return row.model_dump(mode="json", by_alias=True, exclude_none=True) | {"provider_bin": provider_bin}


def _reports(ids: Sequence[str], told: _Entered) -> list[RowReport]:
    same, refused = set(told.unchanged), {one.id: one for one in told.conflicts}
    return [
        RowReport(one, "refused", refused[one].code, tuple(refused[one].booked))
        if one in refused
        else RowReport(one, "unchanged" if one in same else "entered")
        for one in ids
    ]


async def _ask(world: World, service: str, path: str, body: dict[str, Any], kind: type[A]) -> A:
    try:
        sent = json.dumps(body, ensure_ascii=False).encode()
        answer = await world.services[service].post(f"/internal/v1/{path}", sent, total=SECONDS, most=MOST_BYTES)
        if answer.status == Unprocessable.status:
            raise Unprocessable(errors=_faults(answer.body))
        if answer.status != _OK:
            raise ClinicDataUnavailable(retry_after=5)
        return kind.model_validate_json(answer.body)
    except (CallFailed, KeyError, ValidationError):
        raise ClinicDataUnavailable(retry_after=5) from None


def _faults(body: bytes) -> list[Fault]:
    told = json.loads(body)
    return [Fault(pointer=one["pointer"], code=one["code"]) for one in told.get("errors", [])]
