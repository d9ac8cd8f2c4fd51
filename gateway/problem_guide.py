"""What a problem's ``type`` leads to: its title, what it means and what to do, drawn from the tree of problems.

The title stands on the class; meaning and remedy follow from the status, which a class inherits or states.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Final

from shared.kit.problems import Problem
from shared.law.text import Text


@dataclass(frozen=True, slots=True)
class Guide:
    """One kind of problem, for whoever met it."""

    slug: str
    status: int
    title: Text
    means: Text
    remedy: Text


_OURS: Final = (
    Text(
        "Қате біздің тарапта болды, сіздің деректеріңізде емес.",
        "Ошибка произошла у нас, а не в ваших данных.",
        "Something went wrong with us, not with what you sent.",
    ),
    Text(
        "Сәл кейінірек қайталаңыз. Қайталана берсе, жауаптағы trace_id нөмірін 1414 арқылы хабарлаңыз.",
        "Повторите немного позже. Если ошибка повторяется, сообщите по телефону 1414 номер trace_id из ответа.",
        "Try again a little later. If it goes on, tell 1414 the trace_id that stands in the answer.",
    ),
)
_PASSES: Final = (
    Text(
        "Қажетті жүйе қазір жауап бермейді немесе бос емес. Сақталғаны жоғалмайды.",
        "Нужная система сейчас не отвечает или занята. Сохранённое не теряется.",
        "A system that is needed does not answer now, or is busy. Nothing that was stored is lost.",
    ),
    Text(
        "Retry-After тақырыбында көрсетілген уақыттан кейін қайталаңыз.",
        "Повторите после времени, указанного в заголовке Retry-After.",
        "Try again after the time that the Retry-After header names.",
    ),
)
_UNREADABLE: Final = (
    Text(
        "Жіберілген сұрау салуды оқу мүмкін болмады: пішімі, көлемі немесе түрі сәйкес емес.",
        "Присланное не удалось прочитать: не подходит формат, размер или тип.",
        "What was sent cannot be read: its format, its size or its type does not fit.",
    ),
    Text(
        "Сұрау салуды API сипаттамасына сай түзетіп, қайта жіберіңіз: /reference.",
        "Исправьте запрос по описанию API и отправьте снова: /reference.",
        "Make the request as the description of the API says, and send it again: /reference.",
    ),
)
GUIDES: Final[Mapping[int, tuple[Text, Text]]] = {
    400: _UNREADABLE,
    401: (
        Text("Кім сұрап тұрғаны белгісіз.", "Неизвестно, кто обращается.", "Who asks is not known."),
        Text(
            "Жүйеге кіріп, қайталаңыз. Құпиясөзді ұмытсаңыз, ЭЦҚ арқылы жаңасын орнатыңыз.",
            "Войдите и повторите. Если пароль забыт, установите новый с помощью ЭЦП.",
            "Log in and try again. If the password is forgotten, set a new one with your EDS.",
        ),
    ),
    403: (
        Text(
            "Сіз бұл әрекетке құқылы емессіз.",
            "У вас нет права на это действие.",
            "You are known, and you have no right to do this.",
        ),
        Text(
            "Құқығыңыз бар деп санасаңыз, ұйымыңыздың әкімшісіне немесе 1414-ке хабарласыңыз.",
            "Если вы считаете, что право у вас есть, обратитесь к администратору организации или по телефону 1414.",
            "If you think that you have, turn to your organisation's administrator or to 1414.",
        ),
    ),
    404: (
        Text(
            "Мұндай нәрсе жоқ немесе ол сізге көрсетілмейді.",
            "Такого нет, или оно вам не показывается.",
            "There is no such thing, or none that is shown to you.",
        ),
        Text(
            "Мекенжайды тексеріп, өз өтініштеріңіздің тізімінен ашыңыз.",
            "Проверьте адрес и откройте из списка своих обращений.",
            "Check the address, and open it from the list of your own requests.",
        ),
    ),
    405: _UNREADABLE,
    406: _UNREADABLE,
    408: _UNREADABLE,
    409: (
        Text(
            "Қазіргі күйде бұл әрекетті орындау мүмкін емес.",
            "В нынешнем состоянии это действие невозможно.",
            "As things stand now, this cannot be done.",
        ),
        Text(
            "Өтініштің қазіргі күйін ашып, сонда ұсынылған әрекетті таңдаңыз.",
            "Откройте обращение, как оно есть сейчас, и выберите то, что там предложено.",
            "Open the request as it is now, and choose from what it offers.",
        ),
    ),
    410: (
        Text("Мерзімі өтіп кеткен.", "Срок уже истёк.", "Its time is over."),
        Text("Жаңасын бастаңыз.", "Начните заново.", "Begin a new one."),
    ),
    412: (
        Text(
            "Сіз оқығаннан кейін бұл өзгертілген.",
            "После того как вы это прочитали, оно изменилось.",
            "It was changed after you had read it.",
        ),
        Text("Қайта оқып, қайталаңыз.", "Прочитайте заново и повторите.", "Read it again, then try again."),
    ),
    413: _UNREADABLE,
    415: _UNREADABLE,
    422: (
        Text(
            "Деректер оқылды, бірақ оларда қате бар.",
            "Данные прочитаны, но в них есть ошибки.",
            "The data can be read, but something in them cannot be.",
        ),
        Text(
            "errors тізімі қай жерді түзету керегін көрсетеді. Түзетіп, қайта жіберіңіз.",
            "Список errors показывает, что исправить. Исправьте и отправьте снова.",
            "The list `errors` shows what to mend. Mend it and send it again.",
        ),
    ),
    428: _UNREADABLE,
    429: (
        Text(
            "Бұл әрекет тым жиі қайталанды.",
            "Это действие повторялось слишком часто.",
            "This was asked for more often than is allowed.",
        ),
        _PASSES[1],
    ),
    500: _OURS,
    503: _PASSES,
    504: _PASSES,
}


@cache
def guides() -> Mapping[str, Guide]:
    """Return a guide for each kind of problem that this process knows, by its slug."""
    kinds: Iterator[type[Problem]] = chain([Problem], _below(Problem))
    return {kind.slug: Guide(kind.slug, kind.status, kind.title, *_guide(kind.status)) for kind in kinds}


def _guide(status: int) -> tuple[Text, Text]:
    return GUIDES.get(status, _OURS if status >= Problem.status else _UNREADABLE)


def _below(kind: type[Problem]) -> Iterator[type[Problem]]:
    for child in kind.__subclasses__():
        if "slug" in vars(child):
            yield child
        yield from _below(child)
