"""The stage of the tests of the authority's stub."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from nca_stub.authority import create_authority
from tests.eds.stage import AT


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority that nobody has used yet; its keys take a while to make, so tests copy it."""
    folder = tmp_path_factory.mktemp("nca") / "nca"
    create_authority(folder, AT - timedelta(days=2))
    return folder


@pytest.fixture
def nca_folder(prepared: Path, tmp_path: Path) -> Path:
    """A folder with an authority under ``nca`` for one test alone."""
    shutil.copytree(prepared, tmp_path / "nca")
    return tmp_path
