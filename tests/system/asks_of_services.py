"""One request for every operation of the services and of the stubs, each of which is answered as it should be."""

import base64
import json
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

from nca_stub.authority import create_authority
from nca_stub.encoding import integer, octets, oid, sequence
from nca_stub.lists import RevocationLists
from nca_stub.register import HOLD
from shared.eds.certificate import Certificate
from shared.eds.ocsp import question
from shared.kit.registry import REGISTRY_TEST_BIN
from tests.system.asks import Ask, Make, always
from tests.system.people import CLINIC, DOCTOR, DUTY_ROUND, FORM
from tests.system.system import TUESDAY_TEN, System

OWN_DOCTOR = {"id": "D-7", "name": "Ахметов Ерлан"}


def casework_asks(
    service: str, forms: tuple[dict[str, Any], dict[str, Any]], applicant: str, token: str
) -> dict[str, Make]:
    """Return what the gateway asks of every state service.

    Args:
        service: Its public code.
        forms: What is drafted, and what is signed.
        applicant: The IIN of whoever asks.
        token: What stands on a document of the service.
    """
    drafted, signed = forms

    async def forwarded() -> Ask:
        body = forwarded_request(service, signed, applicant)

        def complete(said: dict[str, Any]) -> dict[str, Any]:
            return said | _content(said) if said["content"] == body["content"] else said

        return Ask(body=body, complete=complete)

    async def draft() -> Ask:
        people = {"applicant_iin": applicant, "subject_iin": applicant}
        return Ask(body={"request_id": str(uuid4()), **people, "channel": "portal", "form": drafted})

    return {
        "POST /internal/v1/drafts": draft,
        "POST /internal/v1/requests": forwarded,
        "POST /internal/v1/documents/status": always(Ask(body={"token": token})),
        "POST /internal/v1/documents/paper": always(Ask(body={"token": token, "languages": ["kk"]})),
        "POST /internal/v1/documents/status-list": always(Ask(body={"provider_bin": CLINIC.bin})),
    }


def forwarded_request(service: str, form: dict[str, Any], applicant: str) -> dict[str, Any]:
    """Return the body of a new signed request."""
    body = {
        "request_id": str(uuid4()),
        "service": service,
        "form_version": 1,
        "channel": "portal",
        "applicant_iin": applicant,
        "subject_iin": applicant,
        "form": form,
        "signed_at": TUESDAY_TEN.isoformat(),
        "cms": "Y21z",
        "evidence": {"verifier": "test"},
    }
    return body | _content(body)


def _content(body: dict[str, Any]) -> dict[str, str]:
    """Return the bytes that a person signs who asks what this body says."""
    said = {name: body[name] for name in ("request_id", "service", "applicant_iin", "subject_iin", "form")}
    return {"content": base64.b64encode(json.dumps(said, ensure_ascii=False).encode()).decode()}


def round_asks(iin: str, granted: str, called: Callable[[], Awaitable[str]]) -> dict[str, Make]:
    """Return what is asked of the home visit service beside requests: rounds, and visits in work.

    Args:
        iin: The applicant's.
        granted: A request of theirs that was granted a visit.
        called: Makes another one, which shares no visit that is noted.
    """
    entered = {
        "id": "r-1",
        "provider_bin": CLINIC.bin,
        "doctor": {**OWN_DOCTOR, "kind": "therapist"},
        "date": "2026-11-24",
        "from": "14:00",
        "to": "18:00",
        "calls": 6,
        "duty": False,
    }
    of_doctor = {"provider_bin": CLINIC.bin, "date": "2026-11-24", "doctor_id": OWN_DOCTOR["id"]}
    actor = {"kind": "employee", "id": str(uuid4()), "name": "Қызметкер"}
    path, on_duty = "POST /internal/v1", DUTY_ROUND["doctor"]["id"]

    async def act(**said: str) -> Ask:
        acted = {"provider_bin": CLINIC.bin, "request_id": await called(), "version": 1, "actor": actor}
        return Ask(body=acted | said, dear=True)

    return {
        f"{path}/rounds": always(Ask(body={"rounds": [entered]})),
        f"{path}/rounds/list": always(Ask(body=of_doctor)),
        f"{path}/home-visits/list": always(Ask(body=of_doctor)),
        f"{path}/home-visits/own": always(Ask(body={"request_id": granted, "applicant_iin": iin})),
        f"{path}/home-visits/outcome": lambda: act(outcome="visited", reason="Есік қағылды", doctor_id=on_duty),
        f"{path}/home-visits/move": lambda: act(round="duty", reason="Дәрігер ауырып қалды", doctor_id=on_duty),
        f"{path}/changes": always(Ask(body={"heard": [{"request_id": granted, "state": "visited"}]})),
    }


