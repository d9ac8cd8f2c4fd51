"""The tables that the two programs beside ours write: the same facts as ours keep, without our indexes and checks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from bench.people import Person
from bench.portal import form_of
from shared.kit.identifiers import uuid7

TABLES = """
CREATE SEQUENCE numbers;
CREATE TABLE sessions (
    session_id uuid PRIMARY KEY, account_id uuid NOT NULL, iin text NOT NULL, expires_at timestamptz NOT NULL,
    ended_at timestamptz
);
CREATE TABLE requests (
    id uuid PRIMARY KEY, account_id uuid NOT NULL, iin text NOT NULL, form jsonb NOT NULL, content bytea NOT NULL,
    state text NOT NULL DEFAULT 'draft', signed_at timestamptz, cms bytea, signature_sha256 text UNIQUE, evidence jsonb,
    number text, outcome text, answered_at timestamptz, token text, document text, steps jsonb
);
CREATE TABLE entries (
    request_id uuid PRIMARY KEY, number text NOT NULL UNIQUE, body_sha256 bytea NOT NULL, iin text NOT NULL,
    provider_bin text NOT NULL, form jsonb NOT NULL, content bytea NOT NULL, cms bytea NOT NULL,
    evidence jsonb NOT NULL, signed_at timestamptz NOT NULL, registered_at timestamptz NOT NULL,
    answer_by timestamptz NOT NULL, state text NOT NULL, answered_at timestamptz
);
CREATE TABLE steps (
    request_id uuid NOT NULL, step integer NOT NULL, started_at timestamptz NOT NULL, ended_at timestamptz NOT NULL,
    PRIMARY KEY (request_id, step)
);
CREATE TABLE documents (
    request_id uuid PRIMARY KEY, token text NOT NULL UNIQUE, payload bytea NOT NULL, decided_at timestamptz NOT NULL,
    jws text, issued_at timestamptz
);
CREATE TABLE evidence (
    request_id uuid NOT NULL, place integer NOT NULL, source text NOT NULL, answer text NOT NULL,
    PRIMARY KEY (request_id, place)
);
CREATE TABLE rounds (
    round_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, provider_bin text NOT NULL UNIQUE,
    doctor_name text NOT NULL, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL,
    taken integer NOT NULL DEFAULT 0
);
CREATE TABLE visits (
    request_id uuid PRIMARY KEY, round_id bigint NOT NULL, starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL
);
CREATE TABLE attachments (
    iin text PRIMARY KEY, provider_bin text NOT NULL, doctor_id text NOT NULL, doctor_name text NOT NULL,
    since date NOT NULL
);
CREATE TABLE lookups (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, caller text NOT NULL,
    purpose text NOT NULL, person bytea NOT NULL, found integer NOT NULL
);
"""
DOCTOR = "Воробьёва Валентина Алексеевна"


@dataclass(frozen=True, slots=True)
class Account:
    """A person's session in one of the two programs."""

    person: Person
    account_id: UUID
    session_id: UUID


async def open_accounts(c: "asyncpg.Connection[Any]", people: Sequence[Person], at: datetime) -> list[Account]:
    """Give each person a session, an attachment and a clinic with a round for the day."""
    accounts = [Account(person, uuid7(at), uuid7(at)) for person in people]
    day = timedelta(hours=8)
    for one in accounts:
        iin, clinic = one.person.iin, one.person.provider_bin
        await c.execute("INSERT INTO sessions VALUES ($1, $2, $3, $4)", one.session_id, one.account_id, iin, at + day)
        await c.execute("INSERT INTO attachments VALUES ($1, $2, 'd-1', $3, $4)", iin, clinic, DOCTOR, at.date())
        await c.execute(
            "INSERT INTO rounds (provider_bin, doctor_name, starts_at, ends_at) VALUES ($1, $2, $3, $4)",
            clinic, DOCTOR, at, at + day,
        )  # fmt: skip
    return accounts


async def put_drafts(
    c: "asyncpg.Connection[Any]", accounts: Sequence[Account], count: int, at: datetime
) -> list[tuple[UUID, Account, bytes]]:
    """Store so many drafts, in turn for each account; returns their ids with the bytes to sign."""
    drafts = [_draft(accounts[number % len(accounts)], at) for number in range(count)]
    rows = [
        (request_id, one.account_id, one.person.iin, json.dumps(form_of(one.person)), content)
        for request_id, one, content in drafts
    ]
    await c.executemany("INSERT INTO requests (id, account_id, iin, form, content) VALUES ($1, $2, $3, $4, $5)", rows)
    return drafts


def _draft(account: Account, at: datetime) -> tuple[UUID, Account, bytes]:
    request_id, person = uuid7(at), account.person
    said = {
        "purpose": "state-service-request",
        "request_id": str(request_id),
        "service": "home-visit",
        "form_version": 1,
        "applicant_iin": person.iin,
        "subject_iin": person.iin,
        "form": form_of(person),
        "made_at": at.isoformat(),
        "nonce": request_id.hex,
    }
    return request_id, account, json.dumps(said, ensure_ascii=False, indent=1).encode()
