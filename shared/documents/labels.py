"""What stands beside each thing that a document tells, by its place in the signed JSON.

A new service adds rows here, or brings its own in the document's ``facts``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.law.text import Text

KINDS: Final[Mapping[str, Text]] = {  # AP-1
    "therapist": Text("учаскелік терапевт", "участковый терапевт", "district therapist"),
    "paediatrician": Text("учаскелік педиатр", "участковый педиатр", "district paediatrician"),
    "general_practitioner": Text("жалпы практикалық дәрігер", "врач общей практики", "general practitioner"),
}
ROLES: Final[Mapping[str, Text]] = {
    "district": Text("учаскелік дәрігер", "участковый врач", "district doctor"),
    "duty": Text("кезекші дәрігер", "дежурный врач", "doctor on duty"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a page: its words, the places whose values stand in it, and what stands between them.

    Of places in one group (``a|b``) the first that is there is taken. ``form`` says how a value is written: as it is,
    as a ``day``, a ``moment``, a ``time``; words for what is told by a code stand in ``codes``.
    """

    words: Text
    places: tuple[str, ...]
    between: str = ", "
    form: str = "plain"
    codes: Mapping[str, Text] | None = None
    is_personal: bool = True


ROWS: Final = (
    Row(Text("Нөмірі", "Номер", "Number"), ("number",), is_personal=False),
    Row(Text("Берілген уақыты", "Выдано", "Issued"), ("issued_at",), form="moment", is_personal=False),
    Row(Text("Пациент", "Пациент", "Patient"), ("patient.name",)),
    Row(Text("Пациенттің ЖСН-і", "ИИН пациента", "Patient's IIN"), ("patient.iin",)),
    Row(Text("Өтініш беруші", "Заявитель", "Applicant"), ("applicant.name",)),
    Row(Text("Өтініш берушінің ЖСН-і", "ИИН заявителя", "Applicant's IIN"), ("applicant.iin",)),
    Row(Text("Дәрігердің келетін күні", "День посещения", "Day of the visit"), ("visit.date",), form="day"),
    Row(Text("Уақыты", "Время", "Time"), ("visit.from", "visit.to"), "–", "time"),
    Row(
        Text("Дәрігер", "Врач", "Doctor"),
        ("visit.doctor.name", "visit.doctor.kind|visit.doctor.role"),
        codes={**KINDS, **ROLES},
    ),
    Row(
        Text("Мекенжай", "Адрес посещения", "Address of the visit"),
        ("visit.address.street", "visit.address.house", "visit.address.apartment"),
    ),
    Row(Text("Қабылдау күні", "День приёма", "Day of the appointment"), ("appointment.date",), form="day"),
    Row(Text("Уақыты", "Время", "Time"), ("appointment.from", "appointment.to"), "–", "time"),
    Row(
        Text("Дәрігер", "Врач", "Doctor"),
        ("appointment.doctor.replaced_by|appointment.doctor.name", "appointment.doctor.kind"),
        codes=KINDS,
    ),
    Row(Text("Кабинет", "Кабинет", "Room"), ("appointment.room",)),
    Row(Text("Тіркелген күні", "Прикреплён с", "Attached since"), ("attachment.since",), form="day"),
    Row(Text("Учаске", "Участок", "District"), ("attachment.district.number", "attachment.district.name")),
    Row(Text("Дәрігер", "Врач", "Doctor"), ("attachment.doctor.name",)),
)
"""In the order in which they stand on a page."""

CERTIFICATE: Final = Text("Анықтама", "Справка", "Certificate")
REFUSAL: Final = Text(
    "Бас тарту туралы дәлелді жауап", "Мотивированный ответ об отказе", "Reasoned refusal"
)  # HV-8.3, AP-8.3, AT-8.3
GROUNDS: Final = Text("Бас тарту негіздері", "Основания отказа", "Grounds of the refusal")
REVIEW: Final = Text("Қайта қарау", "Пересмотр", "Review")
PROVIDER: Final = Text("Қызмет беруші", "Поставщик услуги", "Provider")
BIN: Final = Text("БСН", "БИН", "BIN")
TELEPHONES: Final = Text("Телефондары", "Телефоны", "Telephones")
UNNAMED: Final = Text("аты-жөні сұралған жоқ", "имя не запрашивалось", "the name was not asked for")
SEALED_BY: Final = Text(
    "Электрондық мөр басқан: {name}, БСН {bin}.",
    "Заверено электронной печатью: {name}, БИН {bin}.",
    "Sealed electronically by {name}, BIN {bin}.",
)
CERTIFICATE_OF_SEAL: Final = Text(
    "Мөр сертификатының SHA-256 белгісі: {print}.",
    "SHA-256 сертификата печати: {print}.",
    "SHA-256 of the seal's certificate: {print}.",
)
ATTACHED: Final = Text(
    "Мөр басылған түпнұсқа (JWS) осы PDF файлына тіркелген.",
    "Заверенный подлинник (JWS) вложен в этот файл PDF.",
    "The sealed original (JWS) is attached to this PDF file.",
)
CHECK_HERE: Final = Text(
    "Құжатты тексеру үшін кодты сканерлеңіз немесе мына мекенжайды ашыңыз.",
    "Чтобы проверить документ, отсканируйте код или откройте этот адрес.",
    "To check the document, scan the code or open this address.",
)
CODE: Final = Text("Жеке деректерді көру коды", "Код для просмотра личных данных", "Code for the personal details")
QR: Final = Text(
    "QR-код: құжатты тексеру мекенжайы {address}",
    "QR-код: адрес проверки документа {address}",
    "QR code: the address of the document's check, {address}",
)
CLAUSES: Final[Mapping[str, Mapping[str, str]]] = {
    "kk": {"one": "Регламенттің {clauses}-тармағы", "other": "Регламенттің {clauses}-тармақтары"},
    "ru": {
        "one": "Пункт {clauses} Регламента",
        "few": "Пункты {clauses} Регламента",
        "many": "Пункты {clauses} Регламента",
        "other": "Пункты {clauses} Регламента",
    },
    "en": {"one": "Clause {clauses} of the Regulation", "other": "Clauses {clauses} of the Regulation"},
}
"""By the plural's category of how many there are."""
