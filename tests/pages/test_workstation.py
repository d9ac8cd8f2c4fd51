"""The workstation in a real browser over the whole system, each screen used as by an employee (HV-17, AP-17, AT-19).

``PICTURES`` names a folder for pictures of the screens.
"""

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric import ec

from shared.law.text import LANGUAGES, Language
from tests.clinic_system import jwk_of
from tests.pages.conftest import LookedAt
from tests.programs import AXE, CHROMIUM, needs
from tests.system.citizen import PASSWORD, Citizen
from tests.system.employee import Employee
from tests.system.officials import ClinicOfficial, called_for
from tests.system.people import request_for
from tests.system.system import System

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs(CHROMIUM, AXE)]


@dataclass(frozen=True)
class Clinic:
    """Dauren, who asks and is an administrator; the head of the clinic where officials confirm; an elderly person."""

    parent: Citizen
    administrator: Employee
    head: ClinicOfficial
    elderly: Citizen

    async def asked(self, service: str) -> dict[str, Any]:
        """Ask for something at the head's clinic, where nobody is attached."""
        wanted = request_for(service, self.parent.iin, provider_bin=self.head.clinic.bin)
        return await self.parent.signed(wanted)

    async def later(self, minutes: int) -> None:
        """Let time pass; whoever calls the end points by hand logs in anew, the page renews its session by itself."""
        self.parent.system.clock.at += timedelta(minutes=minutes)
        await self.parent.log_in()
        self.head.token = await Employee(self.head.person, self.head.clinic.bin).new_token()

    @property
    def of_head(self) -> dict[str, str]:
        return {"iin": self.head.person.iin, "password": PASSWORD, "organisation_bin": self.head.clinic.bin}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def clinic(system: System) -> Clinic:
    parent = await Citizen(system, "parent").enter()
    elderly = await Citizen(system, "elderly", address="192.0.2.20").enter()
    guardian = await Citizen(system, "guardian", address="192.0.2.11").enter()
    administrator = await Employee(parent).take_office()
    return Clinic(parent, administrator, await ClinicOfficial(guardian).take_office(), elderly)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_administrator_appoints_and_dismisses(
    worker: LookedAt, gateway_address: str, clinic: Clinic, language: Language
) -> None:
    await worker.open(gateway_address, language)
    await worker.look_over(f"log-in-{language}")
    await worker.log_in(clinic.administrator.credentials())
    await worker.go("employees")
    await worker.type(worker.words["iin"], clinic.elderly.iin)
    await worker.tab.run("document.querySelector('input[value=doctor]').click()")
    await worker.press(worker.words["appoint"])
    await worker.sees("document.querySelectorAll('tbody tr').length === 2")
    await worker.look_over(f"employees-{language}")
    await worker.press(worker.words["dismiss_whom"].partition("{")[0].strip())
    await worker.press(worker.words["dismiss_sure"].partition("{")[0].strip())
    await worker.sees("document.querySelectorAll('tbody tr').length === 1")
    await worker.press(worker.words["log_out"])
    await worker.reads(worker.words["logged_out"])
    # Nothing of what was shown is left, neither on the screen nor in what the browser keeps.
    assert await worker.tab.run("document.querySelector('table')") is None
    assert await worker.tab.run("localStorage.length + sessionStorage.length + document.cookie.length") == 0


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_administrator_admits_a_system_and_never_its_private_key(
    worker: LookedAt, gateway_address: str, clinic: Clinic, language: Language
) -> None:
    key = jwk_of(ec.generate_private_key(ec.SECP256R1()), f"key-{language}")
    await worker.open(gateway_address, language)
    await worker.log_in(clinic.administrator.credentials())
    await worker.go("systems")
    await worker.type(worker.words["system_name"], f"Дамумед {language}")
    await worker.tab.run("document.querySelector('input[type=checkbox]').click()")
    await worker.type(worker.words["public_key"], json.dumps(key | {"d": "AAAA"}))
    await worker.press(worker.words["admit"])
    await worker.reads(worker.words["private_key"])
    await worker.type(worker.words["public_key"], json.dumps(key))
    await worker.press(worker.words["admit"])
    await worker.reads(f"key-{language}")
    await worker.look_over(f"systems-{language}")
    await worker.press(worker.words["revoke_whom"].partition("{")[0].strip())
    await worker.sees(f"!document.querySelector('main').innerText.includes('key-{language}')")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_official_is_rung_for_confirms_with_a_signature_and_returns(
    worker: LookedAt, gateway_address: str, clinic: Clinic, language: Language
) -> None:
    await worker.open(gateway_address, language)
    await worker.log_in(clinic.of_head)
    await worker.go("choices")
    if language == LANGUAGES[0]:
        await worker.press(worker.words["choose_official"])
    await worker.reads(worker.words["by_official"])
    await worker.look_over(f"choices-{language}")
    first, second = await clinic.asked("home-visit"), await clinic.asked("home-visit")
    await clinic.later(minutes=24)
    await worker.go("proposals")
    await worker.reads(worker.words["rings"])
    await worker.look_over(f"proposals-{language}")
    await worker.tab.run(f"location.hash = '#/proposals/{first['id']}'")
    await worker.reads(worker.words["sign_ncalayer"])
    await worker.look_over(f"proposal-{language}")
    told = await clinic.head.call("GET", f"/v1/staff/proposals/{first['id']}/content?version=1")
    await worker.choose_file(base64.b64decode(clinic.head.cms_over(told.body)), "to-sign.cms")
    await worker.reads(worker.words["confirmed"])
    await worker.tab.run(f"location.hash = '#/proposals/{second['id']}'")
    await worker.type(worker.words["remark"], "Учаскесін тексеріңіз")
    await worker.press(worker.words["give_back"])
    await worker.reads(worker.words["returned"])
    answered = (await clinic.parent.call("GET", first["links"]["self"])).json
    assert answered["status"] == "refused"
    # Whoever logs in now is rung for at once: the second still waits, and its term is near.
    await worker.press(worker.words["log_out"])
    await worker.reads(worker.words["logged_out"])
    await worker.log_in(clinic.of_head)
    await worker.sees("document.querySelector('#bell a')")
    await worker.look_over(f"bell-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_official_answers_a_review_with_a_signature(
    worker: LookedAt, gateway_address: str, clinic: Clinic, language: Language
) -> None:
    refused = await clinic.asked("attachment")
    review = await called_for(clinic.parent, refused)
    await worker.open(gateway_address, language)
    await worker.log_in(clinic.of_head)
    await worker.go("reviews")
    await worker.tab.run(f"location.hash = '#/reviews/{review['id']}'")
    await worker.type(worker.words["answer_kk"], "Тіркелім бойынша сіз басқа емханаға тіркелгенсіз.")
    await worker.type(worker.words["answer_ru"], "По регистру вы прикреплены к другой поликлинике.")
    await worker.press(worker.words["draw_up"])
    await worker.reads(worker.words["sign_ncalayer"])
    await worker.look_over(f"review-{language}")
    told = await clinic.head.call("GET", f"/v1/staff/reviews/{review['id']}/content?version=1")
    await worker.choose_file(base64.b64decode(clinic.head.cms_over(told.body)), "to-sign.cms")
    await worker.reads(worker.words["answered"])
    assert (await clinic.parent.call("GET", review["links"]["self"])).json["status"] != "registered"
