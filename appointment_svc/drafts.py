"""A draft takes its slot for a few minutes (AP-9): who comes second is told at once which other times are free."""

from datetime import timedelta
from typing import Final

from appointment_svc.documents import moment
from appointment_svc.journal import Asked, Found
from appointment_svc.schemas import DraftBody
from appointment_svc.slot_schemas import SlotBody
from appointment_svc.timetable import Slot
from appointment_svc.wording import HELD_UNTIL, REPLACES_EARLIER
from appointment_svc.world import World
from shared.kit.casework.draft_schemas import DraftAnswer, NoticeBody, TextBody
from shared.kit.pointers import Fault
from shared.kit.problems import Conflict, Unprocessable
from shared.law.hours import ALMATY
from shared.law.text import Text

HOLD: Final = timedelta(minutes=5)
ON_ITS_WAY: Final = timedelta(seconds=30)
"""A signature given in the last second still has to arrive."""


class SlotTaken(Conflict):
    """Another holds or has booked the slot; ``nearest`` are the free times nearest to it."""

    slug = "slot-taken"
    title = Text(
        "Бұл уақыт бос емес, басқасын таңдаңыз",
        "Это время уже занято, выберите другое",
        "This time is taken, choose another",
    )


class NoSuchSlot(Unprocessable):
    """The doctor does not receive then, or the time has passed; ``nearest`` are the free times nearest to it."""

    slug = "no-such-slot"
    title = Text(
        "Дәрігердің кестесінде мұндай уақыт жоқ, басқасын таңдаңыз",
        "В расписании врача нет такого времени, выберите другое",
        "The doctor's schedule has no such time, choose another",
    )


async def say_of_draft(world: World, draft: DraftBody) -> DraftAnswer:
    """Hold the slot for the draft; nothing limits the hour (AP-9), so that there is no intake to tell of.

    Raises:
        NoSuchSlot: The schedule has no such time, or it has passed.
        SlotTaken: Another holds it or has booked it.
    """
    now, form = world.now(), draft.form
    found = await world.bookings.find(form.provider_bin, form.doctor_id, form.starts_at)
    if found is None or form.starts_at <= now:
        fault = Fault(pointer="/form/starts_at", code="no-such-slot")
        raise NoSuchSlot(errors=[fault], nearest=await _nearest(world, draft))
    asked = Asked(draft.request_id, draft.applicant_iin, draft.subject_iin)
    if not await world.bookings.hold(found, asked, now + HOLD + ON_ITS_WAY, now):
        raise SlotTaken(nearest=await _nearest(world, draft))
    until = (now + HOLD).astimezone(ALMATY)
    notices = [NoticeBody(code="slot_held", text=TextBody.of(HELD_UNTIL.filled(until=until.strftime("%H:%M:%S"))))]
    return DraftAnswer(intake=None, notices=[*notices, *await _of_an_earlier(world, found, asked)])


async def _of_an_earlier(world: World, found: Found, asked: Asked) -> list[NoticeBody]:
    earlier = await world.bookings.own_with(found, asked, world.now())
    if earlier is None:
        return []
    text = REPLACES_EARLIER.filled(earlier=moment(earlier))
    return [NoticeBody(code="moves_earlier_appointment", text=TextBody.of(text))]


async def _nearest(world: World, draft: DraftBody) -> list[dict[str, object]]:
    form = draft.form
    slots = await world.slots.nearest(form.provider_bin, form.doctor_id, form.starts_at, world.now())
    return [told(slot) for slot in slots]


def told(slot: Slot) -> dict[str, object]:
    """Return a slot as a member of a problem."""
    return SlotBody.of(slot).model_dump(mode="json")
