"""uv.lock and the requirements' locks: the same packages with the same hashes, from the public index alone."""

import re
import tomllib
from typing import Any

import pytest

from tests.architecture.sources import ROOT, project

PUBLIC = {"https://pypi.org", "https://files.pythonhosted.org"}
OF_IMAGES = {"requirements.prod.lock": "dependencies", "requirements.demo.lock": "demo"}
"""What the containers' images are made from, each lock with the part of uv.lock that it holds."""
PINNED = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>[^ ;\\]+)")


def uv_packages() -> dict[str, dict[str, Any]]:
    """Packages of uv.lock by name, without the project itself."""
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    return {one["name"]: one for one in locked if "virtual" not in one["source"] and "editable" not in one["source"]}


def required_packages(lock: str = "requirements.lock") -> dict[str, tuple[str, set[str]]]:
    """Version and hashes by name in a lock for pip."""
    packages: dict[str, tuple[str, set[str]]] = {}
    name = ""
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
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


def locked_project() -> dict[str, Any]:
    """The project's own entry in uv.lock."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    return next(one for one in packages if one["name"] == project()["project"]["name"])


def needed(group: str) -> set[str]:
    """What uv.lock names for the project's dependencies, or for one group, with all that those need in turn."""
    packages, ours = uv_packages(), locked_project()
    wanted = [(one["name"], one.get("extra", ())) for one in ours.get(group) or ours["dev-dependencies"][group]]
    found: set[str] = set()
    while wanted:
        name, extras = wanted.pop()
        found.add(name)
        parts = [packages[name].get("dependencies", [])]
        parts += [packages[name]["optional-dependencies"][extra] for extra in extras]
        wanted += [(one["name"], one.get("extra", ())) for part in parts for one in part if one["name"] not in found]
    return found


@pytest.mark.parametrize(("lock", "group"), OF_IMAGES.items())
def test_the_images_locks_name_what_the_images_need_and_no_more(lock: str, group: str) -> None:
    whole, part = required_packages(), required_packages(lock)
    assert part == {name: whole[name] for name in needed(group)}


@pytest.mark.parametrize("lock", ["requirements.lock", *OF_IMAGES])
def test_every_requirement_has_a_hash(lock: str) -> None:
    assert [name for name, (_, hashes) in required_packages(lock).items() if not hashes] == []


@pytest.mark.parametrize("lock", ["uv.lock", "requirements.lock", *OF_IMAGES])
def test_no_host_but_the_public_index_stands_in_a_lock(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert set(re.findall(r"[a-z]+://[^/\"\s]*", text)) <= PUBLIC


@pytest.mark.parametrize("lock", ["requirements.lock", *OF_IMAGES])
def test_requirements_name_no_index_at_all(lock: str) -> None:
    """Whoever has a mirror may use it: the hashes say what is right."""
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_the_lock_is_of_the_dependencies_that_the_project_has_now() -> None:
    told = locked_project()
    locked = {one["name"] for one in told["metadata"]["requires-dist"]}
    assert locked == {re.split(r"[\[>=;]", line)[0].strip() for line in project()["project"]["dependencies"]}
    for group, lines in project()["dependency-groups"].items():
        names = {re.split(r"[\[>=;]", line)[0].strip() for line in lines if isinstance(line, str)}
        assert names <= {one["name"] for one in told["metadata"]["requires-dev"][group]}
