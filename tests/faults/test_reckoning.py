"""After the fire: each acknowledged request has exactly one registration, one outcome, one document, in its time."""

from tests.faults.fire import Record
from tests.faults.judge import judge
from tests.faults.stage import Stage
from tests.faults.walks import Walk

PATIENCE = 120.0
"""More than the longest chain of leases and pauses that a crash leaves behind."""


async def test_hv_14_nothing_signed_is_lost_doubled_or_late(stage: Stage, walk: Walk, record: Record) -> None:
    findings = await judge(stage, walk, record, patience=PATIENCE)
    print(record.figures(), findings.figures(), sep="\n")  # noqa: T201 - the figures are what a long run is for.
    assert findings.judged == len(record.signed) > 0
    assert not findings.faults, f"--faults-seed {record.seed}: {findings}"
