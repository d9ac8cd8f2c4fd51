"""What every form is made of: a strict model, numbers with their check digit, and fields titled in three languages."""

from typing import Annotated, Any, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from shared.forms.plain_text import PlainText
from shared.law.iin import IIN_PATTERN, is_bin, is_iin
from shared.law.providers import provider_with
from shared.law.text import Text

__all__ = [
    "Bin",
    "Iin",
    "Phone",
    "PlainText",
    "ProviderBin",
    "StrictModel",
    "TwelveDigits",
    "ask_for_check_digits",
    "titled",
    "titles_of",
]

PHONE_PATTERN: Final = r"^\+[1-9][0-9]{7,14}$"


class StrictModel(BaseModel):
    """A body that is taken as it is or refused: no unknown field, no conversion, no change after reading."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class _CheckDigits:
    """Whether the check digit of an IIN is asked for, by this process."""

    asked = True


def ask_for_check_digits(*, asked: bool) -> None:
    """Say for the whole process whether an IIN in a body must have its check digit.

    It is switched off only where the certification authority's own test persons shall be served: their numbers fail it.
    """
    _CheckDigits.asked = asked


def _with_check_digit_of_iin(text: str) -> str:
    if not is_iin(text, checksum=_CheckDigits.asked):
        raise PydanticCustomError("check_digit", "The check digit of the IIN does not hold")
    return text


def _with_check_digit_of_bin(text: str) -> str:
    if not is_bin(text):
        raise PydanticCustomError("check_digit", "The check digit of the BIN does not hold")
    return text


TwelveDigits = Annotated[str, StringConstraints(strict=True, pattern=IIN_PATTERN)]
"""Written as an IIN, its check digit not looked at: for the authority's own test numbers, which fail it."""

Iin = Annotated[TwelveDigits, AfterValidator(_with_check_digit_of_iin)]
"""An IIN: twelve ASCII digits whose check digit holds."""

Bin = Annotated[TwelveDigits, AfterValidator(_with_check_digit_of_bin)]
"""A BIN: twelve ASCII digits whose check digit holds."""


def _in_appendix_3(text: str) -> str:
    if provider_with(text) is None:
        raise PydanticCustomError("unknown_provider", "No provider of Appendix 3 has this BIN")
    return text


ProviderBin = Annotated[Bin, AfterValidator(_in_appendix_3)]
"""The BIN of a provider of Appendix 3: what is asked of anybody else could never be answered."""

Phone = Annotated[str, StringConstraints(strict=True, pattern=PHONE_PATTERN)]
"""A telephone number as E.164 writes it: a plus sign and eight to fifteen ASCII digits, no blanks."""


def titles_of(title: Text) -> JsonDict:
    """Return what a title adds to a JSON Schema: ``titles`` in the three languages."""
    return {"titles": {"kk": title.kk, "ru": title.ru, "en": title.en}}


def titled(title: Text, *examples: str | int, **limits: Any) -> Any:  # noqa: ANN401  pydantic's own Field is typed so.
    """Return a pydantic Field whose JSON Schema carries the title in the three languages, and examples."""
    return Field(title=title.en, examples=list(examples) or None, json_schema_extra=titles_of(title), **limits)
