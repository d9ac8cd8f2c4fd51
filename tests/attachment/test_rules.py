import itertools

import pytest

from attachment_svc import regulation
from attachment_svc.rules import Facts, RegisterFacts, decide
from shared.law.grounds import Granted, Refused
from shared.law.person_facts import PersonFacts, Source

MAYBE = (True, False, None)
CLEAR = RegisterFacts(chosen_lately=False, norm_reached=False, attached_to_several=False)
KNOWN = PersonFacts(True, True, True, True)
ALL_WELL = Facts(KNOWN, CLEAR)


def codes(facts: Facts) -> list[str]:
    decision = decide(facts)
    return [ground.code for ground in decision.grounds] if isinstance(decision, Refused) else []


def all_facts() -> list[Facts]:
    """Every combination of facts that can be written down at all."""
    of_register = [None, *(RegisterFacts(*each) for each in itertools.product((True, False), repeat=3))]
    possible = []
    for signed, entitled, alive, document in itertools.product((True, False), MAYBE, MAYBE, MAYBE):
        for register in of_register:
            try:
                possible.append(Facts(PersonFacts(bool(signed), entitled, alive, document), register))
            except ValueError:
                continue
    return possible


def test_at_17_granted_when_no_ground_holds() -> None:
    assert decide(ALL_WELL) == Granted()


@pytest.mark.parametrize(
    ("facts", "code", "clause"),
    [
        (Facts(PersonFacts(True, True, False, True), CLEAR), "person_deceased", "AT-14.1"),
        (Facts(PersonFacts(True, True, True, False), CLEAR), "identity_document_not_in_force", "AT-14.1"),
        (Facts(KNOWN, RegisterFacts(True, False, False)), "chosen_more_than_once_a_year", "AT-17.1.2"),
        (Facts(KNOWN, RegisterFacts(False, True, False)), "population_above_the_norm", "AT-17.1.3"),
        (Facts(KNOWN, RegisterFacts(False, False, True)), "attached_to_several_providers", "AT-17.1.4"),
        (Facts(PersonFacts(False, True, True, True), CLEAR), "not_by_the_informatisation_law", "AT-17.2.2"),
        (Facts(PersonFacts(True, False)), "representative_not_entitled", "AT-14.1"),
        (Facts(PersonFacts(True, True)), "data_cannot_be_had", "AT-19.5"),
        (Facts(PersonFacts(True, None)), "data_cannot_be_had", "AT-19.5"),
    ],
)
def test_at_17_each_ground_alone_with_its_clause(facts: Facts, code: str, clause: str) -> None:
    decision = decide(facts)
    assert isinstance(decision, Refused)
    assert [(ground.code, ground.clause) for ground in decision.grounds] == [(code, clause)]


def test_at_17_in_every_combination_exactly_the_grounds_that_hold_are_named_in_the_order_of_the_closed_list() -> None:
    order = [ground.code for ground in regulation.GROUNDS]
    combinations = all_facts()
    assert len(combinations) == 2 * (4 * 8 + 3)
    for facts in combinations:
        person, register = facts.person, facts.register
        holding = {
            "representative_not_entitled": person.representative_entitled is False,
            "person_deceased": person.alive is False,
            "identity_document_not_in_force": person.document_in_force is False,
            "chosen_more_than_once_a_year": register is not None and register.chosen_lately,
            "population_above_the_norm": register is not None and register.norm_reached,
            "attached_to_several_providers": register is not None and register.attached_to_several,
            "not_by_the_informatisation_law": not person.signed_by_law,
            "data_cannot_be_had": facts.without_data != (),
        }
        assert codes(facts) == [code for code in order if holding[code]], facts
        assert (decide(facts) == Granted()) is (facts == ALL_WELL)


@pytest.mark.parametrize(
    ("person", "register"),
    [(PersonFacts(True, False), CLEAR), (PersonFacts(True, True), CLEAR), (KNOWN, None)],
)
def test_at_1_the_register_is_read_exactly_when_it_is_known_who_the_person_is(
    person: PersonFacts, register: RegisterFacts | None
) -> None:
    with pytest.raises(ValueError, match="who the person is"):
        Facts(person, register)


def test_at_19_5_the_system_that_gave_nothing_is_the_person_registry() -> None:
    assert Facts(PersonFacts(True, True)).without_data == (Source.PERSON_REGISTRY,)
    assert ALL_WELL.without_data == ()
