"""The closed list of refusal (DP-7, DP-8, DP-11, DP-14): every combination of facts."""

from datetime import date
from itertools import product

import pytest

from diploma_svc.holdings import Debt, Facts, Paper, PaperKind
from diploma_svc.regulation import GROUNDS, PASSPORT
from diploma_svc.rules import decide, decide_at_once, missing, suspends
from shared.law.grounds import Granted, Refused

DAY = date(2026, 11, 20)
LOSS = (Paper(PaperKind.LOSS_CERTIFICATE, DAY), Paper(PaperKind.NEWSPAPER_NOTICE, DAY))
PAID = Paper(PaperKind.PAYMENT, DAY, 5_000)
OWES = [Debt("library", "кітапхана", "Анатомия атласы", None)]


def codes(facts: Facts) -> list[str]:
    decision = decide(facts)
    return [ground.code for ground in decision.grounds] if isinstance(decision, Refused) else []


@pytest.mark.parametrize("identified", [True, False, None])
@pytest.mark.parametrize("attested", [True, False])
@pytest.mark.parametrize("duplicate", [True, False])
def test_every_ground_that_holds_is_named_and_no_other(
    *, identified: bool | None, attested: bool, duplicate: bool
) -> None:
    for original, loss, paid in product((True, False), repeat=3):
        papers = (*(LOSS if loss else ()), *((PAID,) if paid else ()))
        facts = Facts(identified, attested, duplicate, original, papers, price=5_000)
        wanted = {
            "identity_document_missing": identified is False,
            "final_attestation_not_passed_here": not attested,
            "loss_not_confirmed": duplicate and not (original and loss),
            "duplicate_not_paid": duplicate and not paid,
        }
        assert codes(facts) == [code for code, holds in wanted.items() if holds]


def test_the_closed_list_has_four_grounds_and_a_debt_is_none_of_them() -> None:
    assert [ground.code for ground in GROUNDS] == [
        "identity_document_missing",
        "final_attestation_not_passed_here",
        "loss_not_confirmed",
        "duplicate_not_paid",
    ]
    assert PASSPORT.grounds == GROUNDS


def test_dp_14_papers_of_a_duplicate_are_asked_for_first() -> None:
    asked = Facts(identified=True, attested_here=True, duplicate=True, original_issued=True, price=5_000)
    assert isinstance(decide_at_once(asked), Granted)
    assert missing(asked) == [PaperKind.LOSS_CERTIFICATE, PaperKind.NEWSPAPER_NOTICE, PaperKind.PAYMENT]
    complete = Facts(True, True, duplicate=True, original_issued=True, papers=(*LOSS, PAID), price=5_000)
    assert missing(complete) == []
    assert isinstance(decide(complete), Granted)
    assert missing(Facts(identified=True, attested_here=True)) == []


def test_what_no_paper_cures_is_refused_at_once_with_all_that_holds() -> None:
    never_here = Facts(identified=True, attested_here=False, duplicate=True, price=5_000)
    decision = decide_at_once(never_here)
    assert isinstance(decision, Refused)
    assert [ground.clause for ground in decision.grounds] == ["DP-7", "DP-14", "DP-8"]
    unknown_yet = Facts(identified=None, attested_here=True)
    assert isinstance(decide_at_once(unknown_yet), Granted)


@pytest.mark.parametrize(
    ("papers", "price", "paid"),
    [
        ((PAID,), 5_000, True),
        ((PAID,), 5_001, False),
        ((PAID, Paper(PaperKind.PAYMENT, DAY, 1)), 5_001, True),
        ((Paper(PaperKind.PAYMENT, None, 5_000),), 5_000, False),
        ((Paper(PaperKind.PAYMENT, DAY, None),), 5_000, False),
        ((Paper(PaperKind.CLEARANCE, DAY, 5_000),), 5_000, False),
        ((PAID,), None, False),
        ((), 5_000, False),
    ],
)
def test_dp_8_a_payment_shows_sum_and_date_and_reaches_the_price(
    papers: tuple[Paper, ...], price: int | None, *, paid: bool
) -> None:
    assert Facts(True, True, duplicate=True, original_issued=True, papers=papers, price=price).paid is paid


def test_dp_14_a_notice_of_the_loss_without_its_date_confirms_nothing() -> None:
    papers = (LOSS[0], Paper(PaperKind.NEWSPAPER_NOTICE))
    assert not Facts(True, True, duplicate=True, original_issued=True, papers=papers).loss_confirmed


def test_dp_13_a_debt_suspends_until_it_is_cleared_or_a_clearance_is_shown() -> None:
    facts = Facts(identified=True, attested_here=True)
    assert suspends(OWES, facts)
    assert not suspends([], facts)
    assert not suspends(OWES, Facts(True, True, papers=(Paper(PaperKind.CLEARANCE),)))
    assert codes(facts) == []
