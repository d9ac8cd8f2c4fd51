"""What a citizen signs to have a person look at a refusal again."""

from typing import Annotated, Final
from uuid import UUID

from pydantic import Field

from shared.forms.plain_text import PlainText
from shared.forms.strict import ProviderBin, StrictModel

FORM_VERSION: Final = 1
LONGEST_REASON: Final = 2000
Reason = Annotated[str, PlainText(LONGEST_REASON, lines=True)]


class ReviewForm(StrictModel):
    """Which refusal of which provider, and why it is wrong."""

    provider_bin: ProviderBin
    review_of: UUID
    number: Annotated[str, Field(max_length=40, pattern=r"^[A-Z]{2}-[0-9]{4}-[0-9]{7,}$")]
    document_token: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22,64}$")]
    reason: Reason
