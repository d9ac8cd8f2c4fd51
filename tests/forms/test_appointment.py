"""The forms of an appointment and of an attachment, whatever comes into them (AP-9, AP-13, AP-16.5; AT-15, AT-18.5)."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from shared.forms.appointment import EXAMPLE, REASON_AT_MOST, AppointmentForm
from shared.forms.attachment import EXAMPLE as ATTACHMENT
from shared.forms.attachment import AttachmentForm
from shared.forms.plain_text import fault_in
from shared.forms.schema import form_schema
from shared.forms.strict import StrictModel
from shared.law.providers import PROVIDERS, provider_with

EARLIEST, LATEST = datetime(2013, 7, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
MODELS: dict[type[StrictModel], dict[str, Any]] = {AppointmentForm: EXAMPLE, AttachmentForm: ATTACHMENT}
both = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)

plain = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(lambda text: fault_in(text) is None)
offsets = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=offsets)  # noqa: DTZ001 - hypothesis adds it.
A_DAY = timedelta(days=1)
"""More than any offset of the clock, either way."""
bookable = st.datetimes(EARLIEST.replace(tzinfo=None) + A_DAY, LATEST.replace(tzinfo=None) - A_DAY, timezones=offsets)
phones = st.from_regex(r"\+[1-9][0-9]{7,14}", fullmatch=True)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
filled = st.fixed_dictionaries(
    {
        "provider_bin": st.sampled_from([provider.bin for provider in PROVIDERS]),
        "doctor_id": plain,
        "starts_at": moments.map(lambda at: at.replace(second=0, microsecond=0).isoformat()),
        "phone": phones,
    },
    optional={"reason": plain, "moves": st.uuids().map(str)},
)


def read(form: Any, model: type[StrictModel] = AppointmentForm) -> StrictModel | None:
    """Return the form that a body is, None where it is refused; anything but a refusal is an error."""
    try:
        return model.model_validate_json(json.dumps(form).encode())
    except ValidationError:
        return None


@given(filled)
def test_ap_16_5_every_form_filled_by_the_rules_is_taken_and_kept_as_it_is(form: dict[str, Any]) -> None:
    at = datetime.fromisoformat(form["starts_at"])
    taken = read(form)
    assert (taken is not None) is (EARLIEST <= at < LATEST)
    if isinstance(taken, AppointmentForm):
        assert taken.starts_at == at
        assert (taken.doctor_id, taken.phone, taken.reason) == (form["doctor_id"], form["phone"], form.get("reason"))
        assert AppointmentForm.model_validate_json(taken.model_dump_json(exclude_none=True)) == taken


@given(bookable, st.integers(0, 59), st.integers(0, 999_999))
def test_ap_9_an_appointment_begins_at_a_whole_minute(at: datetime, second: int, microsecond: int) -> None:
    begins = at.replace(second=second, microsecond=microsecond)
    assert (read(EXAMPLE | {"starts_at": begins.isoformat()}) is not None) is (second == microsecond == 0)


@given(moments)
def test_ap_9_a_time_without_its_offset_is_no_moment(at: datetime) -> None:
    assert read(EXAMPLE | {"starts_at": at.replace(tzinfo=None, second=0, microsecond=0).isoformat()}) is None


@both
@given(data=st.data())
def test_whatever_stands_in_a_field_the_form_is_refused_or_is_one_by_its_schema(
    model: type[StrictModel], data: st.DataObject
) -> None:
    example = MODELS[model]
    name = data.draw(st.sampled_from([*example, "moves", "iin", "status"]))
    form = example | {name: data.draw(anything)}
    taken = read(form, model)
    if taken is not None:
        said = json.loads(taken.model_dump_json(exclude_none=True))
        assert Draft202012Validator(form_schema(model)).is_valid(said)
        assert provider_with(said["provider_bin"]) is not None
        assert read(said, model) == taken


@both
@given(body=anything)
def test_what_is_no_form_is_refused(model: type[StrictModel], body: Any) -> None:
    assert read(body, model) is None


@both
def test_what_is_needed_cannot_be_left_out_or_null_and_nothing_is_added(model: type[StrictModel]) -> None:
    example = MODELS[model]
    needed = [name for name, field in model.model_fields.items() if field.is_required()]
    assert {"provider_bin", "phone"} <= set(needed) <= set(example)
    for name in needed:
        assert read({other: value for other, value in example.items() if other != name}, model) is None
        assert read(example | {name: None}, model) is None
    assert read(example | {"applicant_iin": "870412490011"}, model) is None


@both
def test_every_field_is_titled_in_three_languages(model: type[StrictModel]) -> None:
    schema = form_schema(model)
    for part in (schema, *schema["properties"].values()):
        assert set(part["titles"]) == {"kk", "ru", "en"}
        assert all(part["titles"].values())


def test_ap_16_5_the_size_of_every_text_is_limited() -> None:
    for name, most in (("reason", REASON_AT_MOST), ("doctor_id", 64)):
        assert read(EXAMPLE | {name: "ә" * most}) is not None
        assert read(EXAMPLE | {name: "ә" * (most + 1)}) is None
        assert read(EXAMPLE | {name: ""}) is None
