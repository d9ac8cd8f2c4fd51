"""What processes consume, as Linux accounts for it in /proc: processor time and memory of whole families."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from os import sysconf
from pathlib import Path

PROC = Path("/proc")
_TICK = 1.0 / sysconf("SC_CLK_TCK")
_PARENT, _REAPED_USER, _REAPED_SYSTEM = 1, 13, 14
"""Places in /proc/PID/stat counted from the state on, which follows the name in brackets (proc_pid_stat(5))."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory of one process in MiB: all of it, and its share where pages are shared."""

    resident: float
    proportional: float


def processor_seconds(families: Mapping[str, int]) -> dict[str, float]:
    """Return user and system time that each family has used since it began, by its name.

    A family is a process and all that descend from it; what ended is counted by whoever has awaited it.
    """
    parents = _parents()
    return {name: sum(map(_used_by, _family(root, parents))) for name, root in families.items()}


def memory_of(process_id: int) -> Memory:
    """Return the memory of one process."""
    lines = (PROC / str(process_id) / "smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    kibibytes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    return Memory(kibibytes["Rss"] / 1024, kibibytes["Pss"] / 1024)


def memory_of_family(root: int) -> Memory:
    """Return the memory of a process and its descendants together: the sum counts shared pages only proportionally."""
    members = [memory_of(member) for member in _family(root, _parents())]
    return Memory(sum(one.resident for one in members), sum(one.proportional for one in members))


def _parents() -> dict[int, int]:
    parents: dict[int, int] = {}
    for entry in PROC.glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            parents[int(entry.name)] = int(_stat(int(entry.name))[_PARENT])
    return parents


def _family(root: int, parents: Mapping[int, int]) -> set[int]:
    family = {root}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def _used_by(process_id: int) -> float:
    """Return the seconds of a living process: its threads to the nanosecond, its ended children to the tick."""
    with suppress(FileNotFoundError, ProcessLookupError):
        threads = (PROC / str(process_id) / "task").glob("*/schedstat")
        own = sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads)
        stat = _stat(process_id)
        return own / 1e9 + (int(stat[_REAPED_USER]) + int(stat[_REAPED_SYSTEM])) * _TICK
    return 0.0


def _stat(process_id: int) -> list[str]:
    return (PROC / str(process_id) / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
