"""What documents cost: CPU milliseconds on one core, medians, beside a reference program; and the time to a first page.

python -m bench.documents [ROUNDS]
"""

import asyncio
import hashlib
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, Final

from shared.documents.check import check_file
from shared.documents.findings import Report
from shared.documents.paper import paper_of
from shared.documents.sealed import Sealed
from tests.documents.conftest import ADDRESS, Desk, desk_in

ROUNDS: Final = 30
REFERENCE: Final = "SHA-256 of 1 MB (reference)"
FIRST: Final = """
import asyncio, sys
from pathlib import Path
from shared.documents.findings import Report
from shared.documents.paper import paper_of
Path(sys.argv[2]).write_bytes(paper_of(Path(sys.argv[1]).read_text(), "https://portal.example/verify/"))
"""
Work = Callable[[], Any]


def works(desk: Desk) -> Mapping[str, Work]:
    """Return what is measured, by name; every paper is of another number, so that nothing is remembered."""
    numbers = iter(range(10**7))

    def another(**changes: object) -> str:
        return desk.certificate(number=f"HV-2026-{next(numbers):07d}", **changes)

    jws, refusal = desk.certificate(), desk.refusal()
    pdf = asyncio.run(desk.pdf(jws))
    terms, data = desk.terms(), jws.encode()
    return {
        REFERENCE: lambda: hashlib.sha256(bytes(1_000_000)).digest(),
        "certificate set (Typst)": lambda: paper_of(another(), ADDRESS),
        "refusal on every ground set, in three languages": lambda: paper_of(
            desk.seal(_numbered(refusal, next(numbers))), ADDRESS, ("kk", "ru", "en")
        ),
        "certificate set and sealed (PAdES)": lambda: asyncio.run(desk.pdf(another(), stamped=False)),
        "certificate set, sealed and stamped (stub's stamp included)": lambda: asyncio.run(desk.pdf(another())),
        "JWS verified": lambda: _held(check_file(data, terms)),
        "PDF verified, with its stamp and the JWS inside": lambda: _held(check_file(pdf, terms)),
    }


def _numbered(jws: str, number: int) -> dict[str, Any]:
    return {**Sealed.read(jws).document, "number": f"HV-2026-{number:07d}"}


def _held(report: Report) -> None:
    if not report.holds:
        raise ValueError("what is measured must hold")


def measured(all_works: Mapping[str, Work], rounds: int) -> dict[str, float]:
    """Return the median of each work in milliseconds, the works taken in turn."""
    taken: dict[str, list[float]] = {name: [] for name in all_works}
    for one in range(rounds + 2):
        for name, work in all_works.items():
            begun = process_time()
            work()
            if one > 1:
                taken[name].append((process_time() - begun) * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def first_page(desk: Desk, folder: Path) -> float:
    """Return the seconds from the start of a process to its first page."""
    (folder / "answer.jws").write_text(desk.certificate())
    begun = perf_counter()
    asked = [sys.executable, "-c", FIRST, str(folder / "answer.jws"), str(folder / "answer.pdf")]
    subprocess.run(asked, check=True)  # noqa: S603 - ourselves.
    return perf_counter() - begun


def main(arguments: list[str]) -> int:
    """Measure and print a table."""
    rounds = int(arguments[0]) if arguments else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        desk = desk_in(Path(name))
        found = measured(works(desk), rounds)
        lines = [f"{what:60} {cost:8.2f} ms {1000 / cost:8.0f}/s" for what, cost in found.items()]
        first = first_page(desk, Path(name)) * 1000
        lines.append(f"{'time to the first page, from the start of a process':60} {first:8.0f} ms")
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
