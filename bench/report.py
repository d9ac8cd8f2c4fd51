"""What was measured: for docs/performance.md tables, ratios beside their goals, the machine; a summary."""

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bench.consumption import Memory
from bench.ledger import Reckoning
from bench.refusals import Refusal
from bench.rounds import Record

PROGRAMS: Final = ("walk", "floor", "conventional")
PROCESSES: Final = ("gateway", "home_visit", "attachment", "person_registry", "postgres")
PACKAGES: Final = (
    "aiohttp", "asyncpg", "cryptography", "fastapi", "httpx", "pydantic", "pyhanko", "pyjwt", "sqlalchemy", "starlette",
    "uvicorn", "uvloop",
)  # fmt: skip
BEGIN, END = "<!-- Written by ./run bench: -->", "<!-- until here -->"
MOST_FLOORS, LEAST_SAVED, MOST_P99_MS, LEAST_SHARE, MOST_MEMORY = 2.5, 3.0, 250.0, 0.40, 120.0


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that a run has found."""

    at: datetime
    rounds: int
    walks: Mapping[str, Record]
    reads: Mapping[str, Record]
    memory: Mapping[str, Memory]
    refusals: Sequence[Refusal]
    reckoning: Reckoning
    loads: tuple[float, float]
    postgres: str

    @property
    def sound(self) -> bool:
        """Whether everything was refused that must be, and nothing was answered wrongly."""
        return self.reckoning.holds and all(refusal.holds for refusal in self.refusals)


def page(found: Findings) -> str:
    """Return what the page says of a whole run."""
    blocks = (_head(found), _goals(found), _walks(found), _reads(found), _memory(found), _soundness(found))
    return "\n".join(line for block in blocks for line in (*block, ""))


def summary(found: Findings) -> str:
    """Return what was found, for a terminal: goals, tables, and what is wrong if something is."""
    blocks = [_goals(found), _walks(found), _reads(found), _memory(found), _soundness(found)]
    return "\n".join(line for block in blocks for line in (*block, ""))


def written_into(text: str, measured: str) -> str:
    """Return the page with what was measured in its place; the rest is written by hand."""
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n\n{measured}\n{END}{rest.partition(END)[2]}"


def _head(found: Findings) -> Iterator[str]:
    before, after = found.loads
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    yield (
        f"{found.at:%Y-%m-%d}, medians of {found.rounds} rounds in turn, 32 connections. {_processor()}, "
        f"{os.cpu_count()} cores, {memory:.0f} GiB, Linux {platform.release()}; load average {before:.1f} at the "
        f"beginning, {after:.1f} at the end. Python {platform.python_version()} ({platform.python_compiler()}), "
        f"PostgreSQL {found.postgres}; " + ", ".join(f"{name} {version(name)}" for name in PACKAGES) + "."
    )


def _walks(found: Findings) -> Iterator[str]:
    if not found.walks["walk"].samples:
        return
    yield "### From a signature to the signed answer"
    yield ""
    yield "| | CPU µs a request | lowest – highest round | requests/s | p50 / p99 at half load, ms |"
    yield "|---|---|---|---|---|"
    for name in PROGRAMS:
        record = found.walks[name]
        totals = [sample.total for sample in record.samples]
        latency = f"{record.latency(0.5) * 1e3:.0f} / {record.latency(0.99) * 1e3:.0f}"
        span = f"{min(totals):,.0f} – {max(totals):,.0f}"
        yield f"| {name} | {record.total:,.0f} | {span} | {record.per_second:.0f} | {latency} |"
    yield ""
    yield "| CPU µs by process | " + " | ".join(PROCESSES) + " |"
    yield "|---|" + "---|" * len(PROCESSES)
    for name in PROGRAMS:
        costs = (f"{found.walks[name].cost_of(process):,.0f}" for process in PROCESSES)
        yield f"| {name} | " + " | ".join(costs) + " |"


def _goals(found: Findings) -> Iterator[str]:
    yield "| | goal | measured | |"
    yield "|---|---|---|---|"
    if found.walks["walk"].samples:
        floors, saved = ratio(found, "walk", "floor"), ratio(found, "conventional", "walk")
        p99 = found.walks["walk"].latency(0.99) * 1e3
        yield _goal(
            "(a) the walk against (b) the floor, CPU", f"≤ {MOST_FLOORS}", f"{floors:.2f}", met=floors <= MOST_FLOORS
        )
        yield _goal(
            "(c) the usual way against (a) the walk, CPU",
            f"≥ {LEAST_SAVED:.0f}",
            f"{saved:.2f}",
            met=saved >= LEAST_SAVED,
        )
        yield _goal("p99 of the walk at half load", f"< {MOST_P99_MS:.0f} ms", f"{p99:.0f} ms", met=p99 < MOST_P99_MS)
    if found.reads:
        gateway, *direct = found.reads.values()
        share = gateway.per_second / max(record.per_second for record in direct)
        yield _goal(
            "(d) status read, gateway against service", f"≥ {LEAST_SHARE:.0%}", f"{share:.0%}", met=share >= LEAST_SHARE
        )
    if found.memory:
        largest = max((one.resident, name) for name, one in found.memory.items() if name != "postgres")
        told = f"{largest[0]:.0f} MiB ({largest[1]})"
        yield _goal("(e) memory of each process", f"< {MOST_MEMORY:.0f} MiB", told, met=largest[0] < MOST_MEMORY)


def ratio(found: Findings, dear: str, cheap: str) -> float:
    """Return the median of the rounds' own ratios: what disturbs a round disturbs both sides of its ratio."""
    pairs = zip(found.walks[dear].samples, found.walks[cheap].samples, strict=True)
    ratios = sorted(one.total / other.total for one, other in pairs)
    return ratios[len(ratios) // 2]


def _goal(what: str, goal: str, measured: str, *, met: bool) -> str:
    return f"| {what} | {goal} | {measured} | {'met' if met else '**missed**'} |"


def _reads(found: Findings) -> Iterator[str]:
    if not found.reads:
        return
    yield "### The status read"
    yield ""
    yield (
        "The service's own nearest reads: `documents/status` (an envelope, one row; the share above is measured "
        "against the faster of the two) and the delivery once more, which tells as much as the gateway does but has "
        "the whole signed request to carry and check. The gateway's read checks a token and asks for the session and "
        "the request."
    )
    yield ""
    yield "| | CPU µs a read | reads/s |"
    yield "|---|---|---|"
    for name, record in found.reads.items():
        yield f"| {name} | {record.total:,.0f} | {record.per_second:,.0f} |"


def _memory(found: Findings) -> Iterator[str]:
    if not found.memory:
        return
    yield "### Resident memory after the load"
    yield ""
    yield "| process | MiB | of it its own share (PSS) |"
    yield "|---|---|---|"
    for name, one in found.memory.items():
        resident = "" if name == "postgres" else f"{one.resident:.0f}"
        yield f"| {name}{' (all processes)' if name == 'postgres' else ''} | {resident} | {one.proportional:.0f} |"


def _soundness(found: Findings) -> Iterator[str]:
    yield "### The same build, in the same run"
    yield ""
    wrong = [one for one in found.refusals if not one.holds]
    cases, count = ", ".join(sorted({one.case for one in found.refusals})), len(found.refusals)
    yield f"- {count - len(wrong)} of {count} calls answered as they must be that are no plain request: {cases}"
    for refusal in wrong:
        yield f"- **WRONG**: {refusal.program}, {refusal.case} → {refusal.answered}"
    for line, well in found.reckoning.lines:
        yield f"- {line}{'' if well else ': **WRONG**'}"
    late = found.walks["walk"].not_at_once
    yield f"- {late} of the walk's answers came later than within the exchange (202, and then the certificate)"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
