"""The stage of the tests of signatures."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from nca_stub.authority import create_authority
from tests.eds.stage import AT, Stage, set_stage


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """An authority and its people, for all tests together."""
    return set_stage(tmp_path_factory.mktemp("eds"))


@pytest.fixture(scope="session")
def gost(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The same with GOST keys, in the profile of 2022."""
    return set_stage(tmp_path_factory.mktemp("eds"), "gost")


@pytest.fixture(scope="session", params=["rsa", "gost"])
def either(request: pytest.FixtureRequest) -> Stage:
    """Each of the two, one after the other."""
    found: Stage = request.getfixturevalue("stage" if request.param == "rsa" else "gost")
    return found


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another authority of the same names, that nobody has used yet."""
    folder = tmp_path_factory.mktemp("look-alike") / "nca"
    create_authority(folder, AT - timedelta(days=2))
    return folder


@pytest.fixture
def look_alike_folder(prepared: Path, tmp_path: Path) -> Path:
    """A folder with that authority under ``nca`` for one test alone."""
    shutil.copytree(prepared, tmp_path / "nca")
    return tmp_path


@pytest.fixture
def own(look_alike_folder: Path) -> Stage:
    """A stage of this test alone."""
    return set_stage(look_alike_folder)
