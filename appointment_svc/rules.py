"""Condition 3 of the decree: which ground of refusal holds, as a function of facts (AP-12, AP-15.2, AP-16.10)."""

from appointment_svc.regulation import GROUNDS
from shared.law.clause_twelve import Facts, decide_by
from shared.law.grounds import Decision


def decide(facts: Facts) -> Decision:
    """Name every ground that holds: AP-12 (AP-15.2.1), the law on informatisation (AP-15.2.2), data not to be had.

    That the time is taken is no ground: the list is closed (docs/decisions/0012).
    """
    return decide_by(GROUNDS, facts)
