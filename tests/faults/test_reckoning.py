"""After the fire: each acknowledged request has exactly one registration, one outcome, one document, in its time."""

import pytest

from tests.faults.fire import Record
from tests.faults.judge import judge
from tests.faults.stage import Stage
from tests.faults.walks import WALKS, Walk

PATIENCE = 120.0
"""More than the longest chain of leases and pauses that a crash leaves behind."""


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.service)
async def test_hv_14_at_16_nothing_signed_is_lost_doubled_or_late(stage: Stage, record: Record, walk: Walk) -> None:
    findings = await judge(stage, walk, record, patience=PATIENCE)
    print(findings.figures())  # noqa: T201 - the figures are what a long run is for.
    assert findings.judged > 0
    assert not findings.faults, f"--faults-seed {record.seed}: {findings}"
