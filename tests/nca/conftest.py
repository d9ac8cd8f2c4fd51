"""The stage of the tests of the authority's stub."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from nca_stub.authority import KINDS, create_authority
from nca_stub.responder import Responder
from nca_stub.stamper import Stamper
from tests.eds.stage import AT


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both authorities with their desks, which nobody has used yet; keys take a while to make, so tests copy them."""
    folder = tmp_path_factory.mktemp("nca") / "nca"
    for kind in KINDS:
        authority = create_authority(folder, AT - timedelta(days=2), kind)
        assert Stamper(authority).desk
        assert Responder(authority)._desk
    return folder


@pytest.fixture
def nca_folder(prepared: Path, tmp_path: Path) -> Path:
    """A folder with an authority under ``nca`` for one test alone."""
    shutil.copytree(prepared, tmp_path / "nca")
    return tmp_path
