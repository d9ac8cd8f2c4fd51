"""Bodies of the routes that every service has, with this service's form, and of the calls about a case."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from diploma_svc.cases import Actor, Confirmed
from shared.forms.diploma import DiplomaForm
from shared.forms.diploma_cases import ActIn, PaperIn, RejectionIn
from shared.forms.diploma_debts import ClearingIn, DebtIn
from shared.forms.diploma_records import RecordsAsked
from shared.forms.strict import PlainText, StrictModel, TwelveDigits
from shared.kit.casework.draft_schemas import UnsignedRequest
from shared.kit.casework.schemas import Base64Bytes, SignedRequest
from shared.kit.scans import MOST_BYTES
from shared.law.roles import StaffRole

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Version = Annotated[int, Field(ge=1)]


class DraftBody(UnsignedRequest):
    """A draft, before it is signed."""

    form: DiplomaForm


class RequestBody(SignedRequest):
    """A signed request: of the graduate on the portal, or taken at the desk and signed by the clerk (DP-9)."""

    service: Literal["diploma"]
    channel: Literal["portal", "in_person"]
    form: DiplomaForm


class ActorBody(StrictModel):
    """The employee who acts, as the gateway knows them."""

    iin: TwelveDigits = Field(repr=False)
    name_kk: Annotated[str, PlainText(400)] = Field(repr=False)
    name_ru: Annotated[str, PlainText(400)] = Field(repr=False)
    roles: list[StaffRole]

    def as_actor(self) -> Actor:
        """Return the actor."""
        return Actor(self.iin, self.name_kk, self.name_ru, frozenset(self.roles))


class ListCall(StrictModel):
    """An employee asks for what is due."""

    actor: ActorBody


class CaseCall(ListCall):
    """An employee asks about a case."""

    request_id: UUID


class ActCall(CaseCall):
    """An employee does something with a case."""

    act: ActIn


class DocumentCall(CaseCall):
    """An official asks for the bytes to sign."""

    version: Version


class SignatureCall(DocumentCall):
    """An official's signature, confirmed by the gateway."""

    cms: Annotated[Base64Bytes, Field(min_length=1, max_length=65_536)]
    evidence: dict[str, Any]
    signature_sha256: Digest
    content_sha256: Digest
    signer: Annotated[str, PlainText(400)] = Field(repr=False)

    def as_confirmed(self) -> Confirmed:
        """Return the signature."""
        return Confirmed(self.cms, self.evidence, self.signature_sha256, self.content_sha256, self.signer)


class DocumentBytes(StrictModel):
    """The exact bytes to sign, in base64."""

    content: str


class ProgressCall(StrictModel):
    """An applicant asks about their own request."""

    request_id: UUID
    applicant_iin: TwelveDigits = Field(repr=False)


class HolderCall(StrictModel):
    """A person asks for their own documents."""

    iin: TwelveDigits = Field(repr=False)


class PaperCall(StrictModel):
    """A paper, handed in by the applicant or taken by an employee: one of the two is told."""

    request_id: UUID
    applicant_iin: TwelveDigits | None = Field(None, repr=False)
    actor: ActorBody | None = None
    paper: PaperIn


class PaperTaken(StrictModel):
    """The paper's id."""

    paper_id: UUID


class ScanCall(StrictModel):
    """A paper's scan, from the applicant or an employee."""

    request_id: UUID
    paper_id: UUID
    applicant_iin: TwelveDigits | None = Field(None, repr=False)
    actor: ActorBody | None = None
    media_type: Annotated[str, Field(max_length=100)]
    scan: Annotated[Base64Bytes, Field(min_length=1, max_length=MOST_BYTES)]


class ScanRead(CaseCall):
    """An employee opens a scan."""

    paper_id: UUID


class RejectionCall(ScanRead):
    """An employee puts a paper aside."""

    rejection: RejectionIn


class DebtCall(ListCall):
    """An employee enters a debt."""

    debt: DebtIn


class ClearingCall(ListCall):
    """An employee clears a debt."""

    clearing: ClearingIn


class RecordsCall(ListCall):
    """An employee reads the record journal."""

    asked: RecordsAsked


class ScanBody(StrictModel):
    """A scan, in base64."""

    media_type: str
    scan: str


class StatusListCall(StrictModel):
    """The number of a status list."""

    number: Annotated[int, Field(ge=0, le=10_000)]


class Done(StrictModel):
    """It is done."""

    done: Literal[True] = True
