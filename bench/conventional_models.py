"""The usual way's classes: ORM classes over the tables of tables.py, and body models."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, Base64Bytes, BaseModel
from sqlalchemy import BigInteger, DateTime, Identity
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shared.forms.home_visit import HomeVisitForm


class Base(DeclarativeBase):
    """All tables."""

    type_annotation_map = {dict[str, Any]: JSONB, datetime: DateTime(timezone=True)}  # noqa: RUF012 - SQLAlchemy's way.


class SessionRow(Base):
    """A person who is logged in."""

    __tablename__ = "sessions"
    session_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID]
    iin: Mapped[str]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RequestRow(Base):
    """A request at the gateway."""

    __tablename__ = "requests"
    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID]
    iin: Mapped[str]
    form: Mapped[dict[str, Any]]
    content: Mapped[bytes]
    state: Mapped[str]
    signed_at: Mapped[datetime | None]
    cms: Mapped[bytes | None]
    signature_sha256: Mapped[str | None]
    evidence: Mapped[dict[str, Any] | None]
    number: Mapped[str | None]
    outcome: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    token: Mapped[str | None]
    document: Mapped[str | None]
    steps: Mapped[list[Any] | None] = mapped_column(JSONB)


class EntryRow(Base):
    """A request in the service's journal."""

    __tablename__ = "entries"
    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    body_sha256: Mapped[bytes]
    iin: Mapped[str]
    provider_bin: Mapped[str]
    form: Mapped[dict[str, Any]]
    content: Mapped[bytes]
    cms: Mapped[bytes]
    evidence: Mapped[dict[str, Any]]
    signed_at: Mapped[datetime]
    registered_at: Mapped[datetime]
    answer_by: Mapped[datetime]
    state: Mapped[str]
    answered_at: Mapped[datetime | None]


class StepRow(Base):
    """A step of the ledger."""

    __tablename__ = "steps"
    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]


class DocumentRow(Base):
    """A document, sealed or to be sealed."""

    __tablename__ = "documents"
    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    token: Mapped[str]
    payload: Mapped[bytes]
    decided_at: Mapped[datetime]
    jws: Mapped[str | None]
    issued_at: Mapped[datetime | None]


class EvidenceRow(Base):
    """Another system's sealed answer."""

    __tablename__ = "evidence"
    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str]
    answer: Mapped[str]


class RoundRow(Base):
    """A doctor's round."""

    __tablename__ = "rounds"
    round_id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    provider_bin: Mapped[str]
    doctor_name: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    taken: Mapped[int]


class VisitRow(Base):
    """A visit that was promised."""

    __tablename__ = "visits"
    request_id: Mapped[UUID] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(BigInteger)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]


class AttachmentRow(Base):
    """To which clinic a person is attached."""

    __tablename__ = "attachments"
    iin: Mapped[str] = mapped_column(primary_key=True)
    provider_bin: Mapped[str]
    doctor_id: Mapped[str]
    doctor_name: Mapped[str]
    since: Mapped[date]


class LookupRow(Base):
    """Who has looked at whom, and why."""

    __tablename__ = "lookups"
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime]
    caller: Mapped[str]
    purpose: Mapped[str]
    person: Mapped[bytes]
    found: Mapped[int]


class SignatureIn(BaseModel):
    """A citizen's signature."""

    cms: Base64Bytes


class Outcome(BaseModel):
    """What the citizen is told."""

    outcome: str
    number: str
    document: str


class ForwardIn(BaseModel):
    """A signed request on its way to the service."""

    request_id: UUID
    iin: str
    form: HomeVisitForm
    signed_at: AwareDatetime
    content: Base64Bytes
    cms: Base64Bytes
    evidence: dict[str, Any]


class StepOut(BaseModel):
    """A step of the ledger."""

    step: int
    ended_at: AwareDatetime


class Registered(BaseModel):
    """What the service answers."""

    number: str
    token: str
    jws: str
    steps: list[StepOut]


class LookupIn(BaseModel):
    """A question about a person."""

    iin: str
    purpose: str
    nonce: str
