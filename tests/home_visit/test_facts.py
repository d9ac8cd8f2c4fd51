from datetime import date, timedelta
from typing import Any

import pytest

from home_visit_svc.facts import gather_facts
from shared.kit.casework.gathering import Gathered, Systems
from shared.law.person_facts import Source
from tests.fakes import ClockAt
from tests.home_visit.people import (
    ADULT,
    CHILD,
    OTHER_PROVIDER,
    STRANGER,
    TUESDAY_TEN,
    attachment,
    child,
    document,
    entry,
    facts,
    person,
)
from tests.home_visit.surroundings import FakeRegister, FakeRegistry

GRANTING = facts(True, True, True, True, True)


@pytest.fixture
def registry() -> FakeRegistry:
    registry = FakeRegistry()
    registry.know(person(ADULT, children=(CHILD,)), child(CHILD), person(STRANGER))
    return registry


@pytest.fixture
def register() -> FakeRegister:
    register = FakeRegister()
    register.attach(ADULT, attachment())
    register.attach(CHILD, attachment(doctor="D-9", kind="paediatrician"))
    register.attach(STRANGER, attachment())
    return register


async def gather(registry: FakeRegistry, register: FakeRegister, **asked: Any) -> Gathered:
    return await gather_facts(Systems(registry, register, ClockAt(TUESDAY_TEN)), entry(**asked))


async def test_hv_12_for_oneself_all_is_known_from_two_answers(registry: FakeRegistry, register: FakeRegister) -> None:
    gathered = await gather(registry, register)
    assert gathered.facts == GRANTING
    assert (registry.asked, register.asked) == ([ADULT], [ADULT])
    assert [(one.source, one.about, one.clause) for one in gathered.evidence] == [
        ("person_registry", "applicant", "HV-12.1"),
        ("attachment_register", "subject", "HV-12.2"),
    ]


async def test_hv_1_a_parent_asks_for_a_child(registry: FakeRegistry, register: FakeRegister) -> None:
    gathered = await gather(registry, register, subject=CHILD)
    assert gathered.facts == GRANTING
    assert registry.asked == [ADULT, CHILD]
    assert gathered.attachment is not None
    assert gathered.attachment.district.kind == "paediatrician"
    assert [one.clause for one in gathered.evidence] == ["HV-1", "HV-12.1", "HV-12.2"]


async def test_hv_1_a_guardian_asks_for_a_ward(registry: FakeRegistry, register: FakeRegister) -> None:
    registry.know(person(ADULT, wards=(STRANGER,)))
    assert (await gather(registry, register, subject=STRANGER)).facts == GRANTING


async def test_hv_1_nothing_is_asked_about_a_person_whom_one_may_not_represent(
    registry: FakeRegistry, register: FakeRegister
) -> None:
    gathered = await gather(registry, register, subject=STRANGER)
    assert gathered.facts == facts(True, False)
    assert (registry.asked, register.asked) == ([ADULT], [])
    assert gathered.people.subject is None


async def test_hv_1_a_grown_child_speaks_for_itself_and_its_attachment_is_not_asked(
    registry: FakeRegistry, register: FakeRegister
) -> None:
    registry.know(child(CHILD, birth_date=date(2008, 11, 24)))
    gathered = await gather(registry, register, subject=CHILD)
    assert gathered.facts == facts(True, False)
    assert register.asked == []
    assert gathered.people.subject is None


async def test_hv_1_who_has_died_represents_nobody(registry: FakeRegistry, register: FakeRegister) -> None:
    registry.know(person(ADULT, children=(CHILD,), deceased=date(2026, 11, 1)))
    assert (await gather(registry, register, subject=CHILD)).facts == facts(True, False)


async def test_hv_12_1_a_person_who_has_died_is_told_so(registry: FakeRegistry, register: FakeRegister) -> None:
    registry.know(child(CHILD, deceased=date(2026, 11, 1)))
    assert (await gather(registry, register, subject=CHILD)).facts.person.alive is False
    registry.know(person(ADULT, deceased=date(2026, 11, 1)))
    assert (await gather(registry, register)).facts.person.alive is False


async def test_hv_12_1_the_document_is_looked_at_on_the_day_from_which_the_request_counts(
    registry: FakeRegistry, register: FakeRegister
) -> None:
    registry.know(person(ADULT, documents=(document(expires=date(2026, 11, 24)),)))
    assert (await gather(registry, register)).facts.person.document_in_force is True
    tomorrow = TUESDAY_TEN + timedelta(days=1)
    assert (await gather(registry, register, counts_from=tomorrow)).facts.person.document_in_force is False


