"""What is said of a draft before it is signed: its term, what is owed, what will be asked for (DP-11, DP-13)."""

from typing import Final

from diploma_svc import journal
from diploma_svc.cases import Graduation
from diploma_svc.deadlines import takes_at_desk
from diploma_svc.kept import debts_of, price_of
from diploma_svc.refusals import AskedAlready
from diploma_svc.schemas import DraftBody
from diploma_svc.terms import DeskClosed
from diploma_svc.wording import COUNTED, NEEDED, OWES, PRICE
from diploma_svc.world import World
from shared.forms.diploma import DiplomaForm
from shared.kit.casework.draft_schemas import DraftAnswer, NoticeBody, TextBody
from shared.kit.database import Connection
from shared.kit.problems import Unprocessable
from shared.law.text import Text

NOTHING: Final = Text("", "", "")


async def say_of_draft(world: World, draft: DraftBody) -> DraftAnswer:
    """Return the notices of a draft; nothing is refused here.

    Raises:
        Unprocessable: It is for somebody else: the graduate asks, others only receive it for them (DP-5).
        AskedAlready: The document is asked for or issued already.
        DeskClosed: It is made at the desk, outside its hours (DP-9).
    """
    form, subject = draft.form, draft.subject_iin
    if draft.channel == "in_person" and not takes_at_desk(world.now(), world.calendar):
        raise DeskClosed
    if draft.applicant_iin != subject:
        raise Unprocessable(errors=[{"pointer": "/subject_iin", "code": "not-for-another"}])
    notices = [_notice("term", COUNTED)]
    async with world.database.connection() as c:
        asked = (form.kind, form.decision_number)
        found = await journal.find_graduation(c, subject, asked, duplicate=form.duplicate)
        if found is not None:
            await _check_new(c, found, form)
            notices += await _about(c, world, found[0], form)
    return DraftAnswer(intake=None, notices=notices)


async def _check_new(c: Connection, found: tuple[Graduation, bool], form: DiplomaForm) -> None:
    graduation, has_document = found
    if (has_document and not form.duplicate) or await journal.asked_already(c, graduation.graduate_id):
        raise AskedAlready


async def _about(c: Connection, world: World, graduation: Graduation, form: DiplomaForm) -> list[NoticeBody]:
    notices = []
    debts = await debts_of(c, graduation.person_id)
    if debts:
        told = "; ".join(f"{debt.about} ({debt.owed_to})" for debt in debts)
        notices.append(_notice("debts", OWES.filled(debts=told)))
    if form.duplicate:
        price = await price_of(c, graduation.kind, world.today())
        told_price = PRICE.filled(price=price) if price else NOTHING
        notices.append(_notice("papers", NEEDED.filled(price=told_price)))
    return notices


def _notice(code: str, text: Text) -> NoticeBody:
    return NoticeBody(code=code, text=TextBody.of(text))
