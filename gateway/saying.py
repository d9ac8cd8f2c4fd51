"""What to say to the person at the desk or on the telephone: one glance (HV-8.1, AP-8.1, AP-20, AT-22).

Day, time, doctor, room; or why not, and what to do. Read out of the sealed document: nothing is said that is not there.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from gateway.journal import Request
from gateway.verification import payload_of
from shared.law.channels import Channel
from shared.law.hours import ALMATY
from shared.law.text import LANGUAGES, Text

VISIT: Final = Text(
    "{day}, сағат {begins}–{ends}: {who} үйге келеді. Мекенжайы: {address}.",
    "{day}, с {begins} до {ends}: {who} придёт на дом. Адрес: {address}.",
    "{day}, from {begins} to {ends}: {who} comes to the home. Address: {address}.",
)
DOCTOR: Final = Text("дәрігер {name}", "врач {name}", "doctor {name}")
DUTY_DOCTOR: Final = Text("кезекші дәрігер {name}", "дежурный врач {name}", "the doctor on duty {name}")
NAMELESS: Final = Text("кезекші дәрігер", "дежурный врач", "the doctor on duty")
APPOINTMENT: Final = Text(
    "{day}, сағат {begins}. Дәрігер {doctor}, {room}-кабинет.",
    "{day}, {begins}. Врач {doctor}, кабинет {room}.",
    "{day}, {begins}. Doctor {doctor}, room {room}.",
)
WITHOUT_TIME: Final = Text(
    "Қабылданды, бірақ бос уақыт қазір жоқ.",
    "Принято, но свободного времени сейчас нет.",
    "Taken, but no time is free.",
)
ASK_AGAIN: Final = Text(
    "Басқа уақыт туралы кейінірек хабарласуын сұраңыз немесе өзіңіз қоңырау шалыңыз.",
    "Предложите обратиться за временем позже или перезвоните сами.",
    "Ask them to call again for a time, or call them back.",
)
ATTACHED: Final = Text(
    "{since} бастап тіркелді: № {district} учаске, дәрігер {doctor}.",
    "Прикрепление с {since}: участок № {district}, врач {doctor}.",
    "Attached since {since}: district No. {district}, doctor {doctor}.",
)
PRINT_SLIP: Final = Text(
    "Талонды басып шығарып, қолына беріңіз.",
    "Распечатайте талон и выдайте на руки.",
    "Print the slip and hand it over.",
)
REFUSED: Final = Text("Бас тартылды. {why}", "Отказано. {why}", "Refused. {why}")
PENDING: Final = Text(
    "Өтініш тіркелді, жауап {until} дейін болады.",
    "Запрос зарегистрирован, ответ будет до {until}.",
    "The request is taken, the answer comes by {until}.",
)
CALL_BACK: Final = Text(
    "Күте алмаса, жауап дайын болғанда өтініштегі телефонға өзіңіз қоңырау шалыңыз.",
    "Если человек не может ждать, перезвоните ему по телефону из запроса, когда ответ будет готов.",
    "If the person cannot wait, call them at the telephone of the request as soon as the answer is there.",
)


@dataclass(frozen=True, slots=True)
class Say:
    """What is said to the person, and what the employee does beside; ``final`` once the answer is there."""

    text: Text
    do: Text | None
    final: bool


def say_of(request: Request) -> Say | None:
    """Return what to say of a request; None for a draft."""
    if request.state == "draft":
        return None
    if request.document is None:
        by = request.answer_by or request.sign_by
        return Say(PENDING.filled(until=_moment(by)), CALL_BACK, final=False)
    document: Mapping[str, Any] = json.loads(payload_of(request.document))
    if request.outcome == "refused":
        return _refusal(document)
    return _granted(document, in_person=request.channel == Channel.IN_PERSON)


def _granted(document: Mapping[str, Any], *, in_person: bool) -> Say | None:
    if "visit" in document:
        return Say(_visit(document["visit"]), None, final=True)
    if "appointment" in document:
        booked = document["appointment"]
        return Say(_appointment(booked), None, final=True) if booked else Say(WITHOUT_TIME, ASK_AGAIN, final=True)
    if "attachment" in document:
        return Say(_attachment(document["attachment"]), PRINT_SLIP if in_person else None, final=True)
    text = document.get("text")
    return Say(Text(**text), None, final=True) if isinstance(text, Mapping) else None


def _refusal(document: Mapping[str, Any]) -> Say:
    grounds = [Text(**ground["words"]) for ground in document["grounds"]]
    why = Text(*(" ".join(ground.said_in(language) for ground in grounds) for language in LANGUAGES))
    remedies = [Text(**ground["remedy"]["text"]) for ground in document["grounds"] if "remedy" in ground]
    review = Text(**document["review"]["text"])
    do = Text(*(" ".join(one.said_in(language) for one in (*remedies, review)) for language in LANGUAGES))
    return Say(REFUSED.filled(why=why), do, final=True)


def _visit(visit: Mapping[str, Any]) -> Text:
    begins, ends = (datetime.fromisoformat(visit[end]).astimezone(ALMATY) for end in ("from", "to"))
    doctor, home = visit["doctor"], visit["address"]
    words = DUTY_DOCTOR if doctor["role"] == "duty" else DOCTOR
    parts = [home["street"], home["house"], home.get("apartment")]
    return VISIT.filled(
        day=begins.strftime("%d.%m.%Y"),
        begins=begins.strftime("%H:%M"),
        ends=ends.strftime("%H:%M"),
        who=words.filled(name=doctor["name"]) if doctor["name"] else NAMELESS,
        address=", ".join(part for part in parts if part),
    )


def _appointment(booked: Mapping[str, Any]) -> Text:
    begins = datetime.fromisoformat(booked["from"]).astimezone(ALMATY)
    doctor = booked["doctor"].get("replaced_by") or booked["doctor"]["name"]
    day, time = begins.strftime("%d.%m.%Y"), begins.strftime("%H:%M")
    return APPOINTMENT.filled(day=day, begins=time, doctor=doctor, room=booked["room"])


def _attachment(attached: Mapping[str, Any]) -> Text:
    since = date.fromisoformat(attached["since"]).strftime("%d.%m.%Y")
    return ATTACHED.filled(since=since, district=attached["district"]["number"], doctor=attached["doctor"]["name"])


def _moment(at: datetime) -> str:
    return at.astimezone(ALMATY).strftime("%d.%m.%Y %H:%M")
