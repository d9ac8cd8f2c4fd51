"""When a request of attachment counts and until when it is answered (AT-9, AT-16), also on unusual days."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attachment_svc.drafts import say_of_draft
from shared.kit.calendar import KazakhstanCalendar
from shared.law.hours import ALMATY, ProviderHours
from tests.attachment.surroundings import Surroundings, district
from tests.home_visit.people import PROVIDER

HOURS = ProviderHours(KazakhstanCalendar())


def almaty(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALMATY)


@pytest.mark.parametrize(
    ("signed", "counts_from", "answer_by"),
    [
        ("2026-11-24T10:00", "2026-11-24T10:00", "2026-11-24T20:00"),  # A Tuesday.
        ("2026-11-24T17:59:59", "2026-11-24T17:59:59", "2026-11-24T20:00"),
        ("2026-11-24T18:00", "2026-11-25T08:00", "2026-11-25T20:00"),
        ("2026-11-24T03:00", "2026-11-24T08:00", "2026-11-24T20:00"),
        ("2026-11-28T11:59", "2026-11-28T11:59", "2026-11-28T14:00"),  # A Saturday.
        ("2026-11-28T12:00", "2026-11-30T08:00", "2026-11-30T20:00"),
        ("2026-11-29T12:00", "2026-11-30T08:00", "2026-11-30T20:00"),  # A Sunday.
        ("2025-12-31T19:00", "2026-01-03T09:00", "2026-01-03T14:00"),  # New Year: 1 and 2 January are off.
        ("2026-01-07T10:00", "2026-01-08T08:00", "2026-01-08T20:00"),  # Orthodox Christmas.
        ("2024-03-20T18:30", "2024-03-26T08:00", "2024-03-26T20:00"),  # Nauryz: 21 to 25 March 2024 are off.
        ("2024-05-04T15:00", "2024-05-04T15:00", "2024-05-04T20:00"),  # A Saturday worked for 8 May: a full day.
        ("2025-01-05T15:00", "2025-01-05T15:00", "2025-01-05T20:00"),  # A Sunday worked for 3 January.
        ("2026-03-20T18:30", "2026-03-26T08:00", "2026-03-26T20:00"),  # Nauryz: 21 to 25 March 2026 are off.
        ("2026-12-31T19:00", "2027-01-05T08:00", "2027-01-05T20:00"),  # New Year, and a Monday in lieu of Saturday.
        ("2014-01-03T10:00", "2014-01-04T09:00", "2014-01-04T14:00"),  # A Friday that was worked in December.
        ("2013-10-12T17:00", "2013-10-12T17:00", "2013-10-12T20:00"),  # A Saturday worked for 14 October.
        ("2013-12-28T17:00", "2013-12-28T17:00", "2013-12-28T20:00"),  # A Saturday worked for 3 January 2014.
        ("2024-02-29T19:00", "2024-03-01T08:00", "2024-03-01T20:00"),  # The night in which the zone changed.
    ],
)
def test_at_9_at_16_a_request_counts_from_and_is_answered_by(signed: str, counts_from: str, answer_by: str) -> None:
    assert HOURS.served_on(almaty(signed)) == (almaty(counts_from), almaty(answer_by))


@pytest.mark.parametrize(
    ("signed", "counts_from", "answer_by"),
    [
        ("2026-11-24T10:00", "2026-11-24T10:00", "2026-11-24T20:00"),
        ("2026-11-24T19:30", "2026-11-24T19:30", "2026-11-24T20:00"),  # The end of intake is the portal's.
        ("2026-11-24T19:59", "2026-11-24T19:59", "2026-11-24T20:09"),  # Table 2, step 8: ten minutes.
        ("2026-11-24T20:00", "2026-11-25T08:00", "2026-11-25T20:00"),
        ("2026-11-28T13:00", "2026-11-28T13:00", "2026-11-28T14:00"),  # A Saturday.
        ("2026-11-29T13:00", "2026-11-30T08:00", "2026-11-30T20:00"),  # A Sunday.
    ],
)
def test_at_9_at_16_who_comes_in_person_is_served_on_that_day(signed: str, counts_from: str, answer_by: str) -> None:
    assert HOURS.served_at_desk(almaty(signed)) == (almaty(counts_from), almaty(answer_by))


def test_at_16_the_zone_change_makes_a_night_an_hour_longer_and_no_day() -> None:
    signed = almaty("2024-02-29T17:00")
    assert signed.astimezone(UTC).hour == 11  # UTC+6 until that night.
    counts_from, answer_by = HOURS.served_on(almaty("2024-02-29T19:00"))
    assert (counts_from.astimezone(UTC).hour, answer_by.astimezone(UTC).hour) == (3, 15)  # UTC+5 from then on.


@given(
    st.datetimes(datetime(2013, 7, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it.
)
def test_at_16_every_request_is_answered_within_a_day_of_the_provider_on_one_open_day(at: datetime) -> None:
    counts_from, answer_by = HOURS.served_on(at)
    assert at <= counts_from < answer_by
    assert counts_from.astimezone(ALMATY).date() == answer_by.date()
    assert timedelta(hours=2) <= answer_by - counts_from <= timedelta(hours=12)


def test_at_9_within_intake_a_draft_says_nothing() -> None:
    said = say_of_draft(HOURS, almaty("2026-11-24T10:00"))
    assert (said.intake, said.notices) == (None, [])


def test_at_9_outside_intake_a_draft_can_be_signed_and_says_from_when_it_counts() -> None:
    said = say_of_draft(HOURS, almaty("2026-11-28T12:00"))
    assert said.intake is None
    [notice] = said.notices
    assert notice.code == "counts_from_next_opening"
    for words in (notice.text.kk, notice.text.ru, notice.text.en):
        assert all(part in words for part in ("30.11.2026", "08:00", "20:00"))


async def test_at_9_what_is_asked_on_saturday_afternoon_begins_on_monday(around: Surroundings) -> None:
    await around.load(district())
    around.clock.at = almaty("2026-11-28T15:00")
    found, slip = await around.answered()
    assert slip["attachment"]["since"] == "2026-11-30"
    assert found.answer_by == almaty("2026-11-30T20:00")
    assert await around.held() == []
    around.clock.at = almaty("2026-11-30T00:00")
    assert await around.held() == [(PROVIDER.bin, "therapist", 1)]
    assert (await around.grounds(), slip["attachment"]["confirmed"]) == ([], False)


async def test_at_9_an_answer_that_our_own_failure_delayed_begins_on_the_day_of_the_answer(
    around: Surroundings,
) -> None:
    await around.load(district())
    signed_at = around.clock.now()
    around.clock.pass_by(timedelta(days=2))
    _, slip = await around.answered(signed_at=signed_at)
    assert date.fromisoformat(slip["attachment"]["since"]) == date(2026, 11, 26)
