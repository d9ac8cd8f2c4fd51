"""The passports of the services and the catalogue that tells them."""

from gateway import catalogue
from gateway.schemas.catalogue import ServiceView
from stack.generate import passports


def test_every_service_of_the_catalogue_has_a_passport_and_every_passport_is_in_the_catalogue() -> None:
    assert {passport.code for passport in passports()} == set(catalogue.SERVICES)


def test_every_passport_is_told_by_the_catalogue_without_loss() -> None:
    for passport in passports():
        told = ServiceView.model_validate(catalogue.service(passport.code)).model_dump(exclude_none=True)["passport"]
        assert told == {key: value for key, value in passport.as_dict().items() if value is not None}
