import asyncio
import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from appointment_svc.drafts import NoSuchSlot, SlotTaken
from appointment_svc.search import Query
from shared.kit.casework.attempts import try_within_exchange
from shared.kit.casework.process import take_up
from shared.kit.casework.timing import CLOSES_BEFORE, LEASE, AnotherFirst
from tests.appointment.surroundings import (
    COLLEAGUE,
    DOCTOR,
    PAEDIATRICIAN,
    Surroundings,
    at,
    form,
    schedule,
    times,
)
from tests.home_visit.people import (
    ADULT,
    CHILD,
    OTHER_PROVIDER,
    PROVIDER,
    STRANGER,
    TUESDAY_TEN,
    attachment,
    child,
    document,
    iin_of,
    person,
)

NIGHT = TUESDAY_TEN + timedelta(hours=15)
"""One o'clock at night, Almaty."""


def patients(around: Surroundings, count: int) -> list[str]:
    """So many adults who are attached to the therapist's district."""
    found = [iin_of(100 + number) for number in range(count)]
    around.registry.know(*(person(one) for one in found))
    for one in found:
        around.register.attach(one, attachment())
    return found


async def test_ap_8_2_a_granted_request_is_a_sealed_certificate_with_doctor_room_day_and_time(
    around: Surroundings,
) -> None:
    found, said = await around.booked("09:20")
    assert (found.outcome, said["kind"], said["number"]) == ("granted", "appointment-certificate", found.number)
    assert said["appointment"] == {
        "date": "2026-11-25",
        "from": "2026-11-25T09:20:00+05:00",
        "to": "2026-11-25T09:40:00+05:00",
        "doctor": {"id": DOCTOR, "name": "Дәрігер D-7", "kind": "therapist"},
        "room": "305",
    }
    for words in said["text"].values():
        assert "25.11.2026" in words
        assert "09:20" in words
        assert "305" in words
    assert said["clauses"] == ["AP-8.2", "AP-9", "AP-14"]
    assert [step.step for step in found.steps] == [6, 8]
    assert await around.states() == [("09:20", "booked")]


async def test_ap_1_a_parent_books_the_childs_paediatrician(around: Surroundings) -> None:
    _, said = await around.booked(asked=form("09:00", PAEDIATRICIAN), subject=CHILD)
    assert (said["applicant"]["iin"], said["patient"]["iin"]) == (ADULT, CHILD)
    assert said["appointment"]["doctor"]["kind"] == "paediatrician"


async def test_ap_9_ap_14_at_night_an_appointment_is_booked_and_answered_within_thirty_minutes(
    around: Surroundings,
) -> None:
    around.clock.at = NIGHT
    found, _ = await around.booked()
    assert (found.answer_by, found.outcome) == (NIGHT + timedelta(minutes=30), "granted")


async def test_ap_14_half_an_hour_is_half_an_hour_in_the_night_in_which_the_zone_changed(around: Surroundings) -> None:
    around.clock.at = datetime.fromisoformat("2024-02-29T23:50:00+06:00")
    await around.enter(schedule(day="2024-03-01"))
    asked = form("09:00", day="2024-03-01")
    request_id, told = await around.told(asked)
    assert told.notices[0].text.ru == "Это время сохранено за вами. Подписать можно до 23:55:00."
    found, said = await around.answered(request_id=request_id, asked=asked)
    assert (found.answer_by.isoformat(), found.outcome) == ("2024-02-29T18:20:00+00:00", "granted")
    assert (said["appointment"]["from"], "01.03.2024" in said["text"]["ru"]) == ("2024-03-01T09:00:00+05:00", True)


@pytest.mark.parametrize(("since", "grounds"), [(25, []), (26, ["not_attached_here"])])
async def test_ap_12_2_who_is_attached_from_the_day_of_the_appointment_on_books_it(
    around: Surroundings, since: int, grounds: list[str]
) -> None:
    around.register.attach(ADULT, attachment().model_copy(update={"since": date(2026, 11, since)}))
    assert await around.grounds(asked=form("09:00")) == grounds


async def test_ap_12_1_refused_without_an_identity_document_in_force(around: Surroundings) -> None:
    around.registry.know(person(ADULT, documents=(document(expires=TUESDAY_TEN.date() - timedelta(days=1)),)))
    assert await around.grounds() == ["identity_document_not_in_force"]


