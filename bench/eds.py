"""What a verification costs: CPU milliseconds on one core, medians of interleaved rounds, beside a reference program.

python -m bench.eds [ROUNDS]

It ends with 1 where GOST takes 50 ms or RSA 3 ms, the limits that the design sets.
"""

import hashlib
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Final, Self

from nca_stub.gost import GostKey
from shared.eds.cms import verify_cms
from shared.eds.crl_store import CrlStore
from shared.eds.gost.gost94 import gost94
from shared.eds.gost.streebog import streebog512
from shared.eds.gost_engine import HERE
from shared.eds.trust import Trust
from tests.eds.stage import AT, CITIZEN, CONTENT, Stage, set_stage

ROUNDS: Final = 30
REFERENCE: Final = "SHA-256 of 1 MB (reference)"
LIMITS: Final = {"RSA": 3.0, "GOST": 50.0}
"""Milliseconds for a whole verification."""
Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Verification:
    """One signature to be verified again and again, the chain kept or not; each with a trust of its own."""

    trust: Trust
    store: CrlStore
    cms: bytes
    keeps: bool

    @classmethod
    def of(cls, stage: Stage, cms: bytes, *, keeps: bool) -> Self:
        """Return it with the stage's authorities and list."""
        trust = Trust(stage.trust.anchors)
        store = CrlStore(trust)
        store.accept(stage.lists.full(AT))
        return cls(trust, store, cms, keeps)

    def __call__(self) -> None:
        """Verify; a signature that is not confirmed would measure nothing."""
        if not self.keeps:
            self.trust.forget()
        verdict = verify_cms(self.cms, CONTENT, trust=self.trust, revocation=self.store, at=AT, expected=CITIZEN)
        if not verdict.confirmed:
            raise ValueError(verdict.code)


def works(folder: Path) -> Mapping[str, Work]:
    """Return what is measured, by name; the reference first."""
    found: dict[str, Work] = {REFERENCE: lambda: hashlib.sha256(bytes(1_000_000)).digest()}
    for name, stage in (("RSA-2048", set_stage(folder)), ("GOST-2015, 512 bits", set_stage(folder, "gost"))):
        plain, stamped = stage.sign(), stage.stamped()
        found[f"{name}: chain kept"] = Verification.of(stage, plain, keeps=True)
        found[f"{name}: chain built"] = Verification.of(stage, plain, keeps=False)
        found[f"{name}: CAdES-T, chains built"] = Verification.of(stage, stamped, keeps=False)
        if stage.is_gost:
            short = stage.sign(stage.person("short", lambda: stage.order(key="gost256")))  # noqa: B023 - asked at once.
            found["GOST-2015, 256 bits: chain kept"] = Verification.of(stage, short, keeps=True)
    key, data = GostKey.generate(), bytes(1_000)
    info, signature = key.public_info(), key.sign(data)
    found["GOST: the check of one signature"] = lambda: HERE.holds(info, signature, data, "streebog512")
    found["Streebog-512 of 1 KB"] = lambda: streebog512(data)
    found["34.11-94 of 1 KB"] = lambda: gost94(data)
    return found


def measured(asked: Mapping[str, Work], rounds: int) -> Mapping[str, float]:
    """Return the median milliseconds of each, all of them in turn in every round."""
    costs: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(rounds + 1):
        for name, work in asked.items():
            work()  # What ran before has driven it out of the processor's caches.
            begun = process_time()
            work()
            costs[name].append((process_time() - begun) * 1_000)
    # The first round makes tables and reads keys.
    return {name: statistics.median(said[1:]) for name, said in costs.items()}


def main(rounds: int, say: Callable[[str], object]) -> int:
    """Measure and print; returns the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        found = measured(works(Path(folder)), rounds)
    say(f"{'':42} {'ms':>8} {'× reference':>12}")
    for name, cost in found.items():
        say(f"{name:42} {cost:8.2f} {cost / found[REFERENCE]:12.1f}")
    for kind, limit in LIMITS.items():
        worst = max(cost for name, cost in found.items() if name.startswith(kind) and "chain" in name)
        say(f"{kind}: {worst:.1f} ms at most, the limit is {limit:.0f} ms")
        if worst >= limit:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS, print))
