from collections import Counter
from hashlib import sha256
from itertools import pairwise
from time import process_time

import pytest

from person_registry_stub.attachment import CLINICS, attachment_of
from person_registry_stub.demo_people import NOBODY, demo_people
from person_registry_stub.kindred import EPOCH
from person_registry_stub.population import Population
from shared.kit.persons import DocumentKind, Person
from shared.law.iin import is_iin

SIZE = 5000


@pytest.fixture(scope="module")
def population() -> Population:
    return Population(SIZE)


@pytest.fixture(scope="module")
def people(population: Population) -> dict[str, Person]:
    told = {resident.iin: population.person(resident.iin) for resident in population.all()}
    assert None not in told.values()
    return {iin: person for iin, person in told.items() if person is not None}


def test_the_population_is_the_same_on_every_machine() -> None:
    told = "".join(Population(200).person(r.iin).model_dump_json() for r in Population(200).all())  # type: ignore[union-attr]
    assert sha256(told.encode()).hexdigest() == "e307fdc00365309aef33d091e227feab24da9351fdc4dee32827e1fc79a4bc39"


def test_another_seed_makes_other_people() -> None:
    first, second = Population(200, seed=1), Population(200, seed=2)
    assert first.person_at(0) != second.person_at(0)


def test_a_larger_population_begins_with_the_smaller() -> None:
    small, large = [r.iin for r in Population(100).all()], [r.iin for r in Population(230).all()]
    assert large[: len(small)] == small


@pytest.mark.parametrize("size", [0, 1, 7, 10, 23])
def test_any_size_is_closed_in_itself(size: int) -> None:
    population = Population(size)
    known = {resident.iin for resident in population.all()}
    assert len(known) == len(population) == size + len(demo_people())
    for iin in known:
        person = population.person(iin)
        assert person is not None
        assert {*person.parents, *person.children, *person.guardians, *person.wards} <= known


def test_twenty_thousand_are_made_within_a_second() -> None:
    begun = process_time()
    assert len(Population()) > 20_000
    assert process_time() - begun < 1


def test_every_iin_is_valid_and_issued_once(people: dict[str, Person]) -> None:
    assert len(people) == SIZE + len(demo_people())
    assert all(is_iin(iin) and person.iin == iin for iin, person in people.items())


def test_nobody_is_not_in_the_registry(population: Population) -> None:
    assert is_iin(NOBODY)
    assert population.person(NOBODY) is None
    assert population.person("not an IIN") is None


def test_residents_say_what_persons_say(population: Population, people: dict[str, Person]) -> None:
    for resident in population.all():
        person = people[resident.iin]
        assert (resident.birth_date, resident.sex, resident.deceased) == (
            person.birth_date,
            person.sex,
            person.deceased,
        )
        assert person.registered_address is not None
        assert person.registered_address.street == resident.street.name


def test_parents_and_children_name_each_other(people: dict[str, Person]) -> None:
    linked = 0
    for iin, person in people.items():
        for child in person.children:
            assert iin in people[child].parents
            assert people[child].birth_date.year - person.birth_date.year >= 17
            linked += 1
        assert all(iin in people[parent].children for parent in person.parents)
        assert all(iin in people[ward].guardians for ward in person.wards)
        assert all(iin in people[guardian].wards for guardian in person.guardians)
    assert linked > SIZE / 2


def test_siblings_are_not_born_within_a_year_of_each_other(people: dict[str, Person]) -> None:
    for person in people.values():
        births = sorted(people[child].birth_date for child in person.children)
        assert all((later - earlier).days > 365 for earlier, later in pairwise(births))


def test_nobody_has_a_child_after_death_or_dies_after_the_epoch(people: dict[str, Person]) -> None:
    for person in people.values():
        if person.deceased is not None:
            assert person.birth_date < person.deceased <= EPOCH
            assert all(people[child].birth_date <= person.deceased for child in person.children)


def test_an_orphan_who_is_not_of_age_has_a_living_guardian(people: dict[str, Person]) -> None:
    orphans = [
        person
        for person in people.values()
        if len(person.parents) == 2
        and all(people[parent].deceased for parent in person.parents)
        and person.age_on(EPOCH) < 18
    ]
    assert orphans
    for orphan in orphans:
        assert len(orphan.guardians) == 1
        assert people[orphan.guardians[0]].deceased is None


def test_hv_12_1_under_sixteen_there_is_only_a_birth_certificate(people: dict[str, Person]) -> None:
    for person in people.values():
        kinds = {document.kind for document in person.documents}
        last_day = person.deceased or EPOCH
        if person.age_on(last_day) < 16:
            assert kinds == {DocumentKind.BIRTH_CERTIFICATE}
        else:
            assert DocumentKind.BIRTH_CERTIFICATE not in kinds


def test_documents_are_issued_in_the_life_of_their_holder_and_after_sixteen(people: dict[str, Person]) -> None:
    for person in people.values():
        for document in person.documents:
            assert person.birth_date <= document.issued <= (person.deceased or EPOCH)
            if document.kind is not DocumentKind.BIRTH_CERTIFICATE:
                assert person.age_on(document.issued) >= 16


def test_most_are_identified_and_some_are_not(people: dict[str, Person]) -> None:
    living = [person for person in people.values() if person.deceased is None]
    identified = sum(any(document.in_force_on(EPOCH) for document in person.documents) for person in living)
    assert 0.95 < identified / len(living) < 0.995


def test_sex_and_father_show_in_the_names(people: dict[str, Person]) -> None:
    ends = {"female": ("қызы", "на"), "male": ("ұлы", "ич")}
    for person in people.values():
        kk, ru = person.names.kk, person.names.ru
        assert kk.patronymic is not None
        assert kk.patronymic.endswith(ends[person.sex])
        assert not (person.sex == "male" and ru.surname.endswith(("ова", "ева", "ина")))
        assert not (person.sex == "female" and ru.surname.endswith(("ов", "ев", "ин")))
        if "қызы" in kk.patronymic or "ұлы" in kk.patronymic:
            fathers = [people[p] for p in person.parents if people[p].sex == "male"]
            assert all(kk.patronymic.startswith(father.names.kk.given) for father in fathers)


def test_ages_are_those_of_a_city(people: dict[str, Person]) -> None:
    decades = Counter(person.age_on(EPOCH) // 10 for person in people.values())
    assert all(decades[decade] > SIZE / 50 for decade in range(8))
    assert max(person.age_on(EPOCH) for person in people.values()) < 105


def test_hv_12_2_nearly_all_are_attached_and_every_clinic_has_people() -> None:
    everyone = list(Population(6000).all())
    attached = {resident.iin: attachment_of(resident) for resident in everyone}
    living = [resident for resident in everyone if resident.deceased is None]
    nowhere = sum(attached[resident.iin] is None for resident in living)
    assert set(attached.values()) == {None, *CLINICS}
    assert 0.01 < nowhere / len(living) < 0.06
    assert all(attached[r.iin] is None for r in everyone if r.deceased and r.iin not in _demo_iins())
    assert attached == {resident.iin: attachment_of(resident) for resident in Population(6000).all()}


def test_no_adult_is_attached_to_a_clinic_for_children() -> None:
    for resident in Population(3000).all():
        clinic = attachment_of(resident)
        if clinic is not None and clinic >= 29:
            assert (EPOCH - resident.birth_date).days < 18.01 * 365.25


def _demo_iins() -> set[str]:
    return {demo.person.iin for demo in demo_people().values()}
