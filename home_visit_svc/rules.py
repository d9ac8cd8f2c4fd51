"""Condition 3 of the decree: which ground of refusal holds, as a function of facts (HV-12, HV-15.2)."""

from home_visit_svc.regulation import GROUNDS
from shared.law.clause_twelve import Facts, decide_by
from shared.law.grounds import Decision


def decide(facts: Facts) -> Decision:
    """Name every ground that holds: HV-12 and the law on informatisation (HV-15.2), or data that cannot be had."""
    return decide_by(GROUNDS, facts)