async def test_ap_12_1_refused_for_who_is_dead(around: Surroundings) -> None:
    around.registry.know(person(ADULT, deceased=TUESDAY_TEN.date() - timedelta(days=9)))
    assert await around.grounds() == ["person_deceased"]


async def test_ap_1_a_strangers_refusal_holds_nothing_of_the_other_person(around: Surroundings) -> None:
    _, said = await around.answered(subject=STRANGER)
    assert [ground["code"] for ground in said["grounds"]] == ["representative_not_entitled"]
    assert STRANGER not in json.dumps(said)


async def test_ap_12_2_refused_when_attached_elsewhere_and_told_how_to_attach(around: Surroundings) -> None:
    around.register.attach(ADULT, attachment(OTHER_PROVIDER.bin))
    _, said = await around.answered()
    assert [ground["code"] for ground in said["grounds"]] == ["not_attached_here"]
    assert said["grounds"][0]["remedy"]["service"] == "attachment"


async def test_ap_15_2_2_refused_when_the_signed_bytes_say_something_else(around: Surroundings) -> None:
    assert await around.grounds(content=b"{}") == ["not_by_the_informatisation_law"]


async def test_ap_17_5_shortly_before_the_term_ends_refused_for_want_of_data(around: Surroundings) -> None:
    around.register.silent = True
    entry = await around.taken(request_id=await around.draft(form()))
    await try_within_exchange(around.work, entry)
    around.clock.at = entry.answer_by - CLOSES_BEFORE
    await try_within_exchange(around.work, entry)
    _, said = await around.outcome(entry.request_id)
    assert [ground["code"] for ground in said["grounds"]] == ["data_cannot_be_had"]
    assert await around.states() == [("09:00", "released")]


async def test_ap_8_3_a_refused_request_lets_its_slot_go_at_once(around: Surroundings) -> None:
    around.register.attach(ADULT)
    found, _ = await around.booked()
    assert found.outcome == "refused"
    assert await around.states() == [("09:00", "released")]


async def test_ap_9_a_draft_holds_its_slot_for_five_minutes(around: Surroundings) -> None:
    other, *_ = patients(around, 1)
    _, told = await around.told(form())
    assert told.notices[0].code == "slot_held"
    assert "10:05:00" in told.notices[0].text.kk
    with pytest.raises(SlotTaken) as taken:
        await around.draft(form(), other)
    assert [one["starts_at"] for one in taken.value.members["nearest"]] == [  # type: ignore[attr-defined]
        "2026-11-25T09:20:00+05:00",
        "2026-11-25T09:40:00+05:00",
        "2026-11-25T10:00:00+05:00",
    ]
    around.later(minutes=5, seconds=30)
    assert await around.draft(form(), other)


async def test_ap_9_the_signature_extends_the_hold_once_until_the_term_ends(around: Surroundings) -> None:
    other, *_ = patients(around, 1)
    around.register.silent = True
    entry = await around.taken(request_id=await around.draft(form()))
    await try_within_exchange(around.work, entry)
    around.later(minutes=20)
    await try_within_exchange(around.work, entry)
    with pytest.raises(SlotTaken):
        await around.draft(form(), other)
    around.register.silent = False
    await try_within_exchange(around.work, entry)
    assert (await around.outcome(entry.request_id))[1]["appointment"]["from"] == at("09:00").isoformat()


@pytest.mark.parametrize(("clock", "day"), [("09:10", "2026-11-25"), ("11:00", "2026-11-25"), ("09:00", "2026-11-24")])
async def test_ap_9_a_time_that_the_schedule_has_not_or_that_has_passed_is_told_so(
    around: Surroundings, clock: str, day: str
) -> None:
    await around.enter(schedule(day="2026-11-24", hours="09:00-10:00"))
    with pytest.raises(NoSuchSlot) as told:
        await around.draft(form(clock, day=day))
    assert told.value.errors == ({"pointer": "/form/starts_at", "code": "no-such-slot"},)
    assert len(told.value.members["nearest"]) == 3  # type: ignore[arg-type]


async def test_ap_9_a_hold_that_was_lost_is_answered_with_the_nearest_free_time_and_says_so(
    around: Surroundings,
) -> None:
    other, *_ = patients(around, 1)
    mine = await around.draft(form("09:40"))
    around.later(minutes=6)
    await around.booked("09:40", applicant=other)
    found, said = await around.answered(request_id=mine, asked=form("09:40"))
    assert found.outcome == "granted"
    assert said["appointment"]["from"] == at("09:20").isoformat()
    assert said["chosen"] == at("09:40").isoformat()
    assert "25.11.2026 09:40" in said["text"]["kk"]


