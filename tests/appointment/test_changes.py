"""What becomes of an appointment after its certificate: cancelled, moved, kept."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

from appointment_svc.search import Query
from appointment_svc.standing import SignedCancellation
from tests.appointment.surroundings import (
    COLLEAGUE,
    DOCTOR,
    WEDNESDAY,
    Surroundings,
    at,
    form,
    schedule,
    times,
)
from tests.forwarded import asked_of, content_of
from tests.home_visit.people import ADULT, OTHER_PROVIDER, PROVIDER, STRANGER, attachment, person

SIGNED = SignedCancellation(b"content", b"cms", {"verifier": "test"})


async def free(around: Surroundings) -> list[str]:
    query = Query(PROVIDER.bin, at("00:00"), at("23:59"), DOCTOR)
    return times((await around.world.slots.search(query, around.clock.now())).slots)


async def cancel(around: Surroundings, request_id: UUID) -> bool:
    return await around.world.appointments.cancel(request_id, SIGNED, around.clock.now())


async def doctor_ill(around: Surroundings, *numbers: str) -> list[str]:
    """The clinic cancels the therapist's Wednesday, or these appointments alone."""
    days = [] if numbers else [f"{DOCTOR}-{WEDNESDAY}"]
    cancelled = await around.world.appointments.cancel_by_clinic(PROVIDER.bin, days, numbers, around.clock.now())
    return [number for _, number in cancelled]


async def state(around: Surroundings, request_id: UUID) -> str:
    found = await around.world.appointments.of_request(request_id)
    assert found is not None
    return found.state


async def test_ap_9_the_citizen_cancels_until_the_start_and_the_slot_is_free_again(around: Surroundings) -> None:
    found, _ = await around.booked("09:00")
    assert "09:00" not in await free(around)
    assert await cancel(around, found.request_id)
    assert "09:00" in await free(around)
    assert await around.status(found.token) == "cancelled"
    assert await state(around, found.request_id) == "cancelled_by_citizen"


async def test_ap_9_a_cancellation_is_kept_with_its_signature_and_happens_once(around: Surroundings) -> None:
    found, _ = await around.booked("09:00")
    assert [await cancel(around, found.request_id), await cancel(around, found.request_id)] == [True, False]
    async with around.database.connection() as connection:
        row = await connection.fetchrow("SELECT content, cms, evidence::text FROM cancellations")
    assert (row["content"], row["cms"], json.loads(row["evidence"])) == (b"content", b"cms", {"verifier": "test"})


async def test_ap_9_what_has_begun_is_not_cancelled(around: Surroundings) -> None:
    found, _ = await around.booked("09:00")
    around.clock.at = at("09:00")
    assert not await cancel(around, found.request_id)
    assert await around.status(found.token) == "valid"


async def test_ap_9_an_appointment_is_moved_in_one_step_also_to_another_doctor(around: Surroundings) -> None:
    await around.enter(schedule(COLLEAGUE))
    first, _ = await around.booked("09:00")
    second, said = await around.booked(asked=form("10:00", COLLEAGUE, moves=str(first.request_id)))
    assert said["appointment"]["doctor"]["id"] == COLLEAGUE
    assert await state(around, first.request_id) == "moved"
    assert (await around.status(first.token), await around.status(second.token)) == ("replaced", "valid")
    assert "09:00" in await free(around)


async def test_ap_9_anothers_appointment_is_not_moved(around: Surroundings) -> None:
    await around.enter(schedule(COLLEAGUE))
    first, _ = await around.booked("09:00")
    around.registry.know(person(STRANGER))
    around.register.attach(STRANGER, attachment())
    asked = form("10:00", COLLEAGUE, moves=str(first.request_id))
    found, _ = await around.booked(asked=asked, applicant=STRANGER)
    assert found.outcome == "granted"
    assert await state(around, first.request_id) == "booked"


async def moved_unsigned(around: Surroundings, first: UUID, asked: dict[str, Any], **changes: Any) -> tuple[Any, Any]:
    """Move as the gateway does after the clinic cancelled: another form, the bytes signed for the first request."""
    request_id = await around.draft(asked)
    content = content_of(asked_of("appointment", first, (ADULT, ADULT), form("09:00")))
    return await around.answered(**({"request_id": request_id, "asked": asked, "content": content} | changes))