def schedule_asks(iin: str, booked: dict[str, Any], begun: str, changed_at: datetime) -> dict[str, Make]:
    """Return what is asked of the appointment service, about a request that is granted and a number that has begun.

    ``changed_at`` is when the latter changed last.
    """
    hours = {"from": "09:00", "to": "13:00"}
    day = {
        "id": "D-9-20261125",
        "provider_bin": CLINIC.bin,
        "doctor": {**DOCTOR, "id": "D-9"},
        "date": "2026-11-25",
        "hours": hours,
        "minutes": 20,
        "breaks": [{"from": "11:00", "to": "11:20"}],
        "room": "306",
        "leave": True,
        "replacement": {**DOCTOR, "id": "D-8"},
    }
    searched = {
        "provider_bin": CLINIC.bin,
        "doctor_id": DOCTOR["id"],
        "kinds": ["therapist"],
        "begins": "2026-11-25T00:00:00+05:00",
        "ends": "2026-11-26T00:00:00+05:00",
        "subject_iin": iin,
    }
    own = {"request_id": booked["id"], "applicant_iin": iin}
    cancelled = {"provider_bin": CLINIC.bin, "schedules": ["D-9-20261125"], "numbers": ["AP-2026-9999999"]}
    visit = {"provider_bin": CLINIC.bin, "number": begun, "came": True}
    path = "POST /internal/v1"
    return {
        f"{path}/schedules": always(Ask(body={"schedules": [day]})),
        f"{path}/doctors": always(Ask(body={"provider_bin": CLINIC.bin, "doctors": [DOCTOR]})),
        f"{path}/slots/search": always(Ask(body=searched)),
        f"{path}/appointments/standing": always(Ask(body=own)),
        f"{path}/changes": always(Ask(body={"heard": [{"request_id": booked["id"], "state": "booked"}]})),
        f"{path}/cancellations": always(Ask(body=cancelled)),
        f"{path}/appointments/cancellation": always(
            Ask(body={**own, "content": "e30=", "cms": "Y21z", "evidence": {"verifier": "test"}})
        ),
        f"{path}/visits": always(Ask(body=visit)),
        f"{path}/visits as seen": always(Ask(body=visit | {"as_of": changed_at.isoformat()})),
    }


def register_asks(iin: str) -> dict[str, Make]:
    """Return what services and the operator ask of the register of the attached population."""
    row = {
        "iin": iin,
        "provider_bin": CLINIC.bin,
        "district": {"number": 7, "kind": "therapist"},
        "doctor": OWN_DOCTOR,
        "since": "2023-01-09",
        "ended": "2023-12-01",
    }
    district = {
        "provider_bin": CLINIC.bin,
        "number": 7,
        "kind": "therapist",
        "doctor": OWN_DOCTOR,
        "streets": [FORM["address"]["street"]],
        "norm": 2200,
    }
    path = "POST /internal/v1/attachments"
    return {
        f"{path}/lookup": always(Ask(body={"iin": iin, "purpose": "HV-12.2", "nonce": "A" * 22, "on": "2027-11-24"})),
        f"{path}/history": always(Ask(body={"iin": iin, "purpose": "AT-7"})),
        f"{path}/import": always(Ask(body={"rows": [row]})),
        "POST /internal/v1/districts": always(Ask(body={"districts": [district]})),
    }


def person_registry_asks(iin: str, another: str) -> dict[str, Make]:
    """Return what services ask of the person registry, and what a demonstration does with it."""
    card = {
        "kind": "identity_card",
        "number": "012345678",
        "issued": "2020-01-01",
        "expires": "2030-01-01",
        "issuer": {"kk": "ІІМ", "ru": "МВД"},
    }
    change = {
        "iin": another,
        "deceased": None,
        "documents_expire": "2030-01-01",
        "documents": [card],
        "guardians": [iin],
        "wards": [iin],
        "known": True,
    }
    asked = {"purpose": "HV-12.1", "nonce": "A" * 22}
    return {
        "POST /v1/persons/lookup": always(Ask(body={"iin": iin, **asked})),
        "POST /v1/organisations/lookup": always(Ask(body={"bin": CLINIC.bin, **asked})),
        "GET /control/mood": always(Ask()),
        "POST /control/mood": always(Ask(body={"mood": "ok", "seconds": 0.5, "only_iin": iin})),
        "GET /control/people": always(Ask()),
        "POST /control/people": always(Ask(body=change)),
        "POST /control/elsewhere": always(Ask()),
    }


def nca_asks(system: System, iin: str) -> dict[str, Make]:
    """Return what anyone asks of the certification authority's stub."""
    leaf = Certificate.read_all(system.layout.demo / "bereaved.pem")[0]
    person, employer = {"iin": iin, "name": "СЕЙІТОВА ӘЙГЕРІМ"}, {"bin": REGISTRY_TEST_BIN, "organisation": "ЖТ МДҚ"}
    standing = question(system.trust.chain_of(leaf.der), bytes(32))
    imprint = sequence(sequence(oid("2.16.840.1.101.3.4.2.1")), octets(bytes(32)))
    asks = {
        "GET {place}/authorities/root.cer": Ask(),
        "GET {place}/authorities/issuing.cer": Ask(),
        "GET {place}/crl/full.crl": Ask(),
        "GET {place}/crl/delta.crl": Ask(),
        "POST {place}/ocsp": Ask(raw=standing, kind="application/ocsp-request"),
        "POST {place}/tsp": Ask(raw=sequence(integer(1), imprint, integer(7)), kind="application/timestamp-query"),
    }
    key = {**person, "algorithm": "gost"}

    async def release() -> Ask:
        # Only what is on hold can be released.
        RevocationLists(create_authority(system.layout.authority, TUESDAY_TEN)).revoke(leaf.serial, HOLD, TUESDAY_TEN)
        return Ask(body={"serial": f"{leaf.serial:x}"})

    return {line.replace("{place}", place): always(told) for place in ("", "/gost") for line, told in asks.items()} | {
        "POST /control/issue": always(Ask(body={**key, "use": "sign"})),
        "POST /control/issue-official": always(Ask(body={**key, **employer, "role": "head"})),
        "POST /control/revoke": always(Ask(body={"serial": f"{leaf.serial:x}", "reason": "certificateHold"})),
        "POST /control/release": release,
        "POST /control/mood": always(Ask(body={"crl": "fine", "ocsp": "fine"})),
    }
