"""What is said at the desk and on the telephone: day, time, doctor, room, or why not and what to do, in one glance."""

import json
from typing import Any
from uuid import uuid4

import pytest

from gateway.journal import Request
from gateway.saying import Say, say_of
from shared.law.text import LANGUAGES
from tests.gateway.portal import AIGUL, NOW
from tests.gateway.provider import jws_of

GLANCE = 120
WORDS = {"kk": "Құжат жоқ.", "ru": "Документа нет.", "en": "No document."}


def said(document: dict[str, Any], channel: str = "phone", outcome: Any = "granted") -> Say:
    request = Request(
        uuid4(), None, "home-visit", 1, AIGUL, AIGUL, "{}", b"", "answered", 2, "[]", None, None, NOW, NOW, NOW,
        "130040900012", channel, uuid4(), document=jws_of(json.loads(json.dumps(document))), outcome=outcome,
    )  # fmt: skip
    found = say_of(request)
    assert found is not None
    return found


VISIT = {
    "from": "2026-11-24T14:00:00+05:00",
    "to": "2026-11-24T18:00:00+05:00",
    "doctor": {"role": "district", "name": "Ахметов Ерлан", "kind": "therapist"},
    "address": {"street": "Гоголь көшесі", "house": "86"},
}
BOOKED = {"from": "2026-11-25T09:00:00+05:00", "doctor": {"name": "Ахметов Ерлан"}, "room": "12"}
ATTACHED = {"since": "2026-11-24", "district": {"number": 7}, "doctor": {"name": "Ахметов Ерлан"}}


def test_hv_8_1_the_day_the_hours_and_the_doctor_of_a_visit_are_said() -> None:
    told = said({"visit": VISIT})
    assert told.text.ru == "24.11.2026, с 14:00 до 18:00: врач Ахметов Ерлан придёт на дом. Адрес: Гоголь көшесі, 86."
    duty = said({"visit": VISIT | {"doctor": {"role": "duty", "name": None, "kind": None}}})
    assert "кезекші дәрігер үйге келеді" in duty.text.kk


def test_ap_20_the_day_the_time_the_doctor_and_the_room_of_an_appointment_are_said() -> None:
    assert said({"appointment": BOOKED}).text.kk == "25.11.2026, сағат 09:00. Дәрігер Ахметов Ерлан, 12-кабинет."
    replaced = BOOKED | {"doctor": {"name": "Ахметов Ерлан", "replaced_by": "Серікова Айгүл"}}
    assert "Серікова Айгүл" in said({"appointment": replaced}).text.en
    assert said({"appointment": None}).do is not None


def test_at_22_of_an_attachment_the_district_is_said_and_the_slip_printed_in_person() -> None:
    told = said({"attachment": ATTACHED}, "in_person")
    assert told.text.en == "Attached since 24.11.2026: district No. 7, doctor Ахметов Ерлан."
    assert told.do is not None
    assert "Распечатайте" in told.do.ru


def test_hv_8_3_a_refusal_says_why_and_what_to_do() -> None:
    ground = {"code": "x", "clause": "HV-12.1", "words": WORDS, "remedy": {"service": "attachment", "text": WORDS}}
    told = said({"grounds": [ground], "review": {"text": WORDS}}, outcome="refused")
    assert told.text.ru == "Отказано. Документа нет."
    assert told.do is not None
    assert told.do.kk == "Құжат жоқ. Құжат жоқ."


@pytest.mark.parametrize("document", [{"visit": VISIT}, {"appointment": BOOKED}, {"attachment": ATTACHED}])
def test_it_is_read_in_one_glance_in_each_language(document: dict[str, Any]) -> None:
    told = said(document)
    assert all(0 < len(told.text.said_in(language)) <= GLANCE for language in LANGUAGES)
