"""Writes docs/eds-comparison.md: every bad case of the tests, what we answer and at what cost, and what others accept.

python -m bench.eds_comparison
"""

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import Final

from bench.eds_opinions import COMMAND, openssl_accepts, openssl_version, pyhanko_accepts
from tests.eds.bad_cases import LIMITS, MATCH, RSA_ONLY, SHAPE, WHAT, WHO, Make
from tests.eds.gost_cases import GOST_ONLY
from tests.eds.stage import AT, Stage, set_stage
from tests.eds.stamp_cases import STAMPS

PAGE: Final = Path(__file__).parents[1] / "docs" / "eds-comparison.md"
TIMES: Final = 5
Group = tuple[str, Mapping[str, tuple[str, Make]]]
GROUPS: Final[tuple[Group, ...]] = (
    ("Step 0: limits", LIMITS),
    ("Step 1: shape", SHAPE),
    ("Step 2: who", WHO),
    ("Step 4: what", WHAT),
    ("Step 5: match", MATCH),
    ("RSA alone", RSA_ONLY),
    ("Time stamps (CAdES-T)", STAMPS),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One case: what we say, its cost in milliseconds of CPU, and what the others do with it (None: an exception)."""

    name: str
    code: str
    cost: float
    openssl: bool
    pyhanko: bool | None


def rows_of(group: Group, stage: Stage, folder: Path) -> Iterator[Row]:
    """Put each case to all; a case of ours that is not refused with its code is an error."""
    for name, (code, make) in group[1].items():
        cms = make(stage)
        told, cost = judged(stage, cms)
        if told != code:
            raise ValueError(f"{name}: {told} where {code} is due")
        yield Row(
            name, code, cost, openssl_accepts(cms, stage.authority, folder), pyhanko_accepts(cms, stage.authority)
        )


def judged(stage: Stage, cms: bytes) -> tuple[str, float]:
    """Return our code, and the median CPU time of a verification in milliseconds, its chain not kept."""
    store, costs, code = stage.store(), [], ""
    for _ in range(TIMES):
        stage.trust.forget()
        begun = process_time()
        code = stage.verdict(cms, revocation=store).code
        costs.append((process_time() - begun) * 1_000)
    return code, statistics.median(costs)


def revoked(stage: Stage) -> bytes:
    """Return the signature of someone whose certificate is revoked."""
    person = stage.person("revoked for the table")
    if not stage.authority.register.revocation_of(person.certificate.serial_number):
        stage.lists.revoke(person.certificate.serial_number, "keyCompromise", AT)
    return stage.sign(person)


def as_it_should_be(stage: Stage) -> bytes:
    """Return a signature without a fault."""
    return stage.sign()


REVOCATION: Final[Mapping[str, tuple[str, Make]]] = {"a revoked certificate": ("revoked", revoked)}
GOOD: Final[Mapping[str, tuple[str, Make]]] = {
    "a signature without a fault": ("confirmed", as_it_should_be),
    "the same with a time stamp": ("confirmed", lambda stage: stage.stamped()),
}


def page(folder: Path) -> str:
    """Return the whole page."""
    rsa, gost = set_stage(folder), set_stage(folder, "gost")
    parts = [_head()]
    tally = {"openssl": 0, "pyhanko": 0, "ours": 0}
    for group in (("For comparison", GOOD), ("Step 3: revocation", REVOCATION), *GROUPS):
        rows = list(rows_of(group, rsa, folder))
        parts.append(_table(group[0], rows))
        if group[1] is not GOOD:
            tally["ours"] += len(rows)
            tally["openssl"] += sum(row.openssl for row in rows)
            tally["pyhanko"] += sum(bool(row.pyhanko) for row in rows)
    gost_rows = [row for group in (("", GOOD), ("", GOST_ONLY)) for row in rows_of(group, gost, folder)]
    parts.append(_table("GOST 34.10-2015: neither of the two reads it, so they refuse the good ones too", gost_rows))
    summary = (
        f"Of {tally['ours']} RSA signatures that must not pass, OpenSSL accepts **{tally['openssl']}** and pyHanko "
        f"**{tally['pyhanko']}**; ours accepts none.\n"
    )
    parts.insert(1, summary)
    return "\n".join(parts)


def _head() -> str:
    return f"""# The same bad signatures, put to others

Made by `python -m bench.eds_comparison` from the cases of `tests/eds/`; every code is what the tests ask for. “accepts”
means that the program says the signature is good. Neither was made for the profile of Kazakhstan, and a caller can add
checks of their own: the table shows what a caller gets who adds none.

* OpenSSL: `{COMMAND}` ({openssl_version()})
* pyHanko {version("pyhanko")}: `async_validate_detached_cms` with the root as its only trust, at the same time;
  “error” is an exception
* ms: CPU time of our verification on one core, the chain not kept
"""


def _table(title: str, rows: list[Row]) -> str:
    lines = [f"## {title}\n", "| case | ours | ms | OpenSSL | pyHanko |", "|---|---|---|---|---|"]
    for row in rows:
        yes = "accepts" if row.code == "confirmed" else "**accepts**"
        words = {True: yes, False: "refuses", None: "error"}
        lines.append(f"| {row.name} | {row.code} | {row.cost:.1f} | {words[row.openssl]} | {words[row.pyhanko]} |")
    return "\n".join(lines) + "\n"


def main(write: Callable[[str], object]) -> None:
    """Make the page in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        write(page(Path(folder)))


if __name__ == "__main__":
    main(lambda text: PAGE.write_text(text, "utf-8"))
    sys.exit(0)
