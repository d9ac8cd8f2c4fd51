import re

import pytest

from person_registry_stub.attachment import attachment_of
from person_registry_stub.demo_cases import ATTACHMENT_CASES, CASES, Case
from person_registry_stub.demo_people import DemoPerson, demo_people, kit_people
from person_registry_stub.kindred import EPOCH
from person_registry_stub.organisations import organisations_of
from person_registry_stub.population import Population
from person_registry_stub.settings import RegistrySettings
from shared.kit.persons import Person
from shared.law.iin import is_bin, is_iin
from shared.law.providers import PROVIDERS

PEOPLE = demo_people()


def identified(person: Person) -> bool:
    return any(document.in_force_on(EPOCH) for document in person.documents)


def entitled(applicant: Person, subject: Person) -> bool:
    if applicant.iin == subject.iin or applicant.iin in subject.guardians:
        return True
    return applicant.iin in subject.parents and subject.age_on(EPOCH) < 18


@pytest.mark.parametrize("demo", PEOPLE.values(), ids=PEOPLE.keys())
def test_a_demo_person_is_whole(demo: DemoPerson) -> None:
    assert is_iin(demo.person.iin)
    assert all(demo.purpose.as_dict().values())
    assert re.fullmatch(r"[a-z0-9-]+", demo.slug)


def test_demo_relatives_name_each_other() -> None:
    by_iin = {demo.person.iin: demo.person for demo in PEOPLE.values()}
    for iin, person in by_iin.items():
        assert all(iin in by_iin[child].parents for child in person.children)
        assert all(iin in by_iin[parent].children for parent in person.parents)
        assert all(iin in by_iin[ward].guardians for ward in person.wards)
        assert all(iin in by_iin[guardian].wards for guardian in person.guardians)


def test_every_demo_person_has_a_case_of_their_own() -> None:
    cases = (*CASES, *ATTACHMENT_CASES)
    assert {case.applicant for case in cases} | {case.subject for case in cases} == PEOPLE.keys()
    assert all(PEOPLE[case.applicant].signs for case in cases)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.applicant}-{case.subject}-{case.clinic}")
def test_hv_12_a_case_has_exactly_the_ground_that_it_names(case: Case) -> None:
    applicant, subject = PEOPLE[case.applicant].person, PEOPLE[case.subject].person
    holding = {
        "representative_not_entitled": not entitled(applicant, subject),
        "person_deceased": subject.deceased is not None,
        "identity_document_not_in_force": not identified(subject),
        "not_attached_here": PEOPLE[case.subject].clinic != case.clinic,
    }
    assert [ground for ground, holds in holding.items() if holds] == ([case.ground] if case.ground else [])
    assert case.outcome == ("refused" if case.ground else "granted")
    assert identified(applicant) or case.ground == "identity_document_not_in_force"


def test_the_ages_are_what_the_slugs_say() -> None:
    assert PEOPLE["child-8"].person.age_on(EPOCH) == 8
    assert PEOPLE["child-16"].person.age_on(EPOCH) == 16
    assert PEOPLE["elderly"].person.age_on(EPOCH) == 85
    assert [slug for slug, demo in PEOPLE.items() if not demo.signs] == [
        "child-8",
        "child-16",
        "late-ward",
        "ward",
        "newborn",
    ]


def test_the_long_name_is_longer_than_most_systems_think() -> None:
    surname = PEOPLE["long-name"].person.names.kk.surname
    assert len(surname) >= 31
    assert len(surname.encode()) > 64


def test_the_demo_people_are_attached_as_they_say() -> None:
    attached = {resident.iin: attachment_of(resident) for resident in Population(0).all()}
    assert attached == {demo.person.iin: demo.clinic for demo in PEOPLE.values()}


def test_the_persons_of_the_public_test_keys_are_known_where_no_check_digit_is_asked_for() -> None:
    """Their numbers fail it, and would stop every other register that they are loaded into."""
    asked, not_asked = (
        RegistrySettings(population_size=0, iin_check_digit=digit).population for digit in (True, False)
    )
    for slug in ("kit-individual", "kit-employee"):
        kept = kit_people()[slug]
        assert not is_iin(kept.person.iin)
        assert asked.person(kept.person.iin) is None
        assert not_asked.person(kept.person.iin) == kept.person
        assert identified(kept.person)
        assert all(kept.purpose.as_dict().values())
    attached = {resident.iin: attachment_of(resident) for resident in not_asked.all()}
    assert attached.items() > {demo.person.iin: demo.clinic for demo in kit_people().values()}.items()


@pytest.mark.parametrize("size", [0, 20_000])
def test_every_provider_is_a_legal_person_with_a_living_head(size: int) -> None:
    population = Population(size)
    organisations = organisations_of(population)
    assert {provider.bin for provider in PROVIDERS} < organisations.keys()
    for bin_, organisation in organisations.items():
        head = population.person(organisation.head_iin)
        assert is_bin(bin_)
        assert organisation.bin == bin_
        assert head is not None
        assert head.deceased is None
        assert identified(head)
    if size:
        assert len({organisation.head_iin for organisation in organisations.values()}) == len(organisations)
