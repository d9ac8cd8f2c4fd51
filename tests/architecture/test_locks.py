"""uv.lock and requirements.lock: the same packages with the same hashes, from the public index and nowhere else."""

import re
import tomllib
from typing import Any

import pytest

from tests.architecture.sources import ROOT, project

PUBLIC = {"https://pypi.org", "https://files.pythonhosted.org"}
PINNED = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ ;\\]+)")


def uv_packages() -> dict[str, dict[str, Any]]:
    """Packages of uv.lock by name, without the project itself."""
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    return {one["name"]: one for one in locked if "virtual" not in one["source"] and "editable" not in one["source"]}


def required_packages() -> dict[str, tuple[str, set[str]]]:
    """Version and hashes by name in requirements.lock."""
    packages: dict[str, tuple[str, set[str]]] = {}
    name = ""
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if found := PINNED.match(line):
            name = found["name"]
            packages[name] = found["version"], set()
        elif line.strip().startswith("--hash="):
            packages[name][1].add(line.strip().removeprefix("--hash=").removesuffix("\\").strip())
    return packages


def test_both_locks_name_the_same_versions() -> None:
    versions = {name: version for name, (version, _) in required_packages().items()}
    assert versions == {name: one["version"] for name, one in uv_packages().items()}


def test_both_locks_know_the_same_files_by_their_hashes() -> None:
    required = required_packages()
    for name, one in uv_packages().items():
        files = [*one.get("wheels", ()), *([one["sdist"]] if "sdist" in one else [])]
        assert required[name][1] == {file["hash"] for file in files}, name


def test_every_requirement_has_a_hash() -> None:
    assert [name for name, (_, hashes) in required_packages().items() if not hashes] == []


@pytest.mark.parametrize("lock", ["uv.lock", "requirements.lock"])
def test_no_host_but_the_public_index_stands_in_a_lock(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert set(re.findall(r"[a-z]+://[^/\"\s]*", text)) <= PUBLIC


def test_requirements_name_no_index_at_all() -> None:
    """Whoever has a mirror may use it: the hashes say what is right."""
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_lock_is_of_the_dependencies_that_the_project_has_now() -> None:
    told = next(
        one
        for one in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
        if one["name"] == project()["project"]["name"]
    )
    locked = {one["name"] for one in told["metadata"]["requires-dist"]}
    assert locked == {re.split(r"[\[>=;]", line)[0].strip() for line in project()["project"]["dependencies"]}
    for group, lines in project()["dependency-groups"].items():
        names = {re.split(r"[\[>=;]", line)[0].strip() for line in lines if isinstance(line, str)}
        assert names <= {one["name"] for one in told["metadata"]["requires-dev"][group]}
