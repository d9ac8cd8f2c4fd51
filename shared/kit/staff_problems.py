"""What employees of an organisation are told, whatever they do."""

from shared.kit.problems import Conflict, Forbidden
from shared.law.text import Text


class NotYourRole(Forbidden):
    """The employee acts in none of the roles that this asks for."""

    slug = "not-your-role"
    title = Text(
        "Бұл әрекет сіздің рөліңізге жатпайды",
        "Это действие не относится к вашей роли",
        "This is not for your role",
    )


class RowsDoNotFit(Conflict):
    """Rows of a load do not fit together, and none is written; ``rows`` says which do not, and why."""

    slug = "rows-do-not-fit"
    title = Text(
        "Жолдар бір-біріне сәйкес келмейді",
        "Строки не согласуются друг с другом",
        "The rows do not fit together",
    )
