"""The sentences of the documents and notices, for people: Kazakh, Russian, English."""

from collections.abc import Mapping
from typing import Final

from shared.law.text import Text

DECREE: Final = Text(
    kk="Алматы қаласы әкімдігінің 2013 жылғы 1 шілдедегі № 3/561 қаулысымен бекітілген «Дәрігердің қабылдауына жазылу» "
    "мемлекеттік қызметінің регламенті",
    ru="Регламент государственной услуги «Запись на приём к врачу», утверждённый постановлением акимата города Алматы "
    "от 1 июля 2013 года № 3/561",
    en="Regulation of the state service “Booking an appointment with a doctor”, approved by decree № 3/561 of the "
    "Almaty city administration of 1 July 2013",
)
KINDS: Final[Mapping[str, Text]] = {  # AP-1
    "therapist": Text("учаскелік терапевт", "участковый терапевт", "district therapist"),
    "paediatrician": Text("учаскелік педиатр", "участковый педиатр", "district paediatrician"),
    "general_practitioner": Text("жалпы практика дәрігері", "врач общей практики", "general practitioner"),
}
BOOKED: Final = Text(
    kk="Сіз дәрігердің қабылдауына жазылдыңыз, № {number}. {day} күні сағат {begins}, {kind} {doctor}, {room}-кабинет, "
    "{address}. Қызмет тегін көрсетіледі.",
    ru="Вы записаны на приём к врачу, № {number}. {day} в {begins}, {kind} {doctor}, кабинет {room}, {address}. "
    "Услуга бесплатна.",
    en="You are booked for an appointment, No. {number}. On {day} at {begins}, {kind} {doctor}, room {room}, "
    "{address}. The service is free of charge.",
)
NEAREST_INSTEAD: Final = Text(
    kk="Таңдалған уақыт ({asked}) сұрау салу шешілгенге дейін бос болмай қалды, сондықтан ең жақын бос уақыт берілді. "
    "Бұл уақыт ыңғайсыз болса, қабылдау басталғанға дейін басқасына ауыстыра аласыз.",
    ru="Выбранное время ({asked}) к моменту решения оказалось занято, поэтому назначено ближайшее свободное. "
    "Если оно неудобно, до начала приёма его можно перенести.",
    en="The time that you chose ({asked}) was no longer free when the request was decided, so the nearest free time is "
    "given. If it does not suit you, you can move it until the appointment begins.",
)
NO_TIME_NOW: Final = Text(
    kk="Жазылу туралы сұрау салу қабылданды, № {number}. Таңдалған уақыт ({asked}) бос болмай қалды, ал бос "
    "уақыт қазір жоқ: қабылдау уақытын қызмет беруші телефон арқылы хабарлайды. Телефондары: {telephones}.",
    ru="Запрос на запись принят, № {number}. Выбранное время ({asked}) оказалось занято, а свободного сейчас нет: "
    "время приёма поставщик услуги сообщит по телефону. Телефоны: {telephones}.",
    en="The request for an appointment is accepted, No. {number}. The time that you chose ({asked}) was no longer free "
    "and no other is free now: the provider will tell you the time by telephone. Telephones: {telephones}.",
)
REPLACES_EARLIER: Final = Text(
    kk="Бұл дәрігерге жазылуыңыз бар: {earlier}. Қол қойсаңыз, ол осы уақытқа ауысады: бір дәрігерге бір ғана жазылу "
    "болады.",
    ru="У вас уже есть запись к этому врачу: {earlier}. Если вы подпишете, она будет перенесена на это время: к одному "
    "врачу бывает одна запись.",
    en="You already have an appointment with this doctor: {earlier}. If you sign, it is moved to this time: there is "
    "one appointment at a time with one doctor.",
)
HELD_UNTIL: Final = Text(
    kk="Бұл уақыт сағат {until} дейін сіз үшін сақталды.",
    ru="Это время сохранено за вами до {until}.",
    en="This time is kept for you until {until}.",
)
