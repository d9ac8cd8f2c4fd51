"""The ``type`` of a problem leads somewhere: to its meaning and its remedy, for programs and for people."""

import pytest

from gateway.problem_guide import GUIDES, guides
from shared.kit.problems import Problem
from shared.law.text import LANGUAGES, Language
from tests.contract.test_problems import problems
from tests.gateway.portal import Portal
from tests.openapi import document

SLUGS = sorted({slug for one in document("gateway").operations for slug in one.slugs()})


@pytest.mark.parametrize("slug", SLUGS)
async def test_every_type_that_the_gateway_can_answer_with_leads_to_its_guide(portal: Portal, slug: str) -> None:
    answer = await portal.call("GET", f"/problems/{slug}")
    told = answer.json()
    assert (answer.status_code, told["type"]) == (200, f"/problems/{slug}")
    for part in ("title", "means", "remedy"):
        assert len(set(told[part].values())) == 3, part


def test_the_guide_follows_the_tree() -> None:
    gateways = {kind for kind in problems() if kind.__module__.startswith(("gateway.", "shared.kit.problems"))}
    told = {kind.slug: kind for kind in gateways if "slug" in vars(kind)}
    assert told.keys() <= guides().keys()
    assert all(guides()[slug].status == kind.status for slug, kind in told.items())
    assert all(guides()[slug].title == kind.title for slug, kind in told.items())
    assert guides()[Problem.slug].status == 500
    assert {kind.status for kind in problems()} <= GUIDES.keys()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_browser_gets_a_page_in_the_persons_language(portal: Portal, language: Language) -> None:
    guide = guides()["signature-not-confirmed"]
    wanted = {"Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "Accept-Language": language}
    answer = await portal.call("GET", f"/problems/{guide.slug}", headers=wanted)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{language}">' in answer.text
    assert guide.title.said_in(language) in answer.text
    assert guide.remedy.said_in(language) in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize("slug", ["nothing-of-ours", "x" * 61, "Not-Found", "..%2fetc", "not-found-"])
async def test_another_type_is_not_found(portal: Portal, slug: str) -> None:
    answer = await portal.call("GET", f"/problems/{slug}")
    assert answer.status_code in {404, 422}
    assert answer.json()["type"] in {"/problems/not-found", "/problems/unprocessable"}


@pytest.mark.parametrize(
    "path", ["/healthz", "/metrics", "/v1/services", "/v1/me", "/nowhere", "/docs", "/openapi.json"]
)
async def test_no_browser_guesses_what_an_answer_is(portal: Portal, path: str) -> None:
    answer = await portal.call("GET", path)
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
