"""What employees are told when something cannot be done with a case.

Conflict       CaseChanged, NotPossible, PapersMissing, NoGroundHolds, BlankNotAvailable
Forbidden      NotYourRole (of all that employees do)
"""

from shared.kit.problems import Conflict
from shared.kit.staff_problems import NotYourRole
from shared.law.text import Text

__all__ = [
    "AskedAlready",
    "BlankNotAvailable",
    "CaseChanged",
    "NoGroundHolds",
    "NotPossible",
    "NotYourRole",
    "PapersMissing",
]


class CaseChanged(Conflict):
    """Somebody else has done something with the case since it was read."""

    slug = "case-changed"
    title = Text(
        "Іс оқылғаннан бері өзгерді, қайта ашыңыз",
        "Дело изменилось с тех пор, как вы его открыли, откройте его заново",
        "The case has changed since you read it, open it again",
    )


class NotPossible(Conflict):
    """The case is at another stage, is suspended, or has had your hand in it already; ``code`` says which."""

    slug = "not-possible"
    title = Text("Бұл әрекет қазір мүмкін емес", "Сейчас это сделать нельзя", "This cannot be done now")


class PapersMissing(Conflict):
    """Papers are asked for first; ``missing`` lists them (DP-14, DP-8)."""

    slug = "papers-missing"
    title = Text("Құжаттар толық емес", "Не хватает документов", "Papers are missing")


class NoGroundHolds(Conflict):
    """Refused is only on the closed list, and nothing of it holds."""

    slug = "no-ground-holds"
    title = Text("Бас тартуға негіз жоқ", "Оснований для отказа нет", "There is no ground of refusal")


class BlankNotAvailable(Conflict):
    """The blank is used, spoiled, not there, or of another form than the one in force."""

    slug = "blank-not-available"
    title = Text("Бұл бланкіні пайдалануға болмайды", "Этот бланк использовать нельзя", "This blank cannot be used")


class AskedAlready(Conflict):
    """The document is being prepared already, or issued: for a lost one a duplicate is asked for."""

    slug = "asked-already"
    title = Text(
        "Бұл құжат бұрын сұралған немесе берілген",
        "Этот документ уже запрошен или выдан",
        "This document is asked for or issued already",
    )
