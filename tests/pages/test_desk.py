"""The registry desk in a real browser: a caller, and two who came, from the IIN to what is said to them (HV-17, AP-17).

Each walk is in another language of the page; what is said is in the person's.
"""

import base64
from dataclasses import dataclass

import pytest
import pytest_asyncio

from gateway.questions import QUESTION_WORDS
from shared.law.text import LANGUAGES, Language
from tests.pages.conftest import LookedAt
from tests.programs import AXE, CHROMIUM, needs
from tests.system.citizen import Citizen
from tests.system.counter import PNG, Counter
from tests.system.employee import Employee
from tests.system.system import System

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs(CHROMIUM, AXE)]
DRAFT = "SELECT content FROM requests WHERE state = 'draft' AND employee_id IS NOT NULL ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True)
class AtDesk:
    """An employee of the desk in a browser, with the key that signs."""

    worker: LookedAt
    counter: Counter

    async def look_up(self, service: str, channel: str, spoken: str) -> None:
        await self.worker.go("desk")
        words = self.worker.words
        await self.worker.type(words["service"], service)
        await self.worker.type(words["channel"], channel)
        await self.worker.type(words["persons_language"], spoken)
        await self.worker.type(words["iin"], self.counter.visitor.iin)
        await self.worker.press(words["look_up"])

    async def sign(self) -> None:
        await self.worker.press(self.worker.words["to_signature"])
        await self.worker.reads(self.worker.words["sign_ncalayer"])
        async with self.counter.person.system.databases["gateway"].connection() as c:
            content = await c.fetchval(DRAFT)
        cms = self.counter.signature({"to_sign": {"content": base64.b64encode(content)}})["cms"]
        await self.worker.choose_file(base64.b64decode(cms), "to-sign.cms")
        await self.worker.reads(self.worker.words["say_to_person"])

    async def said(self) -> tuple[Language, str]:
        lang = await self.worker.tab.run("document.querySelector('.say p').lang")
        return lang, await self.worker.tab.run("document.querySelector('.say').innerText")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(worker: LookedAt, gateway_address: str, system: System) -> AtDesk:
    parent = await Citizen(system, "parent").enter()
    administrator = await Employee(parent).take_office()
    counter = await Counter(Citizen(system, "several", address="192.0.2.12"), parent).sit_down(administrator)
    await worker.open(gateway_address, "kk")
    await worker.log_in(Employee(counter.person).credentials())
    return AtDesk(worker, counter)


async def test_hv_7_2_a_caller_answers_two_questions_and_is_told_who_comes(desk: AtDesk) -> None:
    worker, words = desk.worker, desk.worker.words
    await worker.sees("document.querySelector('main form')")
    await worker.look_over("desk-kk")
    await desk.look_up("home-visit", "phone", "ru")
    await worker.reads(words["ask_caller_hint"])
    await worker.look_over("desk-questions-kk")
    asked = await worker.tab.run("[...document.querySelectorAll('main label')].map((one) => one.innerText)")
    for label in asked:
        await worker.type(label, "0000")
    await worker.press(words["check_answers"])
    await worker.reads(words["tries_left"].format(count=2))
    [refused] = worker.tab.faults  # What was refused is told by the browser too, and nothing else is.
    assert "422" in refused
    worker.tab.faults.clear()
    for label in asked:
        await worker.type(label, desk_answer(desk.counter, label))
    await worker.press(words["check_answers"])
    await worker.reads(words["identified"])
    # Nothing of what the registry holds is shown of a caller, nor is any scan asked for.
    shown = await worker.tab.run("document.querySelector('main').innerText")
    assert desk.counter.visitor.demo.person.names.ru.surname not in shown
    assert await worker.tab.run("document.querySelector('input[type=file]')") is None
    await worker.press(words["to_signature"])
    await worker.sees("document.querySelectorAll('[aria-invalid]').length === 4")
    await worker.type("Көше немесе ықшам аудан", "Абай даңғылы")
    await worker.type("Үй", "12а")
    await worker.type("Байланыс телефоны", "+77012345678")
    await worker.type("Шағымдары", "Дене қызуы 38,5")
    await worker.look_over("desk-form-kk")
    await desk.sign()
    lang, said = await desk.said()
    assert (lang, "24.11.2026, с" in said, "Абай даңғылы, 12а" in said) == ("ru", True, True), said
    await worker.look_over("desk-said-kk")
    assert await worker.tab.run(f"document.body.innerText.includes({words['print_document']!r})") is False


