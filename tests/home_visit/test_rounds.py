import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import asyncpg
import pytest

from home_visit_svc.journal import Round, Rounds, Wanted, reserve
from home_visit_svc.visits import Visit, opportunity
from shared.kit.calendar import KazakhstanCalendar
from shared.kit.database import Database
from shared.law.hours import ProviderHours
from tests.home_visit.people import OTHER_PROVIDER, PROVIDER, TUESDAY_TEN

HOURS = ProviderHours(KazakhstanCalendar())
DAY = date(2026, 11, 24)


def at(hour: int) -> datetime:
    """An hour of Tuesday in Almaty."""
    return datetime(2026, 11, 24, hour, tzinfo=UTC) - timedelta(hours=5)


def round_of(clinic_round_id: str, begins: int = 9, ends: int = 13, **changes: object) -> Round:
    made = Round(
        provider_bin=PROVIDER.bin,
        clinic_round_id=clinic_round_id,
        doctor_id="D-7",
        doctor_name="Ахметов Ерлан",
        doctor_kind="therapist",
        day=DAY,
        starts_at=at(begins),
        ends_at=at(ends),
        calls=6,
        duty=False,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def duty(clinic_round_id: str = "duty", kind: str = "general_practitioner", begins: int = 8, ends: int = 20) -> Round:
    return round_of(
        clinic_round_id, begins, ends, doctor_id="D-0", doctor_name="Кезекші", doctor_kind=kind, calls=0, duty=True
    )


async def ask(database: Database, now: datetime = TUESDAY_TEN, doctor: str = "D-7", kind: str = "therapist") -> Visit:
    wanted = Wanted(PROVIDER.bin, doctor, kind, opportunity(HOURS, counts_from=now, now=now))
    async with database.transaction() as connection:
        return await reserve(connection, wanted)


async def test_hv_8_the_earliest_round_of_the_district_doctor_takes_the_call(database: Database) -> None:
    await Rounds(database).enter([round_of("late", 14, 18), round_of("early", 11, 13), duty()], TUESDAY_TEN)
    visit = await ask(database)
    assert (visit.doctor.role, visit.doctor.name) == ("district", "Ахметов Ерлан")
    assert (visit.starts_at, visit.ends_at) == (at(11), at(13))


async def test_hv_8_of_a_round_under_way_the_rest_is_promised(database: Database) -> None:
    await Rounds(database).enter([round_of("now", 9, 13)], TUESDAY_TEN)
    visit = await ask(database)
    assert (visit.starts_at, visit.ends_at) == (TUESDAY_TEN, at(13))


async def test_hv_8_a_round_that_is_over_takes_no_call(database: Database) -> None:
    await Rounds(database).enter([round_of("over", 8, 10), round_of("next", 14, 18)], TUESDAY_TEN)
    assert (await ask(database)).starts_at == at(14)


async def test_hv_8_another_doctors_provider_s_or_day_s_round_takes_no_call(database: Database) -> None:
    others = [
        round_of("doctor", doctor_id="D-8"),
        round_of("provider", provider_bin=OTHER_PROVIDER.bin),
        round_of(
            "day",
            day=date(2026, 11, 25),
            starts_at=at(9) + timedelta(days=1),
            ends_at=at(13) + timedelta(days=1),
        ),
    ]
    await Rounds(database).enter(others, TUESDAY_TEN)
    visit = await ask(database)
    assert (visit.round_id, visit.doctor.role) == (None, "duty")


async def test_hv_8_when_the_rounds_are_full_the_duty_doctor_takes_any_number(database: Database) -> None:
    await Rounds(database).enter([round_of("small", calls=2), duty()], TUESDAY_TEN)
    roles = [(await ask(database)).doctor.role for _ in range(9)]
    assert roles == ["district"] * 2 + ["duty"] * 7


async def test_hv_8_a_child_gets_the_duty_paediatrician_rather_than_another_duty_doctor(database: Database) -> None:
    await Rounds(database).enter([duty("general", begins=8), duty("children", "paediatrician", begins=9)], TUESDAY_TEN)
    assert (await ask(database, doctor="D-9", kind="paediatrician")).doctor.kind == "paediatrician"
    assert (await ask(database, doctor="D-7", kind="general_practitioner")).doctor.kind == "general_practitioner"


async def test_hv_8_without_any_round_the_providers_duty_doctor_comes_before_closing(database: Database) -> None:
    visit = await ask(database)
    assert (visit.round_id, visit.doctor.name, visit.starts_at, visit.ends_at) == (None, None, TUESDAY_TEN, at(20))


async def test_hv_8_a_hundred_calls_at_once_never_overfill_a_round_of_seven(database: Database) -> None:
    await Rounds(database).enter([round_of("seven", calls=4), round_of("more", 14, 18, calls=3), duty()], TUESDAY_TEN)
    visits = await asyncio.gather(*(ask(database) for _ in range(100)))
    roles = [visit.doctor.role for visit in visits]
    assert (roles.count("district"), roles.count("duty")) == (7, 93)
    async with database.connection() as connection:
        taken = {row["clinic_round_id"]: row["taken"] for row in await connection.fetch("SELECT * FROM rounds")}
    assert taken == {"seven": 4, "more": 3, "duty": 93}


async def test_hv_8_the_database_itself_refuses_an_overfull_round(database: Database) -> None:
    await Rounds(database).enter([round_of("one", calls=1)], TUESDAY_TEN)
    async with database.connection() as connection:
        with pytest.raises(asyncpg.CheckViolationError):
            await connection.execute("UPDATE rounds SET taken = taken + 2")


async def test_a_round_entered_again_stays_one_round(database: Database) -> None:
    for _ in range(2):
        assert await Rounds(database).enter([round_of("same")], TUESDAY_TEN) == []
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM rounds") == 1


async def test_a_round_without_calls_may_change_in_everything(database: Database) -> None:
    await Rounds(database).enter([round_of("moved", 9, 13)], TUESDAY_TEN)
    assert await Rounds(database).enter([round_of("moved", 15, 17, doctor_id="D-8")], TUESDAY_TEN) == []
    assert (await ask(database, doctor="D-8")).starts_at == at(15)


@pytest.mark.parametrize(
    "change",
    [{"calls": 2}, {"doctor_name": "Басқа"}, {"starts_at": at(10)}, {"duty": True}, {"day": date(2026, 11, 25)}],
)
async def test_hv_8_what_was_promised_to_patients_is_not_changed_under_them(
    database: Database, change: dict[str, object]
) -> None:
    kept = round_of("promised", calls=5)
    await Rounds(database).enter([kept], TUESDAY_TEN)
    for _ in range(3):
        await ask(database)
    changed, other = replace(kept, **change), round_of("other", 14, 18)  # type: ignore[arg-type]
    assert await Rounds(database).enter([changed, other], TUESDAY_TEN) == [changed]
    async with database.connection() as connection:
        row = await connection.fetchrow("SELECT * FROM rounds WHERE clinic_round_id = 'promised'")
        assert (row["calls"], row["doctor_name"], row["starts_at"], row["taken"]) == (5, "Ахметов Ерлан", at(9), 3)
        assert await connection.fetchval("SELECT count(*) FROM rounds") == 2


async def test_a_round_with_calls_may_take_more_calls(database: Database) -> None:
    await Rounds(database).enter([round_of("grows", calls=1)], TUESDAY_TEN)
    await ask(database)
    assert await Rounds(database).enter([round_of("grows", calls=2)], TUESDAY_TEN) == []
    assert (await ask(database)).doctor.role == "district"


async def test_hv_8_a_round_in_its_last_hour_takes_no_call_for_nobody_would_come(database: Database) -> None:
    await Rounds(database).enter([round_of("ending", 9, 13), duty("on-duty")], TUESDAY_TEN)
    in_time = await ask(database, TUESDAY_TEN + timedelta(hours=2))
    late = await ask(database, TUESDAY_TEN + timedelta(hours=2, seconds=1))
    assert (in_time.doctor.role, late.doctor.role) == ("district", "duty")
