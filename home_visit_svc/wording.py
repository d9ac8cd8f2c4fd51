"""The sentences of the documents and notices, for people: Kazakh, Russian, English."""

from collections.abc import Mapping
from typing import Final

from shared.law.text import Text

DECREE: Final = Text(
    kk="Алматы қаласы әкімдігінің 2013 жылғы 1 шілдедегі № 3/561 қаулысымен бекітілген «Дәрігерді үйге шақыру» "
    "мемлекеттік қызметінің регламенті",
    ru="Регламент государственной услуги «Вызов врача на дом», утверждённый постановлением акимата города Алматы "
    "от 1 июля 2013 года № 3/561",
    en="Regulation of the state service “Calling a doctor to the home”, approved by decree № 3/561 of the Almaty city "
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
AGAIN: Final = Text(
    kk="Бұл күнге дәрігер бұрын шақырылған (№ {earlier}), сол келу күшінде қалады. {said}",
    ru="На этот день врач уже вызван (№ {earlier}), этот визит остаётся в силе. {said}",
    en="A doctor has been called for this day already (No. {earlier}), and that visit stands. {said}",
)
"""What stands before the words of a visit that an earlier call of the day was promised."""
INTAKE_CLOSED: Final = Text(
    kk="Үйге шақыруларды қабылдау қазір жабық. Жобаңыз сақталды: оған {day} күні сағат {opens}-ден бастап қол қоя "
    "аласыз. Күтуге болмайтын жағдайда жедел жәрдемге қоңырау шалыңыз: 103.",
    ru="Приём вызовов на дом сейчас закрыт. Ваш черновик сохранён: его можно подписать {day} с {opens}. "
    "Если ждать нельзя, звоните в скорую помощь: 103.",
    en="Calls for home visits are not being taken now. Your draft is kept: you can sign it from {opens} on {day}. "
    "If it cannot wait, call an ambulance: 103.",
)


def address_line(address: Mapping[str, object]) -> str:
    """Return street, house and apartment on one line, as the citizen wrote them."""
    parts = [address["street"], address["house"], address.get("apartment", "")]
    return ", ".join(str(part) for part in parts if part)
