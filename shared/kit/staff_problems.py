"""What employees of an organisation are told, whatever they do."""

from shared.kit.problems import Forbidden
from shared.law.text import Text


class NotYourRole(Forbidden):
    """The employee acts in none of the roles that this asks for."""

    slug = "not-your-role"
    title = Text(
        "Бұл әрекет сіздің рөліңізге жатпайды",
        "Это действие не относится к вашей роли",
        "This is not for your role",
    )
