"""The journal of a period as a file: CSV or XLSX, headed in the reader's language, written off the event loop."""

import asyncio
import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

import xlsxwriter
from starlette.responses import Response

from gateway.acting import Acting
from gateway.catalogue import passports
from gateway.clinic_journal import Line, Wanted, read_lines
from gateway.looks import Opened
from gateway.world import World
from shared.kit.problems import Unprocessable
from shared.law.hours import ALMATY
from shared.law.iin import mask
from shared.law.text import Language, Text

Format = Literal["csv", "xlsx"]
MOST_ROWS: Final = 20_000
LONGEST: Final = timedelta(days=366)
CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BINARY: Final = {"type": "string", "contentMediaType": "application/octet-stream"}
FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file",
        "content": {"text/csv": {"schema": {"type": "string"}}, XLSX_TYPE: {"schema": _BINARY}},
    }
}
HEADINGS: Final = (
    Text("Нөмірі", "Номер", "Number"),
    Text("Қызмет", "Услуга", "Service"),
    Text("Арна", "Канал", "Channel"),
    Text("Қызмет алушының ЖСН-і", "ИИН получателя", "IIN of the consumer"),
    Text("Аты-жөні", "ФИО", "Name"),
    Text("Тіркелген уақыты", "Зарегистрирован", "Registered"),
    Text("Мерзімі", "Срок", "Term"),
    Text("Күйі", "Состояние", "State"),
    Text("Нәтижесі", "Результат", "Outcome"),
    Text("Жауап берілген уақыт", "Дан ответ", "Answered"),
    Text("Мерзімінде", "В срок", "In term"),
)
_WORDS: Final = {
    "in_person": Text("Өзі келген", "Лично", "In person"),
    "phone": Text("Телефон", "Телефон", "Telephone"),
    "portal": Text("Портал", "Портал", "Portal"),
    "registered": Text("Қаралуда", "Рассматривается", "Being considered"),
    "answered": Text("Жауап берілді", "Дан ответ", "Answered"),
    "granted": Text("Орындалды", "Исполнено", "Granted"),
    "refused": Text("Бас тартылды", "Отказ", "Refused"),
    "yes": Text("иә", "да", "yes"),
    "no": Text("жоқ", "нет", "no"),
}
_SHEET: Final = Text("Журнал", "Журнал", "Journal")
# What a table program would reckon with instead of showing it (OWASP, CSV injection).
_RECKONED: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


async def export(world: World, who: Acting, days: tuple[date, date], kind: Format, language: Language) -> Response:
    """Return the file; that its people were shown is written down. Raises Unprocessable for more than MOST_ROWS."""
    first, last = days
    wanted = Wanted(first_day=first, last_day=last)
    lines = await read_lines(
        world.database, who.looker, wanted, most=MOST_ROWS + 1, at=world.now(), opened=Opened.EXPORT
    )
    if len(lines) > MOST_ROWS:
        raise Unprocessable(errors=[{"pointer": "/last_day", "code": "too-many-rows"}])
    write = as_csv if kind == "csv" else as_xlsx
    body = await asyncio.to_thread(write, lines, language)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="journal-{first}-{last}.{kind}"',
        "Content-Language": language,
        "X-Content-Type-Options": "nosniff",
    }
    return Response(body, headers=headers, media_type=CSV_TYPE if kind == "csv" else XLSX_TYPE)


def as_csv(lines: Iterable[Line], language: Language) -> bytes:
    """Return the lines as CSV (RFC 4180) in UTF-8 with a byte order mark, by which table programs know it."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow([heading.said_in(language) for heading in HEADINGS])
    table.writerows([[harmless(_text(cell)) for cell in _cells(line, language)] for line in lines])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(lines: Iterable[Line], language: Language) -> bytes:
    """Return the lines as a workbook with one sheet; times are dates to sort by, no text is a formula or a link."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_SHEET.said_in(language))
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet.write_row(0, 0, [heading.said_in(language) for heading in HEADINGS], bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(HEADINGS) - 1, 20)
        for row, line in enumerate(lines, start=1):
            for column, cell in enumerate(_cells(line, language)):
                if isinstance(cell, datetime):
                    sheet.write_datetime(row, column, cell.replace(tzinfo=None), moment)
                else:
                    sheet.write_string(row, column, cell)
    return out.getvalue()


def harmless(text: str) -> str:
    """Return the text so that no table program reckons with it."""
    return f"'{text}" if text.startswith(_RECKONED) else text


def _cells(line: Line, language: Language) -> Sequence[str | datetime]:
    def said(word: str | None) -> str:
        return _WORDS[word].said_in(language) if word else ""

    name = line.name_kk if language == "kk" else line.name_ru
    in_term = None if line.answered_at is None else "yes" if line.answered_at <= line.answer_by else "no"
    return (
        line.number,
        str(passports()[line.service]["name"][language]),
        said(line.channel),
        mask(line.subject_iin),
        name or line.name_kk or "",
        line.registered_at.astimezone(ALMATY),
        line.answer_by.astimezone(ALMATY),
        said(line.state),
        said(line.outcome),
        line.answered_at.astimezone(ALMATY) if line.answered_at else "",
        said(in_term),
    )


def _text(cell: str | datetime) -> str:
    return cell.strftime("%d.%m.%Y %H:%M") if isinstance(cell, datetime) else cell
