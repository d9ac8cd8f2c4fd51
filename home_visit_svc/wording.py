"""The sentences of the documents and notices, for people: Kazakh, Russian, English."""

from collections.abc import Mapping, Sequence
from typing import Final

from home_visit_svc.rules import Source
from shared.law.systems import ATTACHMENT_REGISTER, PERSON_REGISTRY
from shared.law.text import LANGUAGES, Text

SOURCE_NAMES: Final[Mapping[Source, Text]] = {
    Source.PERSON_REGISTRY: PERSON_REGISTRY,
    Source.ATTACHMENT_REGISTER: ATTACHMENT_REGISTER,
}

DECREE: Final = Text(
    kk="Алматы қаласы әкімдігінің 2013 жылғы 1 шілдедегі № 3/561 қаулысымен бекітілген «Дәрігерді үйге шақыру» "
    "мемлекеттік қызметінің регламенті",
    ru="Регламент государственной услуги «Вызов врача на дом», утверждённый постановлением акимата города Алматы "
    "от 1 июля 2013 года № 3/561",
    en="Regulation of the state service “Calling a doctor to the home”, confirmed by decree № 3/561 of the Almaty city "
    "administration of 1 July 2013",
)
CALLED: Final = Text(
    kk="Дәрігерді үйге шақыру қабылданды, № {number}. Дәрігер {doctor}{day} күні сағат {begins}–{ends} аралығында "
    "мына мекенжайға келеді: {address}. Қызмет тегін көрсетіледі.",
    ru="Вызов врача на дом принят, № {number}. Врач {doctor}придёт {day} с {begins} до {ends} по адресу: {address}. "
    "Услуга бесплатна.",
    en="The home visit is accepted, No. {number}. Doctor {doctor}will come on {day} between {begins} and {ends} to: "
    "{address}. The service is free of charge.",
)
DUTY: Final = Text(
    kk="Дәрігерді үйге шақыру қабылданды, № {number}. Кезекші дәрігер {doctor}{day} күні сағат {begins}–{ends} "
    "аралығында мына мекенжайға келеді: {address}. Қызмет тегін көрсетіледі.",
    ru="Вызов врача на дом принят, № {number}. Дежурный врач {doctor}придёт {day} с {begins} до {ends} по адресу: "
    "{address}. Услуга бесплатна.",
    en="The home visit is accepted, No. {number}. The doctor on duty {doctor}will come on {day} between {begins} and "
    "{ends} to: {address}. The service is free of charge.",
)
REVIEW: Final = Text(
    kk="Бас тартумен келіспесеңіз, шешімді қызметкердің қайта қарауын сұрай аласыз: қызмет берушіге келіңіз "
    "({address}) немесе телефон соғыңыз ({telephones}). Анықтама: бірыңғай байланыс орталығы 1414. "
    "Өмірге қауіп төнсе, 103 нөміріне қоңырау шалыңыз.",
    ru="Если вы не согласны с отказом, попросите, чтобы решение пересмотрел сотрудник: обратитесь к услугодателю "
    "({address}) или позвоните ({telephones}). Справки: единый контакт-центр 1414. "
    "При угрозе жизни звоните 103.",
    en="If you disagree with the refusal, ask for a member of staff to review the decision: come to the provider "
    "({address}) or telephone ({telephones}). Information: contact centre 1414. "
    "If life is in danger, call 103.",
)
INTAKE_CLOSED: Final = Text(
    kk="Үйге шақыруларды қабылдау қазір жабық. Жобаңыз сақталды: оған {day} күні сағат {opens} бастап қол қоя аласыз. "
    "Күтуге болмайтын жағдайда жедел жәрдемге қоңырау шалыңыз: 103.",
    ru="Приём вызовов на дом сейчас закрыт. Ваш черновик сохранён: его можно подписать {day} с {opens}. "
    "Если ждать нельзя, звоните в скорую помощь: 103.",
    en="Calls for home visits are not being taken now. Your draft is kept: you can sign it from {opens} on {day}. "
    "If it cannot wait, call an ambulance: 103.",
)


def named_together(sources: Sequence[Source]) -> Text:
    """Return the systems' names as one list."""
    names = [SOURCE_NAMES[source] for source in sources]
    return Text(*("; ".join(name.said_in(language) for name in names) for language in LANGUAGES))


def address_line(address: Mapping[str, object]) -> str:
    """Return street, house and apartment on one line, as the citizen wrote them."""
    parts = [address["street"], address["house"], address.get("apartment", "")]
    return ", ".join(str(part) for part in parts if part)
