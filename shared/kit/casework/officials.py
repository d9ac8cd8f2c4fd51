"""What a service has for the officials of its providers, as one value."""

from dataclasses import dataclass

from shared.kit.casework.confirmations import Confirmations
from shared.kit.casework.proposals import Proposals
from shared.kit.casework.reviews import Reviews
from shared.kit.database import Database
from shared.law.hours import ProviderHours
from shared.law.passport import Passport
from shared.law.text import Text


@dataclass(frozen=True, slots=True)
class Officials:
    """Proposals to be confirmed, and refusals to be looked at again."""

    proposals: Proposals
    reviews: Reviews
    hours: ProviderHours
    confirmations: Confirmations
    service: str


def officials_of(database: Database, hours: ProviderHours, passport: Passport, decree: Text) -> Officials:
    """Return what one service has for officials; ``decree`` is the name of its regulation."""
    return Officials(
        Proposals(database), Reviews(database, passport, decree), hours, Confirmations(database), passport.code
    )
