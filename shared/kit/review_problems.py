"""What is told of a call for a review that cannot be taken, by the gateway and by the services."""

from shared.kit.problems import Conflict
from shared.law.text import Text


class NotReviewable(Conflict):
    """There is no such refusal of these people, or its review is called for already, or nothing was taken back."""

    slug = "not-reviewable"
    title = Text(
        "Бұл шешімді қайта қарауға болмайды немесе ол сұралып қойған",
        "Это решение пересмотреть нельзя, или пересмотр уже запрошен",
        "This decision cannot be reviewed, or its review has been called for",
    )
