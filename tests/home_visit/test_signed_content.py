import json
from dataclasses import replace

import pytest

from shared.kit.casework.signed_content import says_the_same
from tests.home_visit.people import ADULT, CHILD, FORM, entry


def test_hv_15_2_2_what_was_signed_is_what_is_asked() -> None:
    assert says_the_same(entry(ADULT, CHILD))


def test_hv_15_2_2_a_field_left_empty_says_the_same_as_one_not_there() -> None:
    asked = entry()
    signed = json.loads(asked.content)
    signed["form"]["address"]["entrance"] = None
    assert says_the_same(replace(asked, content=json.dumps(signed).encode()))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("request_id", "01890a5d-ac96-774b-bcce-b302099a8057"),
        ("service", "appointment"),
        ("applicant_iin", CHILD),
        ("subject_iin", CHILD),
        ("form", {**FORM, "phone": "+77010000000"}),
        ("form", None),
    ],
)
def test_hv_15_2_2_another_request_person_or_form_was_signed(name: str, value: object) -> None:
    asked = entry()
    signed = json.loads(asked.content) | {name: value}
    assert not says_the_same(replace(asked, content=json.dumps(signed).encode()))


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b"null", b"{"])
def test_hv_15_2_2_bytes_that_are_no_request_were_signed(content: bytes) -> None:
    assert not says_the_same(entry(content=content))
