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
    "general_practitioner": Text("жалпы практикалық дәрігер", "врач общей практики", "general practitioner"),
}
BOOKED: Final = Text(
    kk="Дәрігердің қабылдауына жазылу туралы анықтама, № {number}. Қабылдауға жазылған адам: {patient}. Қабылдау: "
    "{day}, сағат {begins}; {kind} {doctor}; {room}-кабинет; мекенжайы: {address}. Қызмет тегін көрсетіледі.",
    ru="Справка о записи на приём к врачу, № {number}. Кто записан: {patient}. Приём: {day} в {begins}; {kind} "
    "{doctor}; кабинет {room}; адрес: {address}. Услуга бесплатна.",
    en="Certificate of an appointment with a doctor, No. {number}. Who is booked: {patient}. Appointment: {day} at "
    "{begins}; {kind} {doctor}; room {room}; address: {address}. The service is free of charge.",
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
    kk="Дәрігердің қабылдауына жазылу туралы анықтама, № {number}. Қабылдауға жазылған адам: {patient}. Таңдалған "
    "уақыт ({asked}) бос болмай қалды, ал басқа бос уақыт қазір жоқ. Бос уақыт пайда болғанда, оны порталдағы жеке "
    "кабинетте таңдаңыз: қайта қол қоюдың қажеті жоқ. Уақытты қызмет берушіден телефон арқылы да сұрай аласыз: "
    "{telephones}.",
    ru="Справка о записи на приём к врачу, № {number}. Кто записан: {patient}. Выбранное время ({asked}) оказалось "
    "занято, а другого свободного сейчас нет. Когда оно появится, выберите его в личном кабинете на портале: "
    "подписывать заново не нужно. О времени можно спросить и у поставщика услуги по телефону: {telephones}.",
    en="Certificate of an appointment with a doctor, No. {number}. Who is booked: {patient}. The time that you chose "
    "({asked}) was no longer free and no other is free now. When there is one, pick it in your cabinet on the portal: "
    "you need not sign again. You can also ask the provider for a time by telephone: {telephones}.",
)
REPLACES_EARLIER: Final = Text(
    kk="Бұл дәрігерге жазылу бар: {earlier}. Қол қойсаңыз, ол осы уақытқа ауысады: бір дәрігерге бір ғана жазылу "
    "болады.",
    ru="К этому врачу уже есть запись: {earlier}. Если вы подпишете, она будет перенесена на это время: к одному "
    "врачу бывает одна запись.",
    en="There is an appointment with this doctor already: {earlier}. If you sign, it is moved to this time: there is "
    "one appointment at a time with one doctor.",
)
HELD_UNTIL: Final = Text(  # The hour stands last: what Kazakh adds to a number depends on how it is read out.
    kk="Бұл уақыт сіз үшін сақталды. Қол қоюға болатын соңғы сәт: {until}.",
    ru="Это время сохранено за вами. Подписать можно до {until}.",
    en="This time is kept for you. You can sign until {until}.",
)
