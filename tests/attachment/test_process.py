from datetime import date, timedelta
from typing import Any

import pytest

from attachment_svc.holdings import Why
from attachment_svc.imports import Imported
from attachment_svc.journal import Looker
from shared.kit.casework.attempts import try_within_exchange
from shared.kit.casework.process import take_up
from shared.kit.casework.timing import CLOSES_BEFORE, LEASE
from tests.attachment.surroundings import Surroundings, district, home, request_body
from tests.home_visit.people import (
    ADULT,
    CHILD,
    OTHER_PROVIDER,
    PROVIDER,
    STRANGER,
    TUESDAY_TEN,
    child,
    document,
    person,
)

TODAY = date(2026, 11, 24)
ELSEWHERE = OTHER_PROVIDER.bin


def imported(iin: str = ADULT, provider_bin: str = ELSEWHERE, **changes: Any) -> Imported:
    made: dict[str, Any] = {
        "district_number": 1,
        "district_kind": "therapist",
        "doctor_id": "therapist-1",
        "doctor_name": "Дәрігер 1",
        "since": date(2024, 1, 9),
        "ended": None,
    }
    return Imported(iin=iin, provider_bin=provider_bin, **made | changes)


async def history(around: Surroundings, iin: str = ADULT) -> list[tuple[str, str, date, date | None]]:
    looker = Looker("gateway", "AT-7", b"person", around.clock.now())
    stays = await around.world.register.history(iin, TODAY, looker)
    return [(stay.provider_bin, stay.why, stay.since, stay.ended) for stay in stays]


async def counts(around: Surroundings) -> dict[tuple[str, str, int], int]:
    async with around.database.connection() as connection:
        rows = await connection.fetch("SELECT provider_bin, kind, number, attached FROM districts")
    return {(row["provider_bin"], row["kind"], row["number"]): row["attached"] for row in rows}


async def open_clinics(around: Surroundings) -> None:
    """Two clinics with one district of each kind."""
    for bin_ in (PROVIDER.bin, ELSEWHERE):
        await around.load(district(provider_bin=bin_), district(1, "paediatrician", provider_bin=bin_))


async def test_at_18_9_the_entry_is_committed_under_a_number_before_anything_is_asked(around: Surroundings) -> None:
    entry = await around.take(request_body())
    assert entry is not None
    found = await around.standing(entry.request_id)
    assert found.number.startswith("AT-2026-0")
    assert [(step.step, step.met) for step in found.steps] == [(6, True)]
    assert (found.outcome, around.registry.asked) == (None, [])


async def test_at_8_2_at_22_a_granted_request_is_a_sealed_slip_and_an_attachment(around: Surroundings) -> None:
    await open_clinics(around)
    found, slip = await around.answered()
    assert (found.outcome, slip["kind"], slip["number"]) == ("granted", "attachment-certificate", found.number)
    assert slip["provider"]["telephones"] == list(PROVIDER.telephones)
    assert slip["attachment"] == {
        "since": "2026-11-24",
        "district": {
            "number": 1,
            "kind": "therapist",
            "name": {"kk": "терапиялық", "ru": "терапевтический", "en": "a therapist's"},
        },
        "doctor": {"id": "therapist-1", "name": "Дәрігер 1"},
        "confirmed": False,
    }
    assert [step.step for step in found.steps] == [6, 8]
    assert await around.held() == [(PROVIDER.bin, "therapist", 1)]


async def test_at_1_a_parent_attaches_a_child_with_a_birth_certificate_and_the_slip_names_both(
    around: Surroundings,
) -> None:
    await open_clinics(around)
    _, slip = await around.answered(subject=CHILD)
    assert (slip["applicant"]["iin"], slip["patient"]["iin"]) == (ADULT, CHILD)
    assert slip["attachment"]["district"]["kind"] == "paediatrician"
    assert await around.held(CHILD) == [(PROVIDER.bin, "paediatrician", 1)]
    assert await around.held(ADULT) == []


async def test_at_8_the_old_attachment_ends_on_the_day_on_which_the_new_one_begins(around: Surroundings) -> None:
    await open_clinics(around)
    await around.world.imports.enter([imported()], TUESDAY_TEN)
    assert await around.grounds() == []
    assert await history(around) == [
        (PROVIDER.bin, "free_choice", TODAY, None),
        (ELSEWHERE, "imported", date(2024, 1, 9), TODAY),
    ]
    assert await counts(around) == {
        (PROVIDER.bin, "therapist", 1): 1,
        (PROVIDER.bin, "paediatrician", 1): 0,
        (ELSEWHERE, "therapist", 1): 0,
        (ELSEWHERE, "paediatrician", 1): 0,
    }


