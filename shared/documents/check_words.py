"""What the pages of the check say."""

from collections.abc import Mapping
from typing import Final

from shared.law.text import Text

TITLE: Final = Text("Құжатты тексеру", "Проверка документа", "Check of a document")
STATUSES: Final[Mapping[str, Text]] = {
    "valid": Text("Құжат жарамды", "Документ действителен", "The document is valid"),
    "cancelled": Text("Құжат жойылған", "Документ отменён", "The document is cancelled"),
    "replaced": Text("Құжат басқасына ауыстырылған", "Документ заменён другим", "The document is replaced by another"),
    "withdrawn": Text("Құжат қайтарып алынған", "Документ отозван", "The document is withdrawn"),
    "unconfirmed": Text(
        "Қазір растау мүмкін емес: құжат берілген кезде жарамды болған",
        "Сейчас подтвердить нельзя: при выдаче документ был действителен",
        "It cannot be confirmed now: the document was valid when it was issued",
    ),
    "unknown": Text("Мұндай құжат жоқ", "Такого документа нет", "There is no such document"),
}
UNKNOWN_HELP: Final = Text(
    "Мекенжайды қағаздағымен салыстырыңыз. Мекенжай дұрыс болса, құжат жалған болуы мүмкін.",
    "Сверьте адрес с бумагой. Если адрес верен, документ может быть поддельным.",
    "Compare the address with the paper. If the address is right, the document may be forged.",
)
CHECKED_AT: Final = Text("Тексерілген уақыты", "Проверено", "Checked at")
STATUS_AS_OF: Final = Text("Мәртебе мына уақытқа", "Статус по состоянию на", "Status as of")
KIND: Final = Text("Түрі", "Вид", "Kind")
SERVICE: Final = Text("Қызмет", "Услуга", "Service")
NUMBER: Final = Text("Нөмірі", "Номер", "Number")
ISSUED: Final = Text("Берілген уақыты", "Выдан", "Issued")
COMPARE: Final = Text(
    "Қағаздағы деректер осымен бірдей болуы тиіс.",
    "Данные на бумаге должны совпадать с этими.",
    "What stands on the paper must be the same as here.",
)
UNLOCK: Final = Text("Толық мазмұны", "Полное содержание", "The whole content")
UNLOCK_HELP: Final = Text(
    "Қағаздағы сегіз таңбалы кодты енгізіңіз (QR-кодтың жанында).",
    "Введите восьмизначный код с бумаги (он рядом с QR-кодом).",
    "Type the code of eight characters that stands on the paper, beside the QR code.",
)
CODE: Final = Text("Қағаздағы код", "Код с бумаги", "Code on the paper")
SHOW: Final = Text("Көрсету", "Показать", "Show")
WRONG_CODE: Final = Text(
    "Код сәйкес келмейді. Қағаздан қайта қарап енгізіңіз.",
    "Код не подходит. Посмотрите на бумаге ещё раз.",
    "The code does not fit. Look at the paper once more.",
)
TOO_OFTEN: Final = Text(
    "Тым жиі сұралды. Бірнеше минуттан кейін қайталаңыз.",
    "Слишком частые запросы. Повторите через несколько минут.",
    "Asked too often. Try again in a few minutes.",
)
FILE_TITLE: Final = Text("Файлды тексеру", "Проверка файла", "Check of a file")
FILE_HELP: Final = Text(
    "PDF немесе JWS файлын таңдаңыз: ішінде ненің сәйкес келмейтіні айтылады. Файл сақталмайды.",
    "Выберите файл PDF или JWS: будет сказано, что в нём не сходится. Файл не сохраняется.",
    "Choose a PDF or JWS file: you are told what in it does not hold. The file is not kept.",
)
FILE: Final = Text("Файл (PDF немесе JWS)", "Файл (PDF или JWS)", "File (PDF or JWS)")
CHECK: Final = Text("Тексеру", "Проверить", "Check")
NO_FILE: Final = Text("Файл таңдалмаған.", "Файл не выбран.", "No file was chosen.")
WHAT_HOLDS: Final = Text("Не тексерілді", "Что проверено", "What was checked")
STANDING: Final = Text("Қазіргі мәртебесі", "Статус сейчас", "Status now")
"""Kept short: they stand on a phone's screen."""
