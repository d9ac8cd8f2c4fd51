from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from shared.kit.clock import SystemClock
from shared.kit.settings import Settings


class ClinicSettings(Settings):
    name: str = "clinic"
    rounds_url: str = "http://127.0.0.1:1"


def test_a_field_is_read_from_the_variable_of_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROUNDS_URL", "http://127.0.0.1:2")
    monkeypatch.setenv("POOL_SIZE", "3")
    settings = ClinicSettings()
    assert (settings.rounds_url, settings.pool_size) == ("http://127.0.0.1:2", 3)


def test_the_machines_name_is_not_the_services(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "some-machine")
    assert ClinicSettings().name == "clinic"
    assert ClinicSettings(name="second").name == "second"


def test_a_secret_may_be_a_file_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "database_url").write_text("postgresql://from-file", encoding="ascii")
    assert ClinicSettings(_secrets_dir=tmp_path).database_url == "postgresql://from-file"
    monkeypatch.setenv("DATABASE_URL", "postgresql://from-environment")
    assert ClinicSettings(_secrets_dir=tmp_path).database_url == "postgresql://from-environment"


def test_the_databases_password_is_not_shown() -> None:
    assert "hush" not in repr(ClinicSettings(database_url="postgresql://clinic:hush@127.0.0.1/clinic"))


def test_settings_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValidationError):
        ClinicSettings(pool_size=0)


def test_the_clock_runs_at_the_offset_that_was_set() -> None:
    settings = ClinicSettings(clock_offset_seconds=3600)
    assert settings.clock() == SystemClock(timedelta(hours=1))
    ahead = settings.clock().now() - SystemClock().now()
    assert timedelta(minutes=59) < ahead < timedelta(minutes=61)
    assert settings.clock().now().tzinfo is UTC
    assert settings.clock().now() > datetime(2026, 1, 1, tzinfo=UTC)