async def test_at_17_1_1_every_ground_of_clause_14(around: Surroundings) -> None:
    await open_clinics(around)
    around.registry.know(person(documents=(document(expires=date(2026, 11, 23)),)))
    assert await around.grounds() == ["identity_document_not_in_force"]
    around.registry.know(person(deceased=date(2026, 11, 1)))
    assert await around.grounds() == ["person_deceased"]
    assert await around.grounds(subject=STRANGER) == ["representative_not_entitled"]
    assert await history(around) == []


async def test_at_14_1_a_birth_certificate_serves_until_the_sixteenth_birthday(around: Surroundings) -> None:
    await open_clinics(around)
    around.registry.know(person(children=(CHILD,)), child(birth_date=date(2010, 11, 24), parents=(ADULT,)))
    assert await around.grounds(subject=CHILD) == ["identity_document_not_in_force"]
    around.registry.know(child(birth_date=date(2010, 11, 25), parents=(ADULT,)))
    assert await around.grounds(subject=CHILD) == []


async def test_at_1_a_strangers_refusal_says_nothing_of_the_other_person(around: Surroundings) -> None:
    await open_clinics(around)
    await around.world.imports.enter([imported(STRANGER), imported(STRANGER, PROVIDER.bin)], TUESDAY_TEN)
    _, refusal = await around.answered(subject=STRANGER)
    assert "patient" not in refusal
    assert STRANGER not in str(refusal)
    assert [ground["code"] for ground in refusal["grounds"]] == ["representative_not_entitled"]


async def test_at_17_1_2_a_second_free_choice_within_a_year_is_refused(around: Surroundings) -> None:
    await open_clinics(around)
    assert await around.grounds() == []
    around.clock.at = TUESDAY_TEN + timedelta(days=364)
    assert await around.grounds(provider_bin=ELSEWHERE) == ["chosen_more_than_once_a_year"]
    around.clock.pass_by(timedelta(days=1))
    assert await around.grounds(provider_bin=ELSEWHERE) == []
    assert await around.held() == [(ELSEWHERE, "therapist", 1)]


async def test_at_17_1_2_a_move_to_another_registered_address_is_no_free_choice(around: Surroundings) -> None:
    await open_clinics(around)
    around.registry.know(person(registered_address=home()))
    assert await around.grounds() == []
    assert await around.grounds(provider_bin=ELSEWHERE) == ["chosen_more_than_once_a_year"]
    around.registry.know(person(registered_address=home("Саин көшесі")))
    assert await around.grounds(provider_bin=ELSEWHERE) == []
    assert [why for _, why, _, _ in await history(around)] == [Why.MOVED_ADDRESS, Why.FREE_CHOICE]
    assert await around.grounds() == ["chosen_more_than_once_a_year"]


async def test_at_17_1_2_an_imported_attachment_is_not_held_against_the_person(around: Surroundings) -> None:
    await open_clinics(around)
    await around.world.imports.enter([imported()], TUESDAY_TEN)
    assert await around.grounds() == []


async def test_at_17_1_3_refused_when_the_norm_is_reached_in_every_fit_district(around: Surroundings) -> None:
    await around.load(district(1, norm=0), district(2, norm=0), district(1, "paediatrician"))
    _, refusal = await around.answered()
    [ground] = refusal["grounds"]
    assert (ground["code"], ground["clause"]) == ("population_above_the_norm", "AT-17.1.3")
    assert await around.grounds(subject=CHILD) == []


async def test_at_17_1_3_a_provider_without_a_district_for_the_persons_age_takes_them_not(around: Surroundings) -> None:
    await around.load(district(1, "paediatrician"))
    assert await around.grounds() == ["population_above_the_norm"]


async def test_at_17_1_3_a_general_practitioner_takes_everybody(around: Surroundings) -> None:
    await around.load(district(1, "general_practitioner"))
    assert await around.grounds() == []
    assert await around.grounds(subject=CHILD) == []


async def test_at_17_1_4_attached_to_several_providers_is_refused_until_the_clinics_have_put_it_right(
    around: Surroundings,
) -> None:
    await open_clinics(around)
    third = "130040900012"
    await around.world.imports.enter([imported(), imported(provider_bin=third)], TUESDAY_TEN)
    assert await around.grounds() == ["attached_to_several_providers"]
    await around.world.imports.enter([imported(provider_bin=third, ended=date(2026, 11, 1))], TUESDAY_TEN)
    assert await around.grounds() == []


async def test_at_17_2_2_other_bytes_than_what_is_asked_were_signed(around: Surroundings) -> None:
    await open_clinics(around)
    assert await around.grounds(content=b"{}") == ["not_by_the_informatisation_law"]


async def test_at_8_3_a_refusal_names_every_ground_that_holds(around: Surroundings) -> None:
    around.registry.know(person(documents=()))
    third = "130040900012"
    await around.world.imports.enter([imported(), imported(provider_bin=third)], TUESDAY_TEN)
    assert await around.grounds(content=b"{}") == [
        "identity_document_not_in_force",
        "population_above_the_norm",
        "attached_to_several_providers",
        "not_by_the_informatisation_law",
    ]


