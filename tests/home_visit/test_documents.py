import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from home_visit_svc.documents import REFUSAL_CLAUSE, certificate
from home_visit_svc.regulation import (
    DATA_CANNOT_BE_HAD,
    GROUNDS,
    NOT_ATTACHED_HERE,
    PASSPORT,
    REPRESENTATIVE_NOT_ENTITLED,
)
from home_visit_svc.visits import Doctor, Visit
from home_visit_svc.wording import DECREE
from shared.law.answers import Heading, Party, Refusal, canonical
from shared.law.answers import refusal as refusal_of
from shared.law.clauses import CLAUSES
from shared.law.grounds import Ground
from shared.law.person_facts import Source
from tests.home_visit.people import ADULT, CHILD, PROVIDER

TOKEN = "t" * 32
HEADING = Heading(
    number="HV-2026-0000123",
    token=TOKEN,
    issued_at=datetime(2026, 11, 24, 5, 0, 1, tzinfo=UTC),
    provider=PROVIDER,
    applicant=Party(ADULT, "Серікова Айгүл", "Серикова Айгуль"),
    passport=PASSPORT,
    decree=DECREE,
)
PATIENT = Party(CHILD, "Серіков Нұрлан", "Сериков Нурлан")
ADDRESS = {"street": "Абай даңғылы", "house": "12а", "apartment": "45", "floor": 5}
VISIT = Visit(
    round_id=7,
    doctor=Doctor("district", "Ахметов Ерлан", "paediatrician"),
    starts_at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
    ends_at=datetime(2026, 11, 24, 11, 0, tzinfo=UTC),
)


def refusal(
    heading: Heading, patient: Party | None, grounds: Sequence[Ground], without_data: Sequence[Source] = ()
) -> Any:
    return refusal_of(heading, Refusal(grounds, REFUSAL_CLAUSE, patient, without_data))


def said(payload: Any) -> Any:
    """Return the payload as who receives it reads it."""
    return json.loads(canonical(payload))


def test_hv_8_2_the_certificate_says_who_comes_to_whom_when_and_where() -> None:
    document = said(certificate(HEADING, PATIENT, VISIT, ADDRESS))
    assert document["kind"] == "home-visit-certificate"
    assert document["number"] == "HV-2026-0000123"
    assert document["issued_at"] == "2026-11-24T10:00:01+05:00"
    assert document["applicant"] == {"iin": ADULT, "name": {"kk": "Серікова Айгүл", "ru": "Серикова Айгуль"}}
    assert document["patient"]["iin"] == CHILD
    assert document["provider"] == {
        "bin": PROVIDER.bin,
        "name": PROVIDER.name,
        "address": PROVIDER.address,
        "telephones": list(PROVIDER.telephones),
    }
    assert document["visit"] == {
        "date": "2026-11-24",
        "from": "2026-11-24T14:00:00+05:00",
        "to": "2026-11-24T16:00:00+05:00",
        "doctor": {"role": "district", "name": "Ахметов Ерлан", "kind": "paediatrician"},
        "address": ADDRESS,
    }


def test_hv_8_2_the_certificate_can_be_read_by_a_person_in_three_languages() -> None:
    text = said(certificate(HEADING, PATIENT, VISIT, ADDRESS))["text"]
    assert set(text) == {"kk", "ru", "en"}
    for words in text.values():
        for part in ("HV-2026-0000123", "24.11.2026", "14:00", "16:00", "Ахметов Ерлан", "Абай даңғылы, 12а, 45"):
            assert part in words


def test_hv_8_2_the_duty_doctor_is_told_as_such_with_or_without_a_name() -> None:
    named = Visit(9, Doctor("duty", "Омарова Сәуле", "therapist"), VISIT.starts_at, VISIT.ends_at)
    assert (
        "Кезекші дәрігер Омарова Сәуле 24.11.2026" in said(certificate(HEADING, PATIENT, named, ADDRESS))["text"]["kk"]
    )
    nameless = Visit(None, Doctor("duty", None, None), VISIT.starts_at, VISIT.ends_at)
    text = said(certificate(HEADING, PATIENT, nameless, {"street": "Абай", "house": "1"}))["text"]
    assert "Дежурный врач придёт 24.11.2026" in text["ru"]
    assert "  " not in "".join(text.values())
    assert text["en"].endswith("to: Абай, 1. The service is free of charge.")


def test_hv_8_3_a_refusal_names_every_ground_with_its_clause_and_words() -> None:
    document = said(refusal(HEADING, PATIENT, GROUNDS, (Source.PERSON_REGISTRY,)))
    assert [(one["code"], one["clause"]) for one in document["grounds"]] == [(g.code, g.clause) for g in GROUNDS]
    assert all(set(one["words"]) == {"kk", "ru", "en"} and all(one["words"].values()) for one in document["grounds"])


def test_hv_17_5_data_that_cannot_be_had_name_the_systems_in_each_language() -> None:
    [ground] = said(refusal(HEADING, PATIENT, [DATA_CANNOT_BE_HAD], tuple(Source)))["grounds"]
    assert ground["systems"] == ["person_registry", "attachment_register"]
    assert "ЖТ МДҚ" in ground["words"]["kk"]
    assert "тіркелген халықтың тіркелімі" in ground["words"]["kk"]
    assert "ГБД ФЛ" in ground["words"]["ru"]
    assert "{system}" not in json.dumps(ground)


def test_hv_8_3_a_refusal_says_how_a_person_looks_at_it_again() -> None:
    review = said(refusal(HEADING, PATIENT, [NOT_ATTACHED_HERE]))["review"]
    assert review["telephones"] == [*PROVIDER.telephones, "1414"]
    for words in review["text"].values():
        assert PROVIDER.address in words
        assert PROVIDER.telephones[0] in words
        assert "1414" in words


def test_hv_1_a_refusal_to_a_stranger_holds_nothing_of_the_other_person() -> None:
    content = canonical(refusal(HEADING, None, [REPRESENTATIVE_NOT_ENTITLED])).decode()
    assert CHILD not in content
    assert "patient" not in json.loads(content)


def test_a_document_carries_the_token_of_its_public_check() -> None:
    for document in (certificate(HEADING, PATIENT, VISIT, ADDRESS), refusal(HEADING, PATIENT, [NOT_ATTACHED_HERE])):
        check = said(document)["check"]
        assert check["token"] == TOKEN
        assert check["path"].endswith(TOKEN)


def test_every_clause_that_a_document_cites_is_a_clause_of_the_regulation() -> None:
    for document in (certificate(HEADING, PATIENT, VISIT, ADDRESS), refusal(HEADING, PATIENT, GROUNDS, tuple(Source))):
        assert set(said(document)["clauses"]) <= set(CLAUSES)


def test_the_same_payload_is_always_the_same_bytes() -> None:
    assert canonical({"б": 1, "a": {"d": None, "c": "ұ"}}) == '{"a":{"c":"ұ","d":null},"б":1}'.encode()


def test_hv_12_2_who_is_not_attached_here_is_told_how_to_attach() -> None:
    not_attached, other = said(refusal(HEADING, PATIENT, [NOT_ATTACHED_HERE, GROUNDS[0]]))["grounds"]
    assert not_attached["remedy"]["service"] == "attachment"
    assert set(not_attached["remedy"]["text"]) == {"kk", "ru", "en"}
    assert "remedy" not in other
