import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from shared.forms.home_visit import COMPLAINT_AT_MOST, EXAMPLE, FORM_VERSION, HomeVisitForm
from shared.forms.schema import form_schema
from shared.law.providers import provider_with

BAD_TEXTS = {
    "control_character": ["a\0b", "a\tb", "a\x85b", "a\u2028b"],
    "format_character": ["a\u200bb", "a\u202eb", "\ufeffab"],
    "private_use_character": ["a\ue000b"],
    "unassigned_character": ["a\uffffb"],
    "digit_not_ascii": ["үй ٣", "үй ３", "үй ९"],
    "blank_at_an_end": [" a", "a ", "a\u00a0", " "],
}


def form_with(**changes: Any) -> bytes:
    return json.dumps({**EXAMPLE, **changes}).encode()


def codes(body: bytes) -> list[tuple[tuple[int | str, ...], str]]:
    with pytest.raises(ValidationError) as refused:
        HomeVisitForm.model_validate_json(body)
    return [(error["loc"], error["type"]) for error in refused.value.errors()]


def test_hv_13_the_example_is_a_form_of_a_provider_of_appendix_3() -> None:
    form = HomeVisitForm.model_validate_json(form_with())
    assert provider_with(form.provider_bin) is not None
    assert form.address.house == "12а"
    assert form.address.intercom is None


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in BAD_TEXTS.items() for text in texts])
def test_text_that_is_not_plain_is_refused_and_never_repaired(code: str, text: str) -> None:
    assert codes(form_with(complaint=text)) == [(("complaint",), code)]
    address = {**EXAMPLE["address"], "street": text}
    assert codes(form_with(address=address)) == [(("address", "street"), code)]


def test_what_is_pasted_from_elsewhere_comes_into_one_form_before_it_is_signed() -> None:
    pasted = "Кеше\u0438\u0306 бастап\r\nдене қызуы 38,5\rжөтел\n"
    form = HomeVisitForm.model_validate_json(
        form_with(complaint=pasted, address={**EXAMPLE["address"], "street": "Абаи\u0306"})
    )
    assert form.complaint == "Кешей бастап\nдене қызуы 38,5\nжөтел"
    assert form.address.street == "Абай"
    again = HomeVisitForm.model_validate_json(form.model_dump_json())
    assert again == form


@pytest.mark.parametrize("street", ["Абай\nдаңғылы", "Абай\r\n"])
def test_a_text_of_one_line_has_one_line(street: str) -> None:
    address = {**EXAMPLE["address"], "street": street}
    assert codes(form_with(address=address)) == [(("address", "street"), "control_character")]


@pytest.mark.parametrize("complaint", ["\n", "\r\n\n"])
def test_line_ends_alone_are_no_text(complaint: str) -> None:
    assert codes(form_with(complaint=complaint)) == [(("complaint",), "string_too_short")]


def test_lone_surrogates_are_refused() -> None:
    assert codes(form_with(complaint="a\ud800")) == [((), "json_invalid")]


@pytest.mark.parametrize(
    "text",
    ["Дене қызуы 38,5 °C; жөтел – екінші күн", "Ребёнок №2: t° 39!", "Ä ö 😷", "й и ё"],  # all in form C
)
def test_text_as_people_write_it_is_kept_to_the_byte(text: str) -> None:
    assert HomeVisitForm.model_validate_json(form_with(complaint=text)).complaint == text


def test_hv_16_5_the_size_of_every_field_is_limited() -> None:
    assert HomeVisitForm.model_validate_json(form_with(complaint="ә" * COMPLAINT_AT_MOST))
    assert codes(form_with(complaint="ә" * (COMPLAINT_AT_MOST + 1))) == [(("complaint",), "string_too_long")]
    assert codes(form_with(complaint="")) == [(("complaint",), "string_too_short")]
    longest = {"street": 120, "house": 20, "apartment": 10, "entrance": 10, "intercom": 20}
    for field, most in longest.items():
        assert HomeVisitForm.model_validate_json(form_with(address={**EXAMPLE["address"], field: "x" * most}))
        too_long = form_with(address={**EXAMPLE["address"], field: "x" * (most + 1)})
        assert codes(too_long) == [(("address", field), "string_too_long")]


@pytest.mark.parametrize(
    "bin_", ["130040900053", "13004090005", "1300409000522", "١٣٠٠٤٠٩٠٠٠٥٢", "13004090005\n", 130040900052]
)
def test_a_bin_is_twelve_ascii_digits_whose_check_digit_holds(bin_: object) -> None:
    assert len(codes(form_with(provider_bin=bin_))) == 1


@pytest.mark.parametrize(
    "phone", ["87012345678", "+7 701 234 56 78", "+0701234567", "+1234567", "+7701234567890123", "+٧٧٠١٢٣٤٥٦٧٨"]
)
def test_a_telephone_number_is_written_as_e_164(phone: str) -> None:
    assert codes(form_with(phone=phone)) == [(("phone",), "string_pattern_mismatch")]


@pytest.mark.parametrize("floor", ["5", 5.0, True, 201, -6, 2**70])
def test_a_floor_is_a_whole_number_of_a_building(floor: object) -> None:
    assert len(codes(form_with(address={**EXAMPLE["address"], "floor": floor}))) == 1


@pytest.mark.parametrize("field", ["status", "iin", "applicant_iin", "role", "answer_by"])
def test_an_unknown_field_is_refused(field: str) -> None:
    assert codes(form_with(**{field: "x"})) == [((field,), "extra_forbidden")]
    assert codes(form_with(address={**EXAMPLE["address"], field: "x"})) == [(("address", field), "extra_forbidden")]


@pytest.mark.parametrize("field", ["provider_bin", "address", "phone", "complaint"])
def test_what_is_needed_cannot_be_left_out_or_null(field: str) -> None:
    without = {name: value for name, value in EXAMPLE.items() if name != field}
    assert codes(json.dumps(without).encode()) == [((field,), "missing")]
    assert len(codes(form_with(**{field: None}))) == 1


def test_a_form_cannot_be_changed_after_it_was_read() -> None:
    form = HomeVisitForm.model_validate(EXAMPLE)
    with pytest.raises(ValidationError, match="frozen"):
        form.phone = "+77010000000"  # type: ignore[misc]  # It is what the test is about.


def test_hv_13_every_field_is_titled_in_three_languages() -> None:
    schema = form_schema(HomeVisitForm)
    titled = [schema, *schema["properties"].values(), *schema["$defs"]["VisitAddress"]["properties"].values()]
    assert len(titled) == 11
    for part in titled:
        assert set(part["titles"]) == {"kk", "ru", "en"}
        assert all(part["titles"].values())


def test_hv_16_5_the_schema_says_the_version_and_forbids_what_it_does_not_name() -> None:
    schema = form_schema(HomeVisitForm)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["version"] == FORM_VERSION
    assert [part["additionalProperties"] for part in parts_of(schema, lambda part: "properties" in part)] == [False] * 2


def test_hv_16_5_every_string_of_the_schema_has_a_limit() -> None:
    strings = list(parts_of(form_schema(HomeVisitForm), lambda part: part.get("type") == "string"))
    assert len(strings) == 8
    assert all("maxLength" in part or part["pattern"].endswith("}$") for part in strings)
    assert all("pattern" in part for part in strings)


def parts_of(schema: Any, wanted: Callable[[dict[str, Any]], bool]) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if wanted(schema):
            yield schema
        for part in schema.values():
            yield from parts_of(part, wanted)
    elif isinstance(schema, list):
        for part in schema:
            yield from parts_of(part, wanted)
