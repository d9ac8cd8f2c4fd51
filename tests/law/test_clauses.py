import re
from collections import defaultdict
from pathlib import Path

import pytest

from gateway import catalogue
from gateway.destinations import DESTINATIONS
from shared.law.clauses import CLAUSES, Clause

PROJECT = Path(__file__).parents[2]
DECREE = PROJECT / "docs" / "decree" / "2013-07-01-3-561.kk.txt"
PACKAGES = ("shared", "gateway", "home_visit_svc", "appointment_svc", "attachment_svc", "diploma_svc")
# Clauses with two lists of items, of which the second has a level of its own in the ids.
LISTS_APART = {"HV-15": {"15.1", "15.2"}, "AP-15": {"15.1", "15.2"}, "AT-17": {"17.1", "17.2"}}


def clauses_of_the_decree() -> dict[str, set[str]]:
    """The clauses as printed, each with the numbers of its items."""
    text = DECREE.read_text(encoding="utf-8")
    regulations = re.split(r"ің\s+регламенті\*\*|көрсету регламенті\*\*", text)[1:]
    found: dict[str, set[str]] = defaultdict(set)
    for letters, regulation in zip(("HV", "AP", "AT", "DP"), regulations, strict=True):
        body = re.split(r"кесте\. ЭҮП арқылы", regulation)[0]
        clause, last = "", 0
        for line in body.splitlines():
            if (head := re.match(r"([0-9]+)\. \S", line)) and int(head[1]) == last + 1:
                last += 1
                clause = f"{letters}-{last}"
                found[clause] = set()
            elif clause and (item := re.match(r"(?:- )?([0-9]+) ?\) ?\S", line)):
                found[clause].add(item[1])
    return found


def test_every_clause_of_the_decree_is_in_the_catalogue_and_none_besides() -> None:
    tops = {clause_id for clause_id in CLAUSES if "." not in clause_id}
    assert tops == set(clauses_of_the_decree())
    assert len(tops) == 18 + 25 + 27 + 16


def test_every_item_of_the_decree_is_in_the_catalogue_and_none_besides() -> None:
    for clause, items in clauses_of_the_decree().items():
        below = {one.partition("-")[2] for one in CLAUSES if one.startswith(f"{clause}.")}
        number = clause.partition("-")[2]
        if clause in LISTS_APART:
            assert {one for one in below if one.count(".") == 1} == LISTS_APART[clause]
            assert {one.rpartition(".")[2] for one in below if one.count(".") == 2} == items
        else:
            assert below == {f"{number}.{item}" for item in items}, clause


def cited() -> set[str]:
    sources = [path for package in PACKAGES for path in (PROJECT / package).rglob("*.py")]
    return {
        found
        for path in sources
        for found in re.findall(r"\b(?:HV|AP|AT|DP)-[0-9]{1,2}(?![0-9])(?:\.[0-9]+)*", path.read_text("utf-8"))
    }


def test_every_clause_cited_in_code_exists() -> None:
    assert cited() - CLAUSES.keys() == set()


def test_every_clause_that_is_code_is_cited_in_code() -> None:
    assert {clause.id for clause in CLAUSES.values() if clause.in_code} - cited() == set()


def test_every_clause_of_a_service_that_takes_requests_is_code_or_says_why_not() -> None:
    taking = {passport["regulation"] for code, passport in catalogue.passports().items() if code in DESTINATIONS}
    for clause in CLAUSES.values():
        if clause.regulation in taking:
            assert clause.in_code or clause.treatment.startswith("not code: ")


def test_every_clause_is_told_in_english_once() -> None:
    assert all(re.fullmatch(r"[ -~–№“”«»]+", clause.english) for clause in CLAUSES.values())


@pytest.mark.parametrize("treatment", ["", "Code", "code ", "not code", "not code: ", "later: ", "later"])
def test_a_clause_without_a_known_treatment_cannot_be_built(treatment: str) -> None:
    with pytest.raises(ValueError, match="HV-1 is not known"):
        Clause("HV-1", "x", treatment)
