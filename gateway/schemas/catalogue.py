"""What the catalogue tells."""

from typing import Any

from pydantic import BaseModel, Field

from gateway.schemas.requests import Words


class ServiceItem(BaseModel):
    """One state service."""

    code: str
    name: Words
    available: bool = Field(description="Whether requests are taken here yet.")
    links: dict[str, str]


class ServiceList(BaseModel):
    """The decree's services."""

    services: list[ServiceItem]


class ClausedText(BaseModel):
    """Something the regulation asks for, with its clause."""

    clause: str
    text: Words


class PassportGround(ClausedText):
    """One ground of refusal; the list is closed."""

    code: str


class Term(BaseModel):
    """How long an answer takes at most: seconds, or working days."""

    seconds: int | None = None
    working_days: int | None = None


class ServicePassport(BaseModel):
    """What to know before asking, each thing from the regulation."""

    code: str
    regulation: str
    name: Words
    legal_basis: Words
    channels: list[str]
    hours: Words
    intake: Words | None
    answer_within: dict[str, Term]
    needed: list[ClausedText]
    grounds: list[PassportGround]
    results: list[Words]
    free_of_charge: Words
    information: list[str]


class ServiceView(ServiceItem):
    """One state service with its passport."""

    passport: ServicePassport


class FormView(BaseModel):
    """A service's form: what `POST /v1/requests` takes as `form`."""

    service: str
    form_version: int
    schema_: dict[str, Any] = Field(alias="schema", description="JSON Schema 2020-12; fields carry `titles`.")


class ProviderView(BaseModel):
    """One organisation of Appendix 3, in the decree's own spelling."""

    number: int
    name: str
    address: str
    telephones: list[str]
    bin: str
    bin_is_test: bool = Field(description="The decree gives no BINs; those made for tests say so.")


class ProviderList(BaseModel):
    """Providers in the decree's order; `Link: rel="next"` leads on."""

    providers: list[ProviderView]
    next_cursor: str | None
