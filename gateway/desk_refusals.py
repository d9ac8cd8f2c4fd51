"""What the desk is told where a step of Table 2 cannot be taken: each names the clause, and what to say or to do.

Unprocessable    NoDataInRegistry (process 4), NotOfferedHere, AnswersDoNotMatch
Conflict         LookupNotUsable
Forbidden        IdentifyInPerson, NoDocumentByTelephone, NotYourDraft
"""

from shared.kit.problems import Conflict, Forbidden, Unprocessable
from shared.law.text import Text


class NoDataInRegistry(Unprocessable):
    """Process 4 (HV-17.5, AP-17.5, AT-19.5; Table 2, step 4): the registry has no such person."""

    slug = "no-data-in-registry"
    title = Text(
        "«Жеке тұлғалар» мемлекеттік дерекқорында тұтынушының мәліметтері жоқ, сондықтан оларды алу мүмкін емес",
        "Данные потребителя получить невозможно: в государственной базе данных «Физические лица» их нет",
        "The consumer's data cannot be had: the state database “Natural Persons” has none",
    )


class NotOfferedHere(Unprocessable):
    """The organisation does not provide this service, or not by this channel (AT-6)."""

    slug = "not-offered-here"
    title = Text(
        "Бұл қызмет мұнда осы жолмен көрсетілмейді",
        "Эта услуга здесь таким способом не оказывается",
        "This service is not provided here in this way",
    )


class AnswersDoNotMatch(Unprocessable):
    """The caller's answers are not what the registry holds; which of them is not told. ``tries_left`` are left."""

    slug = "answers-do-not-match"
    title = Text(
        "Жауаптар мемлекеттік дерекқордағы мәліметтерге сәйкес келмейді",
        "Ответы не совпадают со сведениями государственной базы данных",
        "The answers are not what the state database holds",
    )


class LookupNotUsable(Conflict):
    """It is over, the person is not identified, or it was made for something else; ``code`` says which."""

    slug = "lookup-not-usable"
    title = Text(
        "Бұл сұрауды пайдалануға болмайды: тұлғаның мәліметтерін қайта сұраңыз",
        "Этот запрос сведений использовать нельзя: запросите данные лица заново",
        "This lookup cannot be used: ask for the person's data anew",
    )


class IdentifyInPerson(Forbidden):
    """By telephone the person cannot be identified: too many wrong answers, or too little is known of them."""

    slug = "identify-in-person"
    title = Text(
        "Телефон арқылы тұлғаны анықтау мүмкін емес: жеке куәлікпен келуін немесе порталды пайдалануын сұраңыз",
        "По телефону личность установить нельзя: предложите прийти с документом или воспользоваться порталом",
        "The person cannot be identified by telephone: ask them to come with their document or to use the portal",
    )


class NoDocumentByTelephone(Forbidden):
    """No document leaves by telephone: the answer is spoken (HV-8.1, AP-8.1)."""

    slug = "no-document-by-telephone"
    title = Text(
        "Телефон арқылы құжат берілмейді, жауап ауызша айтылады",
        "По телефону документ не выдаётся, ответ даётся устно",
        "No document is given by telephone, the answer is spoken",
    )


class NotYourDraft(Forbidden):
    """The draft is another employee's, who signs it themselves (HV-17.6)."""

    slug = "not-your-draft"
    title = Text(
        "Бұл жобаны басқа қызметкер жасаған, оған сол қол қояды",
        "Этот черновик составил другой сотрудник, он его и подписывает",
        "Another employee made this draft, and signs it",
    )
