"""Errors that a caller meets, as RFC 9457 problems: a status, a stable type, a title in three languages, no echo.

    Problem                         500  our own fault; says nothing
    ├── BadRequest                  400  cannot be read at all
    ├── NotAuthenticated            401  WWW-Authenticate
    ├── Forbidden                   403
    ├── NotFound                    404  also everything that the caller may not see
    ├── MethodNotAllowed            405  Allow
    ├── NotAcceptable               406
    ├── RequestTooSlow              408
    ├── Conflict                    409
    ├── PreconditionFailed          412
    ├── BodyTooLarge                413
    ├── UnsupportedMediaType        415
    ├── Unprocessable               422  errors: [{pointer, code}]
    │   └── IdempotencyKeyReused (idempotency.py)
    ├── PreconditionRequired        428
    ├── TooManyRequests             429  Retry-After
    ├── Unavailable                 503  Retry-After
    │   └── DatabaseAway, PoolExhausted (database.py)
    └── UpstreamTooSlow             504

A refusal by the regulation is no problem but a signed document. Services subclass these with a slug and a title.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from shared.kit.pointers import Fault
from shared.law.text import Text


class Problem(Exception):
    """Something that ends a request; ``status``, ``slug`` and ``title`` stand on the class."""

    status: ClassVar[int] = 500
    slug: ClassVar[str] = "internal-error"
    title: ClassVar[Text] = Text("Ішкі қате", "Внутренняя ошибка", "Internal error")

    def __init__(
        self,
        detail: Text | None = None,
        *,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        **members: object,
    ) -> None:
        """Tell more of this occurrence; ``members`` become members of the JSON object."""
        super().__init__(self.slug)
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.members = members


class BadRequest(Problem):
    """The request cannot be read: broken JSON, a doubled key, a number out of range."""

    status = 400
    slug = "bad-request"
    title = Text("Сұрау салу оқылмайды", "Запрос не удалось прочитать", "The request cannot be read")

    def __init__(self, code: str = "malformed", detail: Text | None = None) -> None:
        super().__init__(detail, code=code)


class NotAuthenticated(Problem):
    """Who asks is not known; ``scheme`` is that of ``WWW-Authenticate`` (RFC 9110, 11.6.1)."""

    status = 401
    slug = "not-authenticated"
    title = Text("Жүйеге кіру қажет", "Необходимо войти в систему", "You need to log in")

    def __init__(self, detail: Text | None = None, *, scheme: str = "Bearer", **members: object) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": scheme})
        self.members |= members


class Forbidden(Problem):
    """Who asks is known and may not."""

    status = 403
    slug = "forbidden"
    title = Text("Бұған құқығыңыз жоқ", "У вас нет на это права", "You may not do this")


class NotFound(Problem):
    """There is no such thing, or none that the caller may see."""

    status = 404
    slug = "not-found"
    title = Text("Табылмады", "Не найдено", "Not found")


class MethodNotAllowed(Problem):
    """The address exists and does not know this method."""

    status = 405
    slug = "method-not-allowed"
    title = Text("Бұл әдіске жол берілмейді", "Метод не допускается", "The method is not allowed")


class NotAcceptable(Problem):
    """No representation that we have was asked for."""

    status = 406
    slug = "not-acceptable"
    title = Text("Сұралған пішім жоқ", "Запрошенного формата нет", "There is no such format")


class RequestTooSlow(Problem):
    """The body did not arrive in time."""

    status = 408
    slug = "request-too-slow"
    title = Text("Сұрау салу уақытында келмеді", "Запрос не пришёл вовремя", "The request did not arrive in time")


class Conflict(Problem):
    """The thing's state does not allow it."""

    status = 409
    slug = "conflict"
    title = Text("Қазіргі күйге қайшы келеді", "Противоречит текущему состоянию", "It conflicts with the present state")


class PreconditionFailed(Problem):
    """It was changed meanwhile (If-Match)."""

    status = 412
    slug = "precondition-failed"
    title = Text("Осы уақыт ішінде өзгертілді", "За это время было изменено", "It was changed meanwhile")


class BodyTooLarge(Problem):
    """The body is over its limit."""

    status = 413
    slug = "body-too-large"
    title = Text("Сұрау салу тым үлкен", "Запрос слишком велик", "The request is too large")


class UnsupportedMediaType(Problem):
    """The body is of a kind that is not read here."""

    status = 415
    slug = "unsupported-media-type"
    title = Text(
        "Бұл мазмұн түрі қабылданбайды", "Такой тип содержимого не принимается", "This content type is not taken"
    )


class Unprocessable(Problem):
    """The body can be read and says something that cannot be."""

    status = 422
    slug = "unprocessable"
    title = Text("Деректерде қате бар", "В данных есть ошибки", "The data contain errors")


class PreconditionRequired(Problem):
    """An edit must say which version it edits (If-Match)."""

    status = 428
    slug = "precondition-required"
    title = Text("If-Match тақырыбы қажет", "Нужен заголовок If-Match", "The If-Match header is needed")


class _Later(Problem):
    """A problem that passes: ``Retry-After`` tells the caller in how many seconds to come back."""

    def __init__(self, detail: Text | None = None, *, retry_after: int = 1, **members: object) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})
        self.members |= members


class TooManyRequests(_Later):
    """The caller asks more often than is allowed."""

    status = 429
    slug = "too-many-requests"
    title = Text("Сұрау салулар тым жиі", "Слишком частые запросы", "Too many requests")


class Unavailable(_Later):
    """Something that is needed does not answer now."""

    status = 503
    slug = "unavailable"
    title = Text("Қызмет уақытша қолжетімсіз", "Сервис временно недоступен", "The service is unavailable for now")


class UpstreamTooSlow(_Later):
    """Another system did not answer in time."""

    status = 504
    slug = "upstream-too-slow"
    title = Text(
        "Басқа жүйе уақытында жауап бермеді", "Другая система не ответила вовремя", "Another system was too slow"
    )
