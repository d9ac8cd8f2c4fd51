"""What the portal says when a draft cannot become a signed request: each keeps the draft and names the next step.

Conflict             AlreadySigned, SignatureUsedBefore, IntakeClosed, DraftNotPossible, AppointmentOver
Problem 410          DraftExpired
Unprocessable        SignatureNotConfirmed (process 4), UnknownService, DraftNotAccepted
Unavailable          SignatureCannotBeChecked, AppointmentsUnavailable
NotFound             DocumentNotReady
"""

from shared.kit.problems import Conflict, NotFound, Problem, Unavailable, Unprocessable
from shared.law.text import Text


class AlreadySigned(Conflict):
    """The request carries another signature already."""

    slug = "already-signed"
    title = Text("Сұрау салуға бұрын қол қойылған", "Запрос уже подписан", "The request is signed already")


class SignatureUsedBefore(Conflict):
    """The same signature value was used for another request (EDS.md, step 6)."""

    slug = "signature-used"
    title = Text(
        "Бұл қолтаңба бұрын пайдаланылған", "Эта подпись уже была использована", "This signature was used before"
    )


class IntakeClosed(Conflict):
    """HV-9: requests are taken until two hours before the provider closes; the draft is kept."""

    slug = "intake-closed"
    title = Text(
        "Қазір сұрау салулар қабылданбайды; жоба сақталды. Шұғыл жағдайда 103 нөміріне қоңырау шалыңыз",
        "Сейчас запросы не принимаются; черновик сохранён. В неотложном случае звоните 103",
        "Requests are not being taken now; the draft is kept. In an emergency call 103",
    )


class DraftExpired(Problem):
    """The draft was not signed in its time."""

    status = 410
    slug = "draft-expired"
    title = Text(
        "Жобаның мерзімі өтті, жаңасын жасаңыз",
        "Срок черновика истёк, создайте новый",
        "The draft has expired, make a new one",
    )


class DraftNotPossible(Conflict):
    """The service says that it cannot be now (AP-9: the time is taken); ``code`` says why, ``nearest`` what is free."""

    slug = "draft-not-possible"
    title = Text(
        "Сұрау салуды қазір бұлай жасауға болмайды",
        "Сейчас такой запрос составить нельзя",
        "Such a request cannot be made now",
    )


class DraftNotAccepted(Unprocessable):
    """The service says that what the form asks for is not there (AP-9: no such time in the schedule)."""

    slug = "draft-not-accepted"
    title = Text(
        "Нысанда көрсетілген нәрсе қызмет берушіде жоқ",
        "У поставщика услуги нет того, что указано в форме",
        "The provider does not have what the form asks for",
    )


class AppointmentOver(Conflict):
    """It has begun, or it is cancelled or moved: nothing can be changed any more."""

    slug = "appointment-over"
    title = Text(
        "Бұл жазылуды енді өзгертуге болмайды",
        "Эту запись уже нельзя изменить",
        "This appointment can no longer be changed",
    )


class AppointmentsUnavailable(Unavailable):
    """The appointment service does not answer now."""

    slug = "appointments-unavailable"
    title = Text(
        "Қабылдауға жазу қызметі қазір жауап бермейді, кейінірек қайталаңыз",
        "Служба записи на приём сейчас не отвечает, повторите позже",
        "The appointment service does not answer now, try again later",
    )


class SignatureNotConfirmed(Unprocessable):
    """Condition 2 does not hold: process 4 (HV-16.7), with what differs; the draft is kept."""

    slug = "signature-not-confirmed"
    title = Text(
        "Электрондық цифрлық қолтаңбаның түпнұсқалығы расталмады",
        "Подлинность электронной цифровой подписи не подтверждена",
        "The electronic digital signature is not confirmed",
    )


class SignatureCannotBeChecked(Unavailable):
    """The list of revoked certificates cannot be had now (EDS.md, step 3): neither confirmed nor refused."""

    slug = "signature-cannot-be-checked"
    title = Text(
        "Қолтаңбаны қазір тексеру мүмкін емес, кейінірек қайталаңыз",
        "Подпись сейчас нельзя проверить, повторите позже",
        "The signature cannot be checked now, try again later",
    )


class UnknownService(Unprocessable):
    """There is no such service, or it does not take requests yet."""

    slug = "unknown-service"
    title = Text(
        "Мұндай қызмет жоқ немесе ол әзірге сұрау салу қабылдамайды",
        "Такой услуги нет или она пока не принимает запросы",
        "There is no such service, or it does not take requests yet",
    )


class DocumentNotReady(NotFound):
    """The request has no answer yet."""

    slug = "document-not-ready"
    title = Text("Жауап әлі дайын емес", "Ответ ещё не готов", "There is no answer yet")