async def test_ap_9_a_hold_that_was_lost_and_is_still_free_is_taken_all_the_same(around: Surroundings) -> None:
    mine = await around.draft(form())
    around.later(minutes=50)
    _, said = await around.answered(request_id=mine)
    assert said["appointment"]["from"] == at("09:00").isoformat()
    assert "chosen" not in said


async def test_ap_9_where_the_doctor_is_full_a_colleague_of_the_same_kind_is_given(around: Surroundings) -> None:
    mine, *others = patients(around, 7)
    for clock, other in zip(("09:00", "09:20", "09:40", "10:00", "10:20", "10:40"), others, strict=True):
        await around.booked(clock, applicant=other)
    await around.enter(schedule(COLLEAGUE, hours="15:00-16:00"))
    _, said = await around.answered(applicant=mine)
    assert (said["appointment"]["doctor"]["id"], said["appointment"]["from"]) == (COLLEAGUE, at("15:00").isoformat())


async def test_ap_9_where_nothing_is_free_the_request_is_granted_and_says_what_comes_next(
    around: Surroundings,
) -> None:
    await around.enter(schedule(leave=True))
    found, said = await around.answered()
    assert (found.outcome, said["appointment"]) == ("granted", None)
    assert PROVIDER.telephones[0] in said["text"]["kk"]
    assert "подписывать заново не нужно" in said["text"]["ru"]


async def test_ap_9_of_two_requests_that_waited_the_one_signed_last_is_what_is_wanted(around: Surroundings) -> None:
    around.registry.silent = True
    first = await around.taken(request_id=await around.draft(form("09:00")), asked=form("09:00"))
    around.later(minutes=1)
    second = await around.taken(request_id=await around.draft(form("10:00")), asked=form("10:00"))
    around.registry.silent = False
    with pytest.raises(AnotherFirst):  # It waits for the first: until the loop comes to it again.
        await around.work.settle(second)
    assert await around.work.settle(first)
    assert await around.work.settle(second)
    assert await around.states() == [("09:00", "moved"), ("10:00", "booked")]


async def test_ap_14_a_request_follows_the_one_it_waited_for_within_a_second_however_often_it_was_tried(
    around: Surroundings,
) -> None:
    around.registry.silent = True
    first = await around.taken(asked=form("09:00"))
    around.later(seconds=1)
    second = await around.taken(asked=form("10:00"))
    around.registry.silent = False
    await take_up(around.work, replace(second, attempts=10))
    assert await around.work.settle(first)
    now = around.clock.now() + timedelta(seconds=1)
    assert second.request_id in {one.request_id for one in await around.work.journal.claim(now, now + LEASE, 16)}


async def test_ap_14_a_strangers_request_for_the_same_patient_keeps_nobody_waiting(around: Surroundings) -> None:
    around.registry.know(person(STRANGER))
    around.registry.silent_about = {STRANGER}
    await around.taken(applicant=STRANGER, subject=ADULT, asked=form("09:00"))
    around.later(seconds=1)
    mine = await around.taken(asked=form("10:00"))
    assert await around.work.settle(mine)
    assert await around.states() == [("10:00", "booked")]


async def test_ap_14_of_two_parents_the_one_who_signed_last_waits_for_the_other(around: Surroundings) -> None:
    around.registry.know(person(STRANGER, children=(CHILD,)), child(CHILD, parents=(ADULT, STRANGER)))
    around.registry.silent_about = {STRANGER}
    wanted = {"subject": CHILD, "asked": form("09:00", PAEDIATRICIAN)}
    first = await around.taken(applicant=STRANGER, **wanted)
    around.later(seconds=1)
    second = await around.taken(applicant=ADULT, **wanted | {"asked": form("10:00", PAEDIATRICIAN)})
    with pytest.raises(AnotherFirst):
        await around.work.settle(second)
    around.registry.silent_about = set()
    assert await around.work.settle(first)
    assert await around.work.settle(second)


