"""Drawing up what every service draws up alike: a refusal, a person's name."""

from shared.kit.casework.entries import Drawn
from shared.kit.persons import Person
from shared.law.answers import Heading, Party, Refusal, canonical, refusal, refusal_kind


def drawn_refusal(heading: Heading, refused: Refusal) -> Drawn:
    """Process 7: return the reasoned refusal as it will be sealed."""
    codes = tuple(ground.code for ground in refused.grounds)
    kind = refusal_kind(heading.passport)
    return Drawn(heading.token, kind, "refused", codes, canonical(refusal(heading, refused)))


def named(iin: str, person: Person | None) -> Party:
    """Return a person as a document names them: with the names of the registry, where it told them."""
    return Party(iin) if person is None else Party(iin, person.names.kk.full(), person.names.ru.full())
