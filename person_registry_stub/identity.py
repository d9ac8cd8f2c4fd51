"""The identity documents that people of the population hold."""

from datetime import date
from typing import Final

from person_registry_stub.draws import Draws
from shared.kit.persons import OLD_ENOUGH_FOR_A_CARD, Bilingual, DocumentKind, IdentityDocument

MINISTRY: Final = Bilingual(kk="ҚР Ішкі істер министрлігі", ru="МВД Республики Казахстан")
CIVIL_REGISTER: Final = Bilingual(kk="Алматы қаласының АХАТ бөлімі", ru="Отдел РАГС города Алматы")
YEARS_IN_FORCE: Final = 10

_WITHOUT_ANY_PER_MILLE: Final = 4
_EXPIRED_PER_MILLE: Final = 25
_FOREIGNERS_PER_MILLE: Final = 15
_TRAVELLERS_PER_MILLE: Final = 300


def same_day_in(year: int, day: date) -> date:
    """Return the day in another year; 29 February becomes the 28th."""
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def birth_certificate(number: str, birth: date) -> IdentityDocument:
    """Return the certificate that a child has until sixteen; it never expires."""
    return IdentityDocument(
        kind=DocumentKind.BIRTH_CERTIFICATE, number=number, issued=birth, expires=None, issuer=CIVIL_REGISTER
    )


def ten_years(kind: DocumentKind, number: str, issued: date) -> IdentityDocument:
    """Return a card, passport or permit that is in force for ten years from its issue."""
    expires = same_day_in(issued.year + YEARS_IN_FORCE, issued)
    return IdentityDocument(kind=kind, number=number, issued=issued, expires=expires, issuer=MINISTRY)


def draw_documents(draws: Draws, birth: date, last_day: date) -> tuple[IdentityDocument, ...]:
    """Draw what someone holds on ``last_day``: the epoch, or the day of death."""
    sixteen = same_day_in(birth.year + OLD_ENOUGH_FOR_A_CARD, birth)
    if sixteen > last_day:
        return (birth_certificate(draws.digits(7), birth),)
    if draws.per_mille(_WITHOUT_ANY_PER_MILLE):
        return ()
    foreign = draws.per_mille(_FOREIGNERS_PER_MILLE)
    kind = DocumentKind.RESIDENCE_PERMIT if foreign else DocumentKind.IDENTITY_CARD
    expired = draws.per_mille(_EXPIRED_PER_MILLE)
    held = [ten_years(kind, draws.digits(9), _issued(draws, sixteen, last_day, expired=expired))]
    if not foreign and draws.per_mille(_TRAVELLERS_PER_MILLE):
        passport = ten_years(
            DocumentKind.PASSPORT, f"N{draws.digits(8)}", _issued(draws, sixteen, last_day, expired=expired)
        )
        held.append(passport)
    return tuple(held)


def _issued(draws: Draws, sixteen: date, last_day: date, *, expired: bool) -> date:
    """Someone of twenty-five or less can hold nothing expired: their first card is still in force."""
    oldest_in_force = same_day_in(last_day.year - YEARS_IN_FORCE, last_day)
    if expired and sixteen < oldest_in_force:
        earlier = same_day_in(oldest_in_force.year - 1, oldest_in_force)
        return draws.day_between(max(sixteen, earlier), oldest_in_force.replace(day=1))
    return draws.day_between(max(sixteen, oldest_in_force), last_day)
