import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from attachment_svc.documents import CERTIFICATE_CLAUSES, REFUSAL_CLAUSE, certificate
from attachment_svc.holdings import Placement, Seat, Why
from attachment_svc.regulation import GROUNDS, NORMS, PASSPORT
from attachment_svc.wording import DECREE
from shared.law.answers import Heading, Party, Refusal, canonical, refusal
from shared.law.clauses import CLAUSES
from shared.law.person_facts import Source
from tests.home_visit.people import ADULT, CHILD, PROVIDER

HEADING = Heading(
    number="AT-NUMBER-7",
    token="t" * 32,
    issued_at=datetime(2026, 11, 24, 5, 0, 1, tzinfo=UTC),
    provider=PROVIDER,
    applicant=Party(ADULT, "Серікова Айгүл", "Серикова Айгуль"),
    passport=PASSPORT,
    decree=DECREE,
)
PATIENT = Party(CHILD, "Серіков Нұрлан", "Сериков Нурлан")


def placement(kind: str = "paediatrician", why: Why | None = Why.FREE_CHOICE) -> Placement:
    return Placement(Seat(7, kind, "D-7", "Ахметов Ерлан"), date(2026, 11, 24), why)


def said(payload: Any) -> Any:
    return json.loads(canonical(payload))


def test_at_8_2_at_22_the_slip_says_who_is_attached_where_to_which_doctor_since_when() -> None:
    slip = said(certificate(HEADING, PATIENT, placement()))
    assert slip["kind"] == "attachment-certificate"
    assert (slip["applicant"]["iin"], slip["patient"]["iin"]) == (ADULT, CHILD)
    assert slip["provider"] == {
        "bin": PROVIDER.bin,
        "name": PROVIDER.name,
        "address": PROVIDER.address,
        "telephones": list(PROVIDER.telephones),
    }
    assert slip["attachment"]["doctor"] == {"id": "D-7", "name": "Ахметов Ерлан"}
    assert (slip["attachment"]["since"], slip["attachment"]["confirmed"]) == ("2026-11-24", False)


@pytest.mark.parametrize("why", [Why.FREE_CHOICE, None])
@pytest.mark.parametrize("kind", sorted(NORMS))
def test_at_22_the_slip_can_be_read_by_a_person_in_three_languages(kind: str, why: Why | None) -> None:
    text = said(certificate(HEADING, PATIENT, placement(kind, why)))["text"]
    assert len(set(text.values())) == 3
    for language, words in text.items():
        name = PATIENT.name_kk if language == "kk" else PATIENT.name_ru
        for part in ("AT-NUMBER-7", "24.11.2026", "№ 7" if language != "en" else "No. 7", PROVIDER.address, name):
            assert str(part) in words
        assert "{" not in words


def test_a_confirmation_says_that_the_person_is_attached_already() -> None:
    new, confirmed = (said(certificate(HEADING, PATIENT, placement(why=why))) for why in (Why.FREE_CHOICE, None))
    assert confirmed["attachment"]["confirmed"] is True
    assert all(new["text"][language] != confirmed["text"][language] for language in ("kk", "ru", "en"))


def test_at_8_3_the_refusal_names_every_ground_with_its_clause() -> None:
    document = said(refusal(HEADING, Refusal(GROUNDS, REFUSAL_CLAUSE, PATIENT, (Source.PERSON_REGISTRY,))))
    assert document["kind"] == "attachment-refusal"
    assert [ground["code"] for ground in document["grounds"]] == [ground.code for ground in GROUNDS]
    assert {REFUSAL_CLAUSE, *CERTIFICATE_CLAUSES, *document["clauses"]} <= CLAUSES.keys()
