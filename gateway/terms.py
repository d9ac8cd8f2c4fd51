"""What the gateway counts by the law's hours while a service is silent: its intake (HV-9), its term (HV-14)."""

from dataclasses import replace
from datetime import datetime

from gateway.destinations import DESTINATIONS
from gateway.journal import Request
from shared.law.channels import Channel
from shared.law.hours import ProviderHours
from shared.law.review import due_of_review


def with_lawful_intake(draft: Request, hours: ProviderHours, at: datetime) -> Request:
    """Return a draft with the intake of all providers at this time, where its service closes intake at all."""
    if not DESTINATIONS[draft.service].closes_intake:
        return draft
    intake = hours.intake_at(at)
    return replace(draft, intake_until=intake.until, opens_at=intake.opens_at)


def lawful_answer_by(request: Request, hours: ProviderHours, signed_at: datetime) -> datetime:
    """Return until when a request is answered, as long as its service has not said it."""
    if request.review_of is not None:
        return due_of_review(hours, signed_at)
    destination, channel = DESTINATIONS[request.service], Channel(request.channel)
    if destination.same_day:
        served = hours.served_on if channel is Channel.PORTAL else hours.served_at_desk
        return served(signed_at)[1]
    counts_from = hours.counts_from(signed_at) if destination.closes_intake else signed_at
    at_desk = destination.desk.answer_within if destination.desk else {}
    return counts_from + at_desk.get(channel, destination.answer_within)