async def test_at_8_1_who_came_is_compared_with_their_document_and_gets_the_paper(desk: AtDesk) -> None:
    worker = desk.worker
    await worker.press(worker.words["next_person"])
    await worker.speak("ru")
    await desk.look_up("attachment", "in_person", "kk")
    await worker.reads(worker.words["compare"])
    await worker.reads(desk.counter.visitor.demo.person.names.ru.full())
    await worker.choose_file(PNG, "заявление.png")
    await worker.reads(worker.words["scan_kept"].format(name="заявление.png"))
    await worker.type("Контактный телефон", "8 701")
    await worker.press(worker.words["to_signature"])
    await worker.reads(worker.words["does_not_fit"])
    await worker.type("Контактный телефон", "+77012345678")
    await worker.look_over("desk-form-ru")
    await desk.sign()
    assert (await desk.said())[0] == "kk"
    await worker.look_over("desk-said-ru")
    await worker.press(worker.words["print_document"])
    await worker.sees("document.querySelector('#status').innerText.includes('.pdf')")


async def test_ap_9_an_appointment_is_given_at_a_free_time_for_a_child(desk: AtDesk) -> None:
    worker = desk.worker
    child = Citizen(desk.counter.person.system, "child-8")
    await worker.press(worker.words["next_person"])
    await worker.speak("en")
    await desk.look_up("appointment", "in_person", "en")
    await worker.reads(worker.words["compare"])
    await worker.tab.run("document.querySelector('main summary').click()")
    await worker.type(worker.words["another_iin"], child.iin)
    await worker.press(worker.words["add_another"])
    await worker.reads(worker.words["asked_for"].format(name=child.demo.person.names.ru.full()))
    await worker.type(worker.words["day"], "2026-11-26")
    await worker.sees("document.querySelectorAll('option[value^=\"2026-11-26\"]').length > 9")
    await worker.type(worker.words["free_time"], "2026-11-26T09:05:00+05:00 D-1")
    await worker.type("Telephone", "+77012345678")
    await worker.look_over("desk-form-en")
    await desk.sign()
    lang, said = await desk.said()
    assert (lang, said.startswith("26.11.2026, 09:05")) == ("en", True), said
    await worker.look_over("desk-said-en")


async def test_hv_17_the_journal_has_what_the_desk_took_and_opens_one_whole(desk: AtDesk) -> None:
    worker = desk.worker
    for language in LANGUAGES:
        await worker.speak(language)
        await worker.go("journal")
        await worker.sees("document.querySelectorAll('tbody tr').length === 3")
        await worker.look_over(f"journal-{language}")
        await worker.type(worker.words["channel"], "phone")
        await worker.type(worker.words["day"], "2026-11-24")
        await worker.press(worker.words["show"])
        await worker.sees("document.querySelectorAll('tbody tr').length === 1")
        assert desk.counter.visitor.iin not in await worker.tab.run("document.body.innerText")
        await worker.press("HV-2026-", kind="tbody a")
        await worker.reads("Абай даңғылы")
        await worker.reads(worker.words["steps"])
        await worker.look_over(f"journal-entry-{language}")
        await worker.press(worker.words["back"], kind="main a")
        await worker.type(worker.words["first_day"], "2026-11-24")
        await worker.type(worker.words["last_day"], "2026-11-24")
        for kind in ("csv", "xlsx"):
            await worker.press(worker.words[f"export_{kind}"])
            await worker.sees(f"document.querySelector('#status').innerText.includes('journal-2026-11-24.{kind}')")


def desk_answer(counter: Counter, label: str) -> str:
    """Return what the caller answers to a question as it was read out to them."""
    code = next(code.value for code, words in QUESTION_WORDS.items() if label in {words.kk, words.ru, words.en})
    return str(counter.answers({"questions": [{"code": code}]})["answers"][code])
