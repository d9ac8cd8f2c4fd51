"""The form of an appointment: with which doctor, at which time of the schedule, and how to call back (AP-9, AP-13).

Who asks and for whom is no part of it: the applicant comes from the session, the subject from the request (AP-18.4).
"""

from datetime import UTC, datetime
from typing import Annotated, Any, Final
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, ConfigDict
from pydantic_core import PydanticCustomError

from shared.forms.strict import Phone, PlainText, ProviderBin, StrictModel, titled, titles_of
from shared.law.text import Text

FORM_VERSION: Final = 1
REASON_AT_MOST: Final = 300
_EARLIEST, _LATEST = datetime(2013, 7, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_TITLE = Text(kk="Дәрігердің қабылдауына жазылу", ru="Запись на приём к врачу", en="Booking an appointment")
_MOVES = Text(
    kk="Ауыстырылатын жазылудың сұрау салуы", ru="Запрос, запись по которому переносится", en="Request that is moved"
)


def _in_range(at: datetime) -> datetime:
    if not _EARLIEST <= at < _LATEST:
        raise PydanticCustomError("out_of_range", "The time is out of range")
    return at


def _whole_minute(at: datetime) -> datetime:
    if at.second or at.microsecond:
        raise PydanticCustomError("not_a_whole_minute", "An appointment begins at a whole minute")
    return at


Moment = Annotated[AwareDatetime, AfterValidator(_in_range)]
"""A moment with the offset of its zone, so far from the ends of time that a month may be added to it."""
SlotStart = Annotated[Moment, AfterValidator(_whole_minute)]
"""When an appointment begins, with the offset of its zone."""


class AppointmentForm(StrictModel):
    """What is asked of whoever books an appointment; the person's own data come from the registers (AP-12)."""

    model_config = ConfigDict(json_schema_extra={**titles_of(_TITLE), "version": FORM_VERSION})

    provider_bin: ProviderBin = titled(
        Text(kk="Қызмет берушінің БСН", ru="БИН поставщика услуги", en="Provider's BIN"), "130040900012"
    )
    doctor_id: Annotated[str, PlainText(64)] = titled(
        Text(kk="Дәрігер (кестедегі белгісі)", ru="Врач (обозначение в расписании)", en="Doctor, as in the schedule"),
        "01-therapist-1",
    )
    starts_at: SlotStart = titled(
        Text(kk="Қабылдау басталатын уақыт", ru="Начало приёма", en="When the appointment begins"),
        "2026-11-25T09:00:00+05:00",
    )
    phone: Phone = titled(Text(kk="Байланыс телефоны", ru="Контактный телефон", en="Telephone"), "+77012345678")
    reason: Annotated[str, PlainText(REASON_AT_MOST, lines=True)] | None = titled(
        Text(kk="Жүгіну себебі", ru="Причина обращения", en="Reason"), "Жоспарлы тексеру", default=None
    )
    moves: UUID | None = titled(_MOVES, default=None)


EXAMPLE: Final[dict[str, Any]] = {
    "provider_bin": "130040900012",
    "doctor_id": "01-therapist-1",
    "starts_at": "2026-11-25T09:00:00+05:00",
    "phone": "+77012345678",
    "reason": "Жоспарлы тексеру",
}
