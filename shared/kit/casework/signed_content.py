"""Whether the bytes that were signed say what is asked: the request as an electronic document (HV-15.2.2).

The applicant signs on the portal; at the desk and by telephone an employee does, and the bytes say by which channel.
"""

import json
from collections.abc import Mapping
from typing import Any

from shared.kit.casework.entries import Entry
from shared.law.channels import Channel


def says_the_same(entry: Entry) -> bool:
    """Say whether the signed content names this request, these people and this form, and nothing in their place.

    What is decided anew after a review carries the bytes of the request that was refused, as was seen when it came.
    """
    try:
        signed = json.loads(entry.content)
    except ValueError:
        return False
    return isinstance(signed, dict) and _said(signed) == {
        "request_id": signed.get("request_id") if entry.anew_of else str(entry.request_id),
        "service": entry.service,
        "applicant_iin": entry.applicant_iin,
        "subject_iin": entry.subject_iin,
        "channel": entry.channel,
        "form": _filled(entry.form),
    }


def _said(signed: Mapping[str, Any]) -> dict[str, Any]:
    names = ("request_id", "service", "applicant_iin", "subject_iin")
    return {name: signed.get(name) for name in names} | {
        "channel": signed.get("channel", Channel.PORTAL),
        "form": _filled(signed.get("form")),
    }


def _filled(part: object) -> object:
    """Return the form without the fields that were left empty: absent and null say the same."""
    if isinstance(part, Mapping):
        return {name: _filled(value) for name, value in part.items() if value is not None}
    return part
