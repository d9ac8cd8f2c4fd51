"""The grounds of refusal speak in the words of the clause they stand on, as the decree's Kazakh text has them."""

import re
from collections.abc import Mapping, Sequence

import pytest

from appointment_svc.regulation import GROUNDS as APPOINTMENT
from attachment_svc.regulation import GROUNDS as ATTACHMENT
from diploma_svc.regulation import GROUNDS as DIPLOMA
from home_visit_svc.regulation import GROUNDS as HOME_VISIT
from shared.law.grounds import Ground
from tests.architecture.sources import ROOT

DECREE = (ROOT / "docs/decree/2013-07-01-3-561.kk.txt").read_text(encoding="utf-8")
REGULATIONS = dict(zip(("HV", "AP", "AT", "DP"), re.split(r"(?m)^(?=1\. )", DECREE)[1:], strict=True))
GROUNDS: Mapping[str, Sequence[Ground]] = {"HV": HOME_VISIT, "AP": APPOINTMENT, "AT": ATTACHMENT, "DP": DIPLOMA}
DOCUMENT = "жеке басын куәландыратын құжаты"
LAW = "Ақпараттандыру туралы Қазақстан Республикасының 2007 жылғы 11 қаңтардағы Заңының 40"
WORDS: Mapping[str, Sequence[str]] = {
    "identity_document_not_in_force": [f"{DOCUMENT} (он алты жасқа толмаған адамдар үшін – туу туралы куәлігі)"],
    "person_deceased": [DOCUMENT],
    "not_attached_here": ["тіркелген халықтың тіркеліміне сәйкес осы Қызмет", "тіркеуінің болуы қажет"],
    "not_by_the_informatisation_law": [LAW, "нормаларға сәйкес келме"],
    "data_cannot_be_had": ["тұтынушының мәліметтері", "алу мүмкін болма"],
    "chosen_more_than_once_a_year": ["Қызмет ұсынушыны еркін таңдау кезінде жылына бір реттен жиі тіркелген"],
    "population_above_the_norm": ["Қызмет ұсынушы тіркейтін тіркелген халықтың саны нормативтерден ас"],
    "attached_to_several_providers": ["бірнеше Қызмет ұсынушыға тіркелген"],
    "identity_document_missing": ["жеке куәлі"],
    "final_attestation_not_passed_here": ["білім алған", "және қорытынды аттестациядан өткен"],
    "loss_not_confirmed": ["туралы анықтама", "мерзімді баспасөз басылымында"],
    "duplicate_not_paid": ["төлем сомасы мен күнін растайтын төлем құжаты"],
}
"""What a ground takes from its clause, by its code; a word may end otherwise in a sentence of ours.

The decree calls the provider «беруші», «көрсетуші» and «ұсынушы» by turns, within one clause too; ours say «беруші».
"""
OF_CLAUSE_1 = {"representative_not_entitled": "жеке тұлға немесе оның өкілі"}
"""Clause 12 (AT: 14) asks something of the consumer; clause 1 says who that is, and the ground names it."""


def squeezed(text: str) -> str:
    """The letters and digits alone: in the decree some words are s p a c e d out, others broken by hyphens."""
    return re.sub(r"[\W_]+", "", text).lower()


def clause(regulation: str, number: str) -> str:
    """The text of one numbered clause; the first of that number stands before all tables."""
    whole = REGULATIONS[regulation]
    begun = re.search(rf"(?m)^{number}\. ?(?=[^\W\d]|«)", whole)
    assert begun, f"{regulation}-{number}"
    rest = whole[begun.start() :]
    end = re.search(rf"(?m)^(?:{int(number) + 1}\. ?(?=[^\W\d]|«)|#)", rest)
    return rest[: end.start() if end else None]


@pytest.mark.parametrize("regulation", GROUNDS)
def test_a_ground_says_what_its_clause_says(regulation: str) -> None:
    for ground in GROUNDS[regulation]:
        number = ground.clause.removeprefix(f"{regulation}-").partition(".")[0]
        of_clause = [(number, words) for words in WORDS.get(ground.code, ())]
        of_clause += [("1", words) for code, words in OF_CLAUSE_1.items() if code == ground.code]
        assert of_clause, f"{ground.code}: which of the clause's words does it say?"
        for place, words in of_clause:
            assert squeezed(words) in squeezed(ground.words.kk), ground
            assert squeezed(words) in squeezed(clause(regulation, place)), (ground.code, ground.clause)


def test_every_ground_is_looked_at_and_none_that_is_not_there() -> None:
    assert {ground.code for grounds in GROUNDS.values() for ground in grounds} == WORDS.keys() | OF_CLAUSE_1.keys()
