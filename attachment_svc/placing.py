"""Where a person would be attached, and why: the district by address, then the one least filled (AT-17.1.2, AT-17.1.3).

Pure: what the register holds of the person and the provider, and what is asked, go in; the district comes out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from attachment_svc.holdings import District, Held, Placement, Stay, Why
from attachment_svc.regulation import GENERAL_PRACTITIONER, OF_AGE, PAEDIATRICIAN, THERAPIST
from attachment_svc.rules import RegisterFacts


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks to be attached where, from which local day: age on that day, registered address and street names."""

    provider_bin: str
    on: date
    age: int
    address: str | None
    streets: frozenset[str]


def place(held: Held, asked: Asked) -> Placement | None:
    """Return where the person would be attached; None where the norm is reached in every district fit for them.

    Who is attached there already keeps their district, unless it is not fit for them any more or they have moved.
    """
    own, moved = _own(held, asked), _has_moved(held.stays, asked)
    if own is not None and not moved and _keeps(own, held, asked):
        return Placement(own.seat, own.since, None)
    fit = [district for district in held.districts if district.seat.kind in kinds_for(asked.age)]
    with_room = [district for district in fit if district.attached - _counts(own, district) < district.norm]
    if not with_room:
        return None
    best = min(with_room, key=lambda district: _preference(district, own, asked))
    return Placement(best.seat, asked.on, _why(own, moved=moved))


def register_facts(held: Held, asked: Asked, placement: Placement | None) -> RegisterFacts:
    """Return the facts of AT-17.1.2 to AT-17.1.4."""
    another = _own(held, asked) is None and not _has_moved(held.stays, asked)
    standing = {stay.provider_bin for stay in held.stays if stay.stands_on(asked.on)}
    return RegisterFacts(
        chosen_lately=another and any(_chosen_within_a_year(stay, asked.on) for stay in held.stays),
        norm_reached=placement is None,
        attached_to_several=len(standing) > 1,
    )


def kinds_for(age: int) -> tuple[str, ...]:
    """Return the kinds of district for a person of this age in full years."""
    return (PAEDIATRICIAN if age < OF_AGE else THERAPIST, GENERAL_PRACTITIONER)


def a_year_after(day: date) -> date:
    """Return the same day of the next year; 29 February is followed by 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def _own(held: Held, asked: Asked) -> Stay | None:
    """Return the person's attachment to the asked provider: the one that holds, else the one that is to begin."""
    own = [stay for stay in held.stays if stay.provider_bin == asked.provider_bin and stay.stands_on(asked.on)]
    begun = [stay for stay in own if stay.since <= asked.on]
    return next(reversed(begun or own), None)


def _has_moved(stays: Iterable[Stay], asked: Asked) -> bool:
    """Say whether the registered address is another than the last that an attachment was made at.

    What is not known (imported attachments, a person without a registered address) is no move.
    """
    kept = [stay.address for stay in stays if stay.address is not None][-1:]
    return bool(kept) and asked.address is not None and kept[0] != asked.address


def _keeps(own: Stay, held: Held, asked: Asked) -> bool:
    loaded = {district.seat.key for district in held.districts}
    return own.seat.kind in kinds_for(asked.age) and (not loaded or own.seat.key in loaded)


def _counts(own: Stay | None, district: District) -> int:
    """Return 1 where the person is one of the district's attached themselves; who leaves soon is counted no more."""
    return int(own is not None and own.ended is None and own.seat.key == district.seat.key)


def _preference(district: District, own: Stay | None, asked: Asked) -> tuple[int, bool, Fraction, str, int]:
    other = own is None or own.seat.key != district.seat.key
    filled = Fraction(district.attached, district.norm)
    return district.rank_for(asked.streets), other, filled, district.seat.kind, district.seat.number


def _why(own: Stay | None, *, moved: bool) -> Why:
    if moved:
        return Why.MOVED_ADDRESS
    return Why.FREE_CHOICE if own is None else Why.OTHER_DISTRICT


def _chosen_within_a_year(stay: Stay, on: date) -> bool:
    return stay.why is Why.FREE_CHOICE and on < a_year_after(stay.since)
