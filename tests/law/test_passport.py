import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from appointment_svc import regulation as appointment
from attachment_svc import regulation as attachment
from diploma_svc import regulation as diploma
from home_visit_svc import regulation as home_visit
from shared.law.channels import Channel
from shared.law.clauses import CLAUSES
from shared.law.grounds import Ground

SERVICES = [home_visit, appointment, attachment, diploma]
DECREE = Path(__file__).parents[2] / "docs" / "decree" / "2013-07-01-3-561.kk.txt"


@pytest.mark.parametrize("service", SERVICES)
def test_every_ground_names_a_clause_of_its_own_regulation(service: ModuleType) -> None:
    for ground in service.GROUNDS:
        assert ground.clause in CLAUSES
        assert CLAUSES[ground.clause].regulation == service.PASSPORT.regulation


@pytest.mark.parametrize("service", SERVICES)
def test_grounds_have_codes_of_their_own_and_stand_in_the_passport(service: ModuleType) -> None:
    codes = [ground.code for ground in service.GROUNDS]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z_]+", code) for code in codes)
    assert service.PASSPORT.grounds == service.GROUNDS


def test_hv_15_the_codes_of_a_home_visits_grounds_are_stable() -> None:
    assert {ground.code: ground.clause for ground in home_visit.GROUNDS} == {
        "identity_document_not_in_force": "HV-12.1",
        "person_deceased": "HV-12.1",
        "representative_not_entitled": "HV-12.1",
        "not_attached_here": "HV-12.2",
        "not_by_the_informatisation_law": "HV-15.2.2",
        "data_cannot_be_had": "HV-17.5",
    }


@pytest.mark.parametrize(
    ("ground", "phrase"),
    [
        (
            home_visit.IDENTITY_DOCUMENT_NOT_IN_FORCE,
            "жеке басын куәландыратын құжаты (он алты жасқа толмаған адамдар үшін – ",
        ),
        (home_visit.NOT_ATTACHED_HERE, "тіркелген халықтың тіркеліміне сәйкес осы Қызмет берушіге тіркеуінің "),
        (
            home_visit.NOT_BY_THE_INFORMATISATION_LAW,
            "«Ақпараттандыру туралы» Қазақстан Республикасының 2007 жылғы 11 қаңтардағы Заңының 40-бабымен ",
        ),
        (home_visit.REPRESENTATIVE_NOT_ENTITLED, "жеке тұлға немесе оның өкілі "),
        (attachment.CHOSEN_MORE_THAN_ONCE_A_YEAR, "еркін таңдау кезінде жылына бір реттен жиі тіркелген"),
        (attachment.POPULATION_ABOVE_THE_NORM, "ұсынушы тіркейтін тіркелген халықтың саны нормативтерден "),
        (attachment.ATTACHED_TO_SEVERAL, "бірнеше Қызмет ұсынушыға тіркелген"),
        (diploma.DEBT_TO_THE_PROVIDER, "қызмет берушінің алдында"),
    ],
)
def test_the_kazakh_words_of_a_ground_are_the_decrees(ground: Ground, phrase: str) -> None:
    assert phrase in ground.words.kk
    assert phrase in DECREE.read_text(encoding="utf-8")


@pytest.mark.parametrize("service", [home_visit, appointment, attachment])
def test_data_cannot_be_had_names_the_system_in_each_language(service: ModuleType) -> None:
    words = service.DATA_CANNOT_BE_HAD.words.filled(system="ЖТ МДҚ").as_dict()
    assert all("ЖТ МДҚ" in said for said in words.values())


def test_the_representatives_refusal_says_nothing_about_the_person() -> None:
    said = " ".join(home_visit.REPRESENTATIVE_NOT_ENTITLED.words.as_dict().values())
    assert not re.search("қайтыс|умер|died|құжат|документ|document|тіркел|прикрепл|attach", said)


@pytest.mark.parametrize("service", [home_visit, appointment])
def test_hv_14_answer_within_10_minutes_at_the_desk_and_by_telephone_30_on_the_portal(service: ModuleType) -> None:
    minutes = {channel: term / timedelta(minutes=1) for channel, term in service.PASSPORT.answer_within.items()}
    assert minutes == {Channel.IN_PERSON: 10, Channel.PHONE: 10, Channel.PORTAL: 30}


def test_at_16_answer_within_one_day() -> None:
    assert set(attachment.PASSPORT.answer_within.values()) == {timedelta(days=1)}


@pytest.mark.parametrize("service", SERVICES)
def test_every_channel_of_a_service_has_its_term(service: ModuleType) -> None:
    assert set(service.PASSPORT.channels) == service.PASSPORT.answer_within.keys()


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_needed_names_existing_clauses(service: ModuleType) -> None:
    assert {clause for clause, _ in service.PASSPORT.needed} <= CLAUSES.keys()


@pytest.mark.parametrize("service", SERVICES)
def test_a_passport_is_json_and_speaks_three_languages_everywhere(service: ModuleType) -> None:
    passport = service.PASSPORT.as_dict()
    assert json.loads(json.dumps(passport)) == passport
    texts = list(texts_in(passport))
    assert len(texts) > 8
    for text in texts:
        assert set(text) == {"kk", "ru", "en"}
        assert all(said == said.strip() and said for said in text.values())
        assert not re.search("[А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІі]", text["en"])
        assert not re.search("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]", text["ru"])


def test_a_term_is_told_in_seconds_or_working_days() -> None:
    assert home_visit.PASSPORT.as_dict()["answer_within"]["portal"] == {"seconds": 1800}
    assert diploma.PASSPORT.as_dict()["answer_within"]["in_person"] == {"working_days": 15}
    assert appointment.PASSPORT.as_dict()["intake"] is None


def texts_in(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if "kk" in value:
            yield value
        else:
            for part in value.values():
                yield from texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)
