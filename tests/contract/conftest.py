"""All applications as they are put together, and the gateway over a real database."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from fastapi import FastAPI

from stack.generate import generated
from stack.specimens import specimens
from tests.gateway.conftest import keys, passwords, portal, trust, workers

__all__ = ["keys", "passwords", "portal", "trust", "workers"]


@pytest.fixture(scope="session")
def apps_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the applications' keys lie."""
    return tmp_path_factory.mktemp("specimens")


@pytest.fixture(scope="session")
def apps(apps_folder: Path) -> Mapping[str, FastAPI]:
    """Each application by its process's name, without a database."""
    return specimens(apps_folder)


@pytest.fixture(scope="session")
def wanted() -> dict[Path, str]:
    """What every generated file should say."""
    return generated()
