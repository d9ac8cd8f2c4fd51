import itertools
import time
from dataclasses import replace
from datetime import date

import pytest

from attachment_svc.imports import Imported, Imports
from attachment_svc.journal import Looker, Register
from shared.kit.database import Database
from tests.home_visit.people import ADULT, CHILD, OTHER_PROVIDER, PROVIDER, TUESDAY_TEN, iin_of

TODAY = date(2026, 11, 24)
LOOKER = Looker("home_visit", "HV-12.2", b"hash of a person", TUESDAY_TEN)


def row(since: date = date(2024, 1, 9), doctor: str = "D-7", **changes: object) -> Imported:
    made = Imported(
        iin=ADULT,
        provider_bin=PROVIDER.bin,
        district_number=7,
        district_kind="therapist",
        doctor_id=doctor,
        doctor_name="Ахметов Ерлан",
        since=since,
        ended=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


async def held(register: Register, on: date = TODAY, iin: str = ADULT) -> list[tuple[str, str]]:
    return [(one.provider_bin, one.seat.doctor_id) for one in await register.look_up(iin, on, LOOKER)]


async def history(database: Database) -> list[tuple[str, date, date | None]]:
    async with database.connection() as connection:
        rows = await connection.fetch("SELECT doctor_id, since, ended FROM attachments ORDER BY since, provider_bin")
    return [tuple(one) for one in rows]


async def test_hv_12_2_the_register_tells_what_holds_today(imports: Imports, register: Register) -> None:
    await imports.enter([row(), row(iin=CHILD, doctor="D-9")], TUESDAY_TEN)
    assert await held(register) == [(PROVIDER.bin, "D-7")]
    assert await held(register, iin=iin_of(99)) == []


async def test_hv_12_2_what_has_ended_or_not_begun_does_not_hold(imports: Imports, register: Register) -> None:
    await imports.enter([row(date(2024, 1, 1), ended=TODAY)], TUESDAY_TEN)
    assert await held(register) == []
    assert await held(register, on=date(2026, 11, 23)) == [(PROVIDER.bin, "D-7")]
    await imports.enter([row(date(2026, 11, 25), doctor="D-8")], TUESDAY_TEN)
    assert await held(register) == []


async def test_the_same_rows_again_change_nothing(imports: Imports, database: Database) -> None:
    rows = [row(), row(provider_bin=OTHER_PROVIDER.bin)]
    assert await imports.enter(rows, TUESDAY_TEN) == 2
    assert await imports.enter(rows, TUESDAY_TEN) == 0
    assert len(await history(database)) == 2


async def test_at_17_1_4_imported_data_may_name_several_providers(imports: Imports, register: Register) -> None:
    await imports.enter([row(), row(provider_bin=OTHER_PROVIDER.bin)], TUESDAY_TEN)
    assert {bin_ for bin_, _ in await held(register)} == {PROVIDER.bin, OTHER_PROVIDER.bin}


STAYS = [row(date(2022, 1, 1), "D-1"), row(date(2024, 1, 1), "D-2"), row(date(2026, 1, 1), "D-3")]


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_whichever_was_imported_first_history_is_the_same(
    imports: Imports, register: Register, database: Database, order: tuple[int, ...]
) -> None:
    for place in (*order, order[0]):
        await imports.enter([STAYS[place]], TUESDAY_TEN)
    assert await history(database) == [
        ("D-1", date(2022, 1, 1), date(2024, 1, 1)),
        ("D-2", date(2024, 1, 1), date(2026, 1, 1)),
        ("D-3", date(2026, 1, 1), None),
    ]
    assert await held(register) == [(PROVIDER.bin, "D-3")]


async def test_a_whole_history_in_one_body_is_taken_too(imports: Imports, database: Database) -> None:
    await imports.enter([STAYS[2], STAYS[0], STAYS[1]], TUESDAY_TEN)
    assert [ended for _, _, ended in await history(database)] == [date(2024, 1, 1), date(2026, 1, 1), None]


async def test_a_gap_in_history_stays_a_gap(imports: Imports, database: Database) -> None:
    await imports.enter([replace(STAYS[0], ended=date(2023, 1, 1)), STAYS[1]], TUESDAY_TEN)
    assert (await history(database))[0] == ("D-1", date(2022, 1, 1), date(2023, 1, 1))


async def test_a_correction_of_the_doctor_keeps_the_day(imports: Imports, database: Database) -> None:
    await imports.enter([row()], TUESDAY_TEN)
    assert await imports.enter([row(doctor="D-8")], TUESDAY_TEN) == 1
    assert await history(database) == [("D-8", date(2024, 1, 9), None)]


async def test_every_look_is_noted_with_its_purpose_and_without_the_number(
    imports: Imports, register: Register, database: Database
) -> None:
    await imports.enter([row()], TUESDAY_TEN)
    await held(register)
    async with database.connection() as connection:
        [noted] = await connection.fetch("SELECT * FROM lookups")
    assert (noted["caller"], noted["purpose"], noted["found"]) == ("home_visit", "HV-12.2", 1)
    assert noted["person"] == b"hash of a person"
    assert ADULT not in str(dict(noted))


async def test_twenty_thousand_rows_are_written_within_three_seconds(imports: Imports, database: Database) -> None:
    rows = [row(iin=f"{place:012d}", doctor=f"D-{place % 40}") for place in range(20_000)]
    begun = time.monotonic()
    for first in range(0, len(rows), 1_000):
        await imports.enter(rows[first : first + 1_000], TUESDAY_TEN)
    assert time.monotonic() - begun < 3
    assert len(await history(database)) == 20_000
