"""The decision of condition 3 as a function of facts: every ground of the closed list that holds, none besides.

What papers are still missing is no ground: they are asked for first (``missing``), and only when the head decides the
case without them do the grounds hold that they would have removed.
"""

from collections.abc import Sequence

from diploma_svc.holdings import OF_LOSS, Debt, Facts, PaperKind
from diploma_svc.regulation import (
    DUPLICATE_NOT_PAID,
    IDENTITY_DOCUMENT_MISSING,
    LOSS_NOT_CONFIRMED,
    NOT_ATTESTED_HERE,
)
from shared.law.grounds import Decision, decided_by


def decide(facts: Facts) -> Decision:
    """Decide with what is there now: every ground that holds, in the order of the closed list."""
    return decided_by(
        {
            IDENTITY_DOCUMENT_MISSING: facts.identified is False,
            NOT_ATTESTED_HERE: not facts.attested_here,
            LOSS_NOT_CONFIRMED: facts.duplicate and not (facts.original_issued and facts.loss_confirmed),
            DUPLICATE_NOT_PAID: facts.duplicate and not facts.paid,
        }
    )


def decide_at_once(facts: Facts) -> Decision:
    """Decide as far as no paper could change it: what can still be handed in is asked for, not refused.

    Where a ground holds that no paper cures, the others that hold now are named with it.
    """
    curable = facts.attested_here and facts.identified is not False and (not facts.duplicate or facts.original_issued)
    return decided_by({}) if curable else decide(facts)


def missing(facts: Facts) -> list[PaperKind]:
    """Return what is still to be handed in before a document can be prepared; for a duplicate only."""
    if not facts.duplicate:
        return []
    papers = sorted(OF_LOSS - facts.dated)
    return papers if facts.paid else [*papers, PaperKind.PAYMENT]


def suspends(debts: Sequence[Debt], facts: Facts) -> bool:
    """Say whether the debts suspend the service (DP-13); a clearance that is handed in proves that there are none.

    The clearance comes from the college's own debts, or as an attached proof (DP-11.2).
    """
    return bool(debts) and not facts.has(PaperKind.CLEARANCE)