async def test_ap_14_no_request_waits_for_an_earlier_one_past_its_own_term(around: Surroundings) -> None:
    around.registry.silent = True
    await around.taken(asked=form("09:00"))
    second = await around.taken(asked=form("10:00"))
    around.registry.silent = False
    around.clock.at = second.answer_by - CLOSES_BEFORE
    assert await around.work.settle(second)


async def test_ap_9_one_applicant_holds_one_slot_of_a_doctor_by_drafts(around: Surroundings) -> None:
    await around.draft(form("09:00"))
    await around.draft(form("10:00"))
    assert await around.states() == [("09:00", "released"), ("10:00", "held")]


async def test_ap_9_drafts_of_one_applicant_at_once_are_no_hindrance_to_each_other(around: Surroundings) -> None:
    """As when an answer is lost on its way, and the same is sent again while it is still being worked on."""
    for clock in ("09:00", "09:20", "09:20", "09:40"):
        await asyncio.gather(*(around.draft(form(clock)) for _ in range(2)), around.draft(form("10:00")))
    assert [state for _, state in await around.states()].count("held") == 1


async def test_ap_9_who_chooses_a_taken_slot_keeps_what_they_hold(around: Surroundings) -> None:
    other, *_ = patients(around, 1)
    await around.booked("10:00", applicant=other)
    await around.draft(form("09:00"))
    with pytest.raises(SlotTaken):
        await around.draft(form("10:00"))
    assert await around.states() == [("10:00", "booked"), ("09:00", "held")]


async def test_ap_9_a_repeated_draft_does_not_take_the_slot_from_the_first(around: Surroundings) -> None:
    first = await around.draft(form())
    await around.draft(form())
    _, said = await around.answered(request_id=first)
    assert said["appointment"]["from"] == at("09:00").isoformat()


async def test_ap_9_one_patient_has_one_appointment_to_come_with_a_doctor_a_new_one_replaces_it(
    around: Surroundings,
) -> None:
    first, _ = await around.booked("09:00")
    _, told = await around.told(form("10:00"))
    assert [notice.code for notice in told.notices] == ["slot_held", "moves_earlier_appointment"]
    assert "25.11.2026 09:00" in told.notices[1].text.ru
    second, _ = await around.booked("10:00")
    assert await around.states() == [("09:00", "moved"), ("10:00", "released"), ("10:00", "booked")]
    assert (await around.status(first.token), await around.status(second.token)) == ("replaced", "valid")
    assert times((await around.world.slots.search(whole(), around.clock.now())).slots)[0] == "09:00"


async def test_ap_9_a_strangers_draft_is_told_nothing_of_anothers_appointment(around: Surroundings) -> None:
    await around.booked("09:00")
    _, told = await around.told(form("10:00"), STRANGER, ADULT)
    assert [notice.code for notice in told.notices] == ["slot_held"]


async def test_ap_9_an_appointment_that_is_past_is_no_hindrance(around: Surroundings) -> None:
    await around.enter(schedule(day="2026-11-26"))
    await around.booked("09:00")
    around.clock.at = at("09:00") + timedelta(hours=8)
    first = (await around.states())[0]
    await around.booked(asked=form("09:20", day="2026-11-26"))
    assert (first, await around.states()) == (
        ("09:00", "booked"),
        [("09:00", "over"), ("09:20", "booked")],
    )


async def test_ap_9_of_a_thousand_clients_for_one_slot_one_gets_it_and_the_others_hear_of_other_times(
    around: Surroundings,
) -> None:
    clients = patients(around, 1000)

    async def try_it(client: str) -> bool:
        try:
            await around.draft(form(), client)
        except SlotTaken as taken:
            heard.append(len(taken.members["nearest"]))  # type: ignore[arg-type]
            return False
        return True

    heard: list[int] = []
    got = await asyncio.gather(*map(try_it, clients))
    assert (sum(got), heard) == (1, [3] * 999)
    assert await around.states() == [("09:00", "held")]


async def test_ap_9_of_fifty_signed_requests_for_six_slots_each_gets_another_or_none(around: Surroundings) -> None:
    clients = patients(around, 20)

    async def ask(client: str) -> str | None:
        _, said = await around.answered(applicant=client)
        return str(said["appointment"]["from"]) if said["appointment"] else None

    given = [one for one in await asyncio.gather(*map(ask, clients)) if one]
    assert len(given) == len(set(given)) == 6


def whole() -> Query:
    return Query(PROVIDER.bin, at("00:00"), at("23:59"), DOCTOR)
