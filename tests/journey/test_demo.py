"""The scripted walk against the real stack: processes 0 to 8 (HV-16, AT-18), granted, and refused on every ground."""

import json
import subprocess
import sys

import pytest

from appointment_svc.regulation import GROUNDS as OF_APPOINTMENT
from attachment_svc.regulation import GROUNDS as OF_ATTACHMENT
from home_visit_svc.regulation import GROUNDS as OF_HOME_VISIT
from stack import demo
from stack.layout import PROJECT
from tests.journey.conftest import RealStack

OF_SERVICES = {"home-visit": OF_HOME_VISIT, "attachment": OF_ATTACHMENT, "appointment": OF_APPOINTMENT}
GROUNDS = {(service, ground.code) for service, grounds in OF_SERVICES.items() for ground in grounds}


@pytest.fixture(scope="module")
def walked(real_stack: RealStack) -> subprocess.CompletedProcess[str]:
    """The demonstration, walked once."""
    command = [sys.executable, "-m", "stack", "demo", "--data", str(real_stack.layout.root)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120, check=False)


def test_hv_16_the_demonstration_walks_every_step_and_every_ground(
    walked: subprocess.CompletedProcess[str],
) -> None:
    assert walked.returncode == 0, walked.stdout + walked.stderr
    for service, code in GROUNDS:
        assert f"{service} refused: {code}" in walked.stdout
    for step in (1, 2, 3, 4, 5, 6, 7, 8):
        assert f"step {step} " in walked.stdout
    assert "NOT MET" not in walked.stdout


def test_the_demonstration_knows_every_ground_of_the_closed_list() -> None:
    assert demo.GROUNDS == GROUNDS


@pytest.mark.usefixtures("walked")
def test_no_iin_no_password_and_no_form_is_in_any_log(real_stack: RealStack) -> None:
    texts = {log.stem: log.read_text(encoding="utf-8") for log in real_stack.layout.logs.glob("*.log")}
    assert all(texts[name] for name in ("gateway", "home_visit", "attachment", "person_registry", "nca"))
    for name, text in texts.items():
        for personal in ("870412490011", "Сейітова", "тау-бұлақ", "+77012345678", "Дене қызуы", "Bearer "):
            assert personal not in text, (name, personal)


@pytest.mark.usefixtures("walked")
def test_every_log_line_of_a_service_is_one_json_event_with_a_trace_that_follows_the_request(
    real_stack: RealStack,
) -> None:
    traces: dict[str, set[str]] = {}
    for name in ("gateway", "home_visit", "attachment", "person_registry"):
        lines = (real_stack.layout.logs / f"{name}.log").read_text(encoding="utf-8").splitlines()
        events = [json.loads(line) for line in lines]
        assert all({"time", "level", "event", "process"} <= event.keys() for event in events)
        traces[name] = {event["trace_id"] for event in events if event.get("trace_id")}
    assert traces["gateway"] & traces["home_visit"] & traces["attachment"] & traces["person_registry"]
