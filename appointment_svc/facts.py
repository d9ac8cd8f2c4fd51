"""The only file that asks other systems: the person registry and the register of the attached population (AP-12)."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from shared.kit.casework.attached import ask_attachments
from shared.kit.casework.entries import Entry
from shared.kit.casework.gathering import Clauses, Gathered, Systems, gather
from shared.kit.casework.people import Purposes
from shared.law.hours import ALMATY

CLAUSES: Final = Clauses(Purposes(subject="AP-12.1", representative="AP-1"), attachment="AP-12.2")


async def gather_facts(systems: Systems, entry: Entry, *, signed_before: bool = False) -> Gathered:
    """Return all that can be known now of a request, on the day from which it counts.

    The register is asked about the day of the appointment: who attaches in the evening is attached from the next
    opening on (AT-9). ``signed_before``: it moves an appointment that the clinic cancelled, under the signature of the
    first request.
    """
    day = _day_of(systems, datetime.fromisoformat(entry.form["starts_at"]))
    gathered = await gather(systems, entry, replace(CLAUSES, on=day))
    if not signed_before:
        return gathered
    facts = gathered.facts
    return replace(gathered, facts=replace(facts, person=replace(facts.person, signed_by_law=True)))


async def own_doctors(systems: Systems, iin: str | None, provider_bin: str, begins: datetime) -> tuple[str, ...]:
    """Return the doctors of the person's district at the provider by that time; none while the register is silent."""
    if iin is None:
        return ()
    day = _day_of(systems, begins)
    told = await ask_attachments(systems.attachments, systems.clock, iin, CLAUSES.attachment, day)
    return tuple(one.doctor.id for one in told.attachments or () if one.provider_bin == provider_bin)


def _day_of(systems: Systems, at: datetime) -> date:
    return max(at, systems.clock.now()).astimezone(ALMATY).date()
