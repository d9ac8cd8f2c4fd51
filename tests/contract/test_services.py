"""What all services have in common: files under the same names, forms with passports, URLs without persons."""

import json
import re

from gateway import catalogue
from gateway.destinations import DESTINATIONS
from stack.generate import SERVICES, passports
from stack.roster import ROSTER
from tests.architecture.sources import ROOT
from tests.openapi import document

FILES = {"__init__", "regulation", "rules", "documents", "facts", "journal", "process", "schemas", "routes", "app"}
TO_COME: dict[str, set[str]] = {}
"""What the services' own issues bring; a file that is there must not stand here any more."""


def test_every_service_has_the_same_files() -> None:
    for service in SERVICES:
        present = {path.stem for path in (ROOT / service).iterdir()}
        assert FILES - present == TO_COME.get(service, set()), service
        assert list((ROOT / service / "migrations" / "versions").glob("0001_*.py")), service


def test_every_service_that_takes_requests_has_a_form_a_passport_and_a_process() -> None:
    known = {passport.code: passport for passport in passports()}
    processes = {service.name: service.package for service in ROSTER}
    for code, destination in DESTINATIONS.items():
        assert known[code].name.as_dict() == catalogue.passports()[code]["name"]
        assert processes[destination.service] in SERVICES
        assert catalogue.form_of(code)["form_version"] == destination.form_version
        assert catalogue.service(code)["available"]


def test_every_form_stands_in_the_gateways_document_with_an_example_beside_the_readme() -> None:
    told = document("gateway")
    schema = {"$ref": "#/components/schemas/NewRequest"}
    form = told.resolved(schema)["properties"]["form"]
    ways = {way["$ref"].rpartition("/")[2] for way in form.get("anyOf", [form])}
    assert ways == {destination.form.__name__ for destination in DESTINATIONS.values()}
    assert set(told.resolved(schema)["properties"]["service"]["enum"]) == set(DESTINATIONS)
    for code in DESTINATIONS:
        example = json.loads((ROOT / "docs/examples" / f"{code}.json").read_text(encoding="utf-8"))
        assert told.faults(schema, example) == []


def test_no_url_can_carry_the_number_of_a_person() -> None:
    for service in ROSTER:
        for operation in document(service.name).operations:
            found = [document(service.name).resolved(one) for one in operation.told.get("parameters", ())]
            for parameter in (one for one in found if one["in"] in {"path", "query"}):
                assert not re.search("iin|person|patient|applicant|subject", parameter["name"]), operation
                takes_twelve_digits = re.search(r"12|\\d", parameter["schema"].get("pattern", ""))
                assert not takes_twelve_digits or parameter["name"] == "bin", operation