async def test_ap_9_what_the_clinic_cancelled_is_moved_without_signing_anew(around: Surroundings) -> None:
    await around.enter(schedule(COLLEAGUE))
    first, _ = await around.booked("09:00")
    assert await doctor_ill(around) == [first.number]
    assert (await around.status(first.token), await free(around)) == ("cancelled", [])
    second, said = await moved_unsigned(around, first.request_id, form("09:40", COLLEAGUE, moves=str(first.request_id)))
    assert (second.outcome, said["appointment"]["from"]) == ("granted", at("09:40").isoformat())
    assert await around.status(first.token) == "replaced"


async def test_ap_9_and_moved_again_when_the_clinic_cancels_again(around: Surroundings) -> None:
    first, _ = await around.booked("09:00")
    await doctor_ill(around, first.number)
    second, _ = await moved_unsigned(around, first.request_id, form("09:40", moves=str(first.request_id)))
    await doctor_ill(around, second.number)
    third, said = await moved_unsigned(around, first.request_id, form("10:00", moves=str(second.request_id)))
    assert (third.outcome, said["appointment"]["from"]) == ("granted", at("10:00").isoformat())


async def test_ap_15_2_2_what_the_clinic_did_not_cancel_is_not_moved_by_an_old_signature(around: Surroundings) -> None:
    first, _ = await around.booked("09:00")
    second, said = await moved_unsigned(around, first.request_id, form("09:40", moves=str(first.request_id)))
    assert [ground["code"] for ground in said["grounds"]] == ["not_by_the_informatisation_law"]
    assert (second.outcome, await state(around, first.request_id)) == ("refused", "booked")


async def test_ap_15_2_2_no_other_bytes_than_those_signed_for_it_move_what_the_clinic_cancelled(
    around: Surroundings,
) -> None:
    first, _ = await around.booked("09:00")
    await doctor_ill(around, first.number)
    content = content_of(asked_of("appointment", first.request_id, (ADULT, ADULT), form("10:40")))
    asked = form("09:40", moves=str(first.request_id))
    second, _ = await moved_unsigned(around, first.request_id, asked, content=content)
    assert second.outcome == "refused"


async def test_ap_12_2_what_the_clinic_cancelled_is_moved_by_the_facts_of_today(around: Surroundings) -> None:
    first, _ = await around.booked("09:00")
    await doctor_ill(around, first.number)
    around.register.attach(ADULT, attachment(OTHER_PROVIDER.bin))
    _, said = await moved_unsigned(around, first.request_id, form("09:40", moves=str(first.request_id)))
    assert [ground["code"] for ground in said["grounds"]] == ["not_attached_here"]


async def test_ap_9_a_clinic_cancels_one_appointment_and_its_time_is_free(around: Surroundings) -> None:
    first, _ = await around.booked("09:00")
    assert await doctor_ill(around, first.number) == [first.number]
    assert "09:00" in await free(around)


async def test_ap_9_a_clinic_cancels_nothing_of_another_clinic_and_nothing_that_was(around: Surroundings) -> None:
    first, _ = await around.booked("09:00")
    now = around.clock.now()
    assert await around.world.appointments.cancel_by_clinic(OTHER_PROVIDER.bin, [], [first.number], now) == []
    around.clock.at = at("09:00") + timedelta(minutes=1)
    assert await doctor_ill(around) == []
    assert await state(around, first.request_id) == "booked"


async def test_ap_9_the_clinic_notes_whether_the_patient_came(around: Surroundings) -> None:
    first, _ = await around.booked("09:00")
    note = around.world.appointments.note_visit
    assert not await note(PROVIDER.bin, first.number, around.clock.now(), came=True)
    around.clock.at = at("09:05")
    assert not await note(OTHER_PROVIDER.bin, first.number, around.clock.now(), came=True)
    assert await note(PROVIDER.bin, first.number, around.clock.now(), came=False)
    assert await state(around, first.request_id) == "did_not_come"
    assert await note(PROVIDER.bin, first.number, around.clock.now(), came=True)
    assert await state(around, first.request_id) == "came"