async def test_hv_12_1_a_birth_certificate_serves_until_the_sixteenth_birthday(
    registry: FakeRegistry, register: FakeRegister
) -> None:
    registry.know(child(CHILD, birth_date=date(2010, 11, 25)))
    assert (await gather(registry, register, subject=CHILD)).facts.person.document_in_force is True
    registry.know(child(CHILD, birth_date=date(2010, 11, 24)))
    assert (await gather(registry, register, subject=CHILD)).facts.person.document_in_force is False


async def test_hv_12_2_attached_elsewhere_or_nowhere_is_not_attached_here(
    registry: FakeRegistry, register: FakeRegister
) -> None:
    register.attach(ADULT, attachment(OTHER_PROVIDER.bin))
    assert (await gather(registry, register)).facts.attached_here is False
    register.attach(ADULT)
    assert (await gather(registry, register)).facts.attached_here is False


async def test_hv_12_2_who_stands_with_several_providers_is_attached_here_too(
    registry: FakeRegistry, register: FakeRegister
) -> None:
    register.attach(ADULT, attachment(OTHER_PROVIDER.bin, "D-1"), attachment(doctor="D-2"))
    gathered = await gather(registry, register)
    assert gathered.facts == GRANTING
    assert gathered.attachment is not None
    assert gathered.attachment.doctor.id == "D-2"


async def test_hv_17_5_a_silent_registry_leaves_the_attachment_known(
    registry: FakeRegistry, register: FakeRegister
) -> None:
    registry.silent = True
    gathered = await gather(registry, register)
    assert gathered.silent
    assert gathered.facts == facts(True, True, None, None, True)


async def test_hv_17_5_a_silent_register_leaves_the_person_known(
    registry: FakeRegistry, register: FakeRegister
) -> None:
    register.silent = True
    gathered = await gather(registry, register)
    assert gathered.silent
    assert gathered.facts == facts(True, True, True, True, None)


async def test_hv_1_while_it_is_not_known_who_asks_nothing_is_asked_about_the_other(
    registry: FakeRegistry, register: FakeRegister
) -> None:
    registry.silent = True
    gathered = await gather(registry, register, subject=CHILD)
    assert gathered.silent
    assert gathered.facts == facts(True, None)
    assert (registry.asked, register.asked) == ([ADULT], [])


async def test_hv_17_4_a_signed_no_such_person_is_final(registry: FakeRegistry, register: FakeRegister) -> None:
    registry.people.clear()
    gathered = await gather(registry, register)
    assert not gathered.silent
    assert gathered.facts == facts(True, True, None, None, True)
    register.silent = True
    gathered = await gather(registry, register)
    assert not gathered.silent
    assert gathered.facts.without_data == (Source.PERSON_REGISTRY, Source.ATTACHMENT_REGISTER)


async def test_hv_15_2_2_other_bytes_than_what_is_asked_were_signed(
    registry: FakeRegistry, register: FakeRegister
) -> None:
    assert (await gather(registry, register, content=b"{}")).facts.person.signed_by_law is False


@pytest.mark.parametrize("silent", [True, False])
async def test_hv_1_of_a_child_whose_age_is_not_known_nothing_more_is_asked(
    registry: FakeRegistry, register: FakeRegister, silent: bool
) -> None:
    registry.silent_about = {CHILD} if silent else set()
    del registry.people[CHILD]
    gathered = await gather(registry, register, subject=CHILD)
    assert gathered.facts == facts(True, None)
    assert (gathered.silent, register.asked) == (silent, [])


async def test_hv_1_a_ward_is_one_at_any_age_and_its_attachment_is_asked(
    registry: FakeRegistry, register: FakeRegister
) -> None:
    registry.know(person(ADULT, wards=(STRANGER,)))
    registry.silent_about = {STRANGER}
    assert (await gather(registry, register, subject=STRANGER)).facts == facts(True, True, None, None, True)


async def test_hv_12_1_a_death_of_tomorrow_is_none_today(registry: FakeRegistry, register: FakeRegister) -> None:
    registry.know(person(ADULT, deceased=date(2026, 11, 25)))
    assert (await gather(registry, register)).facts == GRANTING
