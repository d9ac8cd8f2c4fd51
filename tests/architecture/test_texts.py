"""All that is said to people, in three languages: whole, alike, and in the decree's own words where it has them."""

import re

import pytest

from appointment_svc.regulation import PASSPORT as APPOINTMENT
from attachment_svc.regulation import PASSPORT as ATTACHMENT
from diploma_svc.regulation import DUPLICATE_STAMP
from diploma_svc.regulation import PASSPORT as DIPLOMA
from home_visit_svc.regulation import PASSPORT as HOME_VISIT
from shared.documents import labels
from shared.law.providers import PROVIDERS
from stack.texts import all_texts
from tests.architecture.sources import ROOT

TEXTS = all_texts(ROOT)
DECREE = re.sub(r"\W+", " ", (ROOT / "docs/decree/2013-07-01-3-561.kk.txt").read_text(encoding="utf-8")).lower()
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
CYRILLIC = re.compile("[а-яәғқңөұүһіё]", re.IGNORECASE)
QUOTED_IN_KAZAKH = {
    "shared/law/primary_care.py legal_basis 1": "the standard is named in Kazakh, which alone is its name"
}
QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\([^)]*\)|\{[^}]*\}")


def test_there_are_texts_of_every_package() -> None:
    assert len(TEXTS) > 350
    assert {key.split("/")[0] for key in TEXTS} >= {"shared", "gateway", "home_visit_svc", "diploma_svc"}


def test_every_text_is_said_in_each_language_with_the_same_things_filled_in() -> None:
    uneven = {key for key, said in TEXTS.items() if len({frozenset(PLACEHOLDER.findall(one)) for one in said}) > 1}
    assert uneven == QUOTED_IN_KAZAKH.keys()
    assert {key for key, said in TEXTS.items() if len({bool(one.strip()) for one in said}) > 1} == set()


def test_no_text_is_left_untranslated() -> None:
    """English has no Cyrillic beyond quotations; Kazakh is not Russian, but for words that both have."""
    in_cyrillic = {key for key, said in TEXTS.items() if CYRILLIC.search(QUOTED.sub("", said[2]))}
    assert in_cyrillic == set()
    latin = {
        key for key, said in TEXTS.items() for one in said[:2] if re.search("[a-z]", one) and not CYRILLIC.search(one)
    }
    assert latin == set()
    alike = {said[0] for said in TEXTS.values() if said[0] == said[1] and CYRILLIC.search(said[0])}
    assert all(len(words.split()) <= 2 for words in alike), alike


@pytest.mark.parametrize(
    "words",
    [
        *(passport.name.kk for passport in (HOME_VISIT, APPOINTMENT, ATTACHMENT, DIPLOMA)),
        *(provider.name for provider in PROVIDERS),
        *DUPLICATE_STAMP.split("{number}"),
        labels.REFUSAL.kk,
        labels.CERTIFICATE.kk,
        labels.PROVIDER.kk,
    ],
)
def test_what_the_decree_has_words_for_is_said_in_its_own(words: str) -> None:
    assert re.sub(r"\W+", " ", words).strip().lower() in DECREE
