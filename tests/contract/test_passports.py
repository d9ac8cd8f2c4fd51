"""The passports in shared/passports are what the services' regulations say today."""

from pathlib import Path

from gateway import catalogue
from gateway.schemas.catalogue import ServiceView
from stack.generate import PASSPORTS, drift, generated, passports, write


def test_the_committed_passports_have_not_drifted() -> None:
    assert drift(generated()) == []


def test_drift_is_seen_in_a_changed_a_missing_and_a_surplus_file(tmp_path: Path) -> None:
    wanted = generated()
    write(wanted, tmp_path)
    assert drift(wanted, tmp_path) == []
    first = next(iter(wanted))
    (tmp_path / first).write_text("{}", "utf-8")
    (tmp_path / PASSPORTS / "gone.json").write_text("{}", "utf-8")
    assert drift(wanted, tmp_path) == [
        f"{first}: run python -m stack.generate",
        f"{PASSPORTS / 'gone.json'}: no service writes it",
    ]
    write(wanted, tmp_path)
    (tmp_path / first).unlink()
    assert drift(wanted, tmp_path) == [f"{first}: run python -m stack.generate"]


def test_every_service_of_the_catalogue_has_a_passport_and_every_passport_is_in_the_catalogue() -> None:
    assert {passport.code for passport in passports()} == set(catalogue.SERVICES)


def test_every_passport_is_told_by_the_catalogue_without_loss() -> None:
    for passport in passports():
        told = ServiceView.model_validate(catalogue.service(passport.code)).model_dump(exclude_none=True)["passport"]
        assert told == {key: value for key, value in passport.as_dict().items() if value is not None}