async def test_at_19_5_a_silent_registry_is_asked_again_and_named_when_the_term_is_almost_over(
    around: Surroundings,
) -> None:
    await open_clinics(around)
    around.registry.silent = True
    entry = await around.take(request_body())
    assert entry is not None
    await try_within_exchange(around.work, entry)
    assert (await around.standing(entry.request_id)).answered_at is None
    around.clock.at = entry.answer_by - CLOSES_BEFORE
    [again] = await around.work.journal.claim(around.clock.now(), around.clock.now() + LEASE, 9)
    await take_up(around.work, again)
    found = await around.standing(entry.request_id)
    assert (found.outcome, [step.met for step in found.steps]) == ("refused", [True, True])
    around.registry.silent = False
    around.registry.people.clear()
    assert await around.grounds() == ["data_cannot_be_had"]


async def test_asking_again_where_one_is_attached_confirms_it_and_changes_nothing(around: Surroundings) -> None:
    await open_clinics(around)
    await around.answered()
    around.clock.pass_by(timedelta(days=30))
    _, slip = await around.answered()
    assert (slip["attachment"]["confirmed"], slip["attachment"]["since"]) == (True, "2026-11-24")
    assert await history(around) == [(PROVIDER.bin, "free_choice", TODAY, None)]


async def test_a_person_who_has_come_of_age_is_given_to_a_therapist_of_the_same_provider(around: Surroundings) -> None:
    await open_clinics(around)
    around.registry.know(person(birth_date=date(2008, 11, 25)))
    await around.answered()
    assert await around.held() == [(PROVIDER.bin, "paediatrician", 1)]
    around.clock.pass_by(timedelta(days=1))
    assert await around.grounds() == []
    assert await around.held() == [(PROVIDER.bin, "therapist", 1)]
    assert [why for _, why, _, _ in await history(around)] == [Why.OTHER_DISTRICT, Why.FREE_CHOICE]


async def test_who_has_moved_gets_the_district_of_the_new_address_at_the_same_provider(around: Surroundings) -> None:
    await around.load(district(1, "therapist", "Абай даңғылы"), district(2, "therapist", "Саин көшесі"))
    around.registry.know(person(registered_address=home()))
    await around.answered()
    around.registry.know(person(registered_address=home("Саин көшесі")))
    await around.answered()
    assert await around.held() == [(PROVIDER.bin, "therapist", 2)]
    assert set((await counts(around)).values()) == {0, 1}


async def test_a_new_doctor_of_the_district_is_told_of_those_who_are_attached(around: Surroundings) -> None:
    await around.load(district())
    await around.answered()
    await around.load(district(2), district(1, "general_practitioner"))
    changed = district()
    async with around.database.connection() as connection:
        await connection.execute("UPDATE districts SET doctor_name = 'Жаңа дәрігер' WHERE number = 1")
    looker = Looker("home_visit", "HV-12.2", b"person", around.clock.now())
    [stay] = await around.world.register.look_up(ADULT, TODAY, looker)
    assert (stay.seat.key, stay.seat.doctor_name) == (changed.seat.key, "Жаңа дәрігер")


@pytest.mark.parametrize("times", [2, 3])
async def test_an_answer_asked_for_again_attaches_once(around: Surroundings, times: int) -> None:
    await open_clinics(around)
    entry = await around.take(request_body())
    assert entry is not None
    for _ in range(times):
        await take_up(around.work, entry)
    assert len(await history(around)) == 1


async def test_an_older_import_does_not_undo_what_a_request_decided(around: Surroundings) -> None:
    await open_clinics(around)
    await around.world.imports.enter([imported()], TUESDAY_TEN)
    await around.answered()
    assert await around.world.imports.enter([imported()], TUESDAY_TEN) == 0
    await around.world.imports.enter([imported(provider_bin="130040900012")], TUESDAY_TEN)
    assert await around.held() == [(PROVIDER.bin, "therapist", 1)]


async def test_a_clinic_may_end_what_a_request_began_and_change_nothing_else_of_it(around: Surroundings) -> None:
    await open_clinics(around)
    await around.answered()
    told = imported(provider_bin=PROVIDER.bin, since=TODAY, district_number=9)
    assert await around.world.imports.enter([told], TUESDAY_TEN) == 0
    assert await around.held() == [(PROVIDER.bin, "therapist", 1)]
    ended = imported(provider_bin=PROVIDER.bin, since=TODAY, ended=date(2026, 12, 1))
    assert await around.world.imports.enter([ended], TUESDAY_TEN) == 1
    assert await history(around) == [(PROVIDER.bin, "free_choice", TODAY, date(2026, 12, 1))]
