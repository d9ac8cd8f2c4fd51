"""Bodies of registration, sessions and one's own data, in and out."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gateway.passwords import LONGEST
from gateway.schemas.requests import SignatureIn
from shared.forms.strict import Iin, StrictModel

Password = Annotated[str, Field(min_length=1, max_length=LONGEST, repr=False)]


class ChallengeIn(StrictModel):
    """Who wants to register."""

    iin: Iin = Field(repr=False)


class Challenge(BaseModel):
    """What to sign: the bytes that `content` holds in base64, exactly as they are, detached."""

    challenge_id: UUID
    content: str = Field(
        description="The bytes to sign, in base64: a JSON text that says what for, in three languages."
    )
    expires_at: datetime


class RegistrationIn(SignatureIn):
    """A person who registers; who is registered already sets a new password."""

    challenge_id: UUID
    iin: Iin = Field(repr=False)
    password: Password = Field(description="8 characters or more, 1024 bytes at most; none of the most common ones.")


class Registration(BaseModel):
    """The account as it stands now."""

    registered_at: datetime
    password_set_at: datetime


class LoginIn(StrictModel):
    """IIN and password (HV-16.2)."""

    iin: Iin = Field(repr=False)
    password: Password


class RefreshIn(StrictModel):
    """The refresh token that came last; it serves once."""

    refresh_token: Annotated[str, Field(min_length=1, max_length=200, repr=False)]


class SessionTokens(BaseModel):
    """Tokens as RFC 6749, section 5.1, writes them."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - RFC 6750's word, no secret.
    expires_in: int = Field(description="Seconds for which the access token serves.")
    refresh_token: str


class PersonName(BaseModel):
    """A full name in the two languages that the registry has it in."""

    kk: str
    ru: str


class Me(BaseModel):
    """Who is logged in."""

    iin: str = Field(description="Masked but for the last four digits.")
    name: PersonName | None = Field(description="None while the registry does not answer.")
    registered_at: datetime
    authorised_at: datetime


class RepresentedPerson(BaseModel):
    """Somebody for whom the person may ask."""

    iin: str
    name: PersonName
    birth_date: date
    relation: Literal["child", "ward"]


class RepresentedList(BaseModel):
    """Children under eighteen and wards, by the registry."""

    represented: list[RepresentedPerson]
