"""The PDF that a citizen keeps: one sheet, readable by eye, by ear and in thirty years."""

import asyncio
import io
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from shared.documents.paper import paper_of
from shared.documents.sealed import Sealed, code_of, plain_code
from shared.law.text import Language
from tests.documents.conftest import ADDRESS, LONGEST, PERSON, Desk
from tests.programs import PDFSIG, needs

ALL: tuple[Language, ...] = ("kk", "ru", "en")
KAZAKH = "әғқңөұүһі"


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """Return the page's words; a hyphen at a line's end belongs to the line, not to the word."""
    page = read(pdf).pages[0].extract_text().replace("\u00a0", " ")
    return re.sub(r"\s+", " ", re.sub(r"[-\u2010]\n", "", page))


def root_of(pdf: bytes) -> Any:
    return read(pdf).trailer["/Root"]


@pytest.mark.parametrize("languages", [("kk", "ru"), ALL])
def test_the_longest_names_and_every_ground_stand_on_one_sheet(desk: Desk, languages: tuple[Language, ...]) -> None:
    for jws in (desk.certificate(), desk.refusal()):
        pages = read(paper_of(jws, ADDRESS, languages)).pages
        assert len(pages) == 1
        assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (595, 842)


def test_hv_8_2_the_sheet_says_who_what_when_where_by_which_clause_and_who_sealed_it(desk: Desk) -> None:
    jws = desk.certificate()
    said = text_of(paper_of(jws, ADDRESS))
    for part in (
        LONGEST.name,
        "HV-2026-0000123",
        "Анықтама / Справка",
        PERSON.iin,
        "Абдрахманкызыжумагалиеваултуганова",
        "24 қараша, 10:00",
        "24 ноября 2026",
        "14:00–16:00",
        "участковый педиатр",
        "Әл-Фараби даңғылы, 12а, 45",
        "Пункты 8.2, 9, 14 Регламента",
        "№ 3/561",
        f"БИН {LONGEST.bin}",
        f"{ADDRESS}q3mJ8sV2yTfK0wZrXcB5nA",
        code_of(jws),
    ):
        assert part in said, part


def test_kazakh_stands_first_russian_beside_it_and_english_on_request(desk: Desk) -> None:
    jws = desk.refusal()
    two, three = text_of(paper_of(jws, ADDRESS)), text_of(paper_of(jws, ADDRESS, ALL))
    kazakh, russian, english = "Бас тарту туралы", "Мотивированный ответ", "Reasoned refusal"
    assert two.index(kazakh) < two.index(russian)
    assert english not in two
    assert three.index(kazakh) < three.index(russian) < three.index(english)


def test_every_kazakh_letter_can_be_searched_and_copied(desk: Desk) -> None:
    letters = f"{KAZAKH} {KAZAKH.upper()}"
    said = text_of(paper_of(desk.certificate(text={"kk": letters, "ru": "а", "en": "a"}), ADDRESS))
    assert letters in said


def test_it_says_of_itself_that_it_is_pdf_a_3a_and_pdf_ua_and_its_fonts_are_inside(desk: Desk) -> None:
    pdf = paper_of(desk.certificate(), ADDRESS)
    root = root_of(pdf)
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part(>|=\")3", metadata)
    assert re.search(r"pdfaid:conformance(>|=\")A", metadata)
    assert re.search(r"pdfuaid:part(>|=\")1", metadata)
    fonts = _of(_of(read(pdf).pages[0]["/Resources"])["/Font"]).values()
    held = [font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert held
    assert all("/FontFile2" in one.get_object() for one in held)


def test_a_screen_reader_is_told_headings_languages_and_what_the_qr_code_is(desk: Desk) -> None:
    pdf = paper_of(desk.refusal(), ADDRESS)
    root = root_of(pdf)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "kk"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    told: list[Any] = []
    _walk(root["/StructTreeRoot"]["/K"], told)
    roles = {str(one["/S"]) for one in told if "/S" in one}
    assert {"/H1", "/H2", "/P", "/Figure", "/Link"} <= roles
    assert {str(one["/Lang"]) for one in told if "/Lang" in one} >= {"ru"}
    (figure,) = (one for one in told if one.get("/S") == "/Figure")
    assert "QR-код" in figure["/Alt"]


def _of(thing: Any) -> Any:
    return thing.get_object()


def _walk(node: Any, told: list[Any]) -> None:
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            _walk(one, told)
    elif hasattr(node, "get"):
        told.append(node)
        if "/K" in node:
            _walk(node["/K"], told)


def test_the_sealed_original_is_inside(desk: Desk) -> None:
    jws = desk.certificate()
    attached = read(paper_of(jws, ADDRESS)).attachments
    assert {name: data[0].decode() for name, data in attached.items()} == {"HV-2026-0000123.jws": jws}


def test_the_same_document_gives_the_same_bytes(desk: Desk) -> None:
    jws = desk.certificate()
    assert paper_of(jws, ADDRESS) == paper_of(jws, ADDRESS)


def test_dp_14_the_duplicates_stamp_stands_in_the_upper_right_corner(desk: Desk) -> None:
    words = "Түпнұсқаның орнына берілген № 17 телнұсқа"
    jws = desk.certificate(stamp={"kk": words, "ru": words, "en": words})
    pdf = paper_of(jws, ADDRESS)
    assert text_of(pdf).count(words) == 1
    places: list[tuple[float, float]] = []

    def note(text: str, sheet: list[float], line: list[float], *_: Any) -> None:
        if "Түпнұсқаның" in text:
            across = line[4] * sheet[0] + line[5] * sheet[2] + sheet[4]
            places.append((across, line[4] * sheet[1] + line[5] * sheet[3] + sheet[5]))

    read(pdf).pages[0].extract_text(visitor_text=note)
    assert places
    assert all(across > 595 / 2 and up > 842 * 0.85 for across, up in places)


def test_what_a_service_brings_of_its_own_stands_in_rows_too(desk: Desk) -> None:
    own = [{"name": {"kk": "Мамандығы", "ru": "Специальность", "en": "Speciality"}, "value": "0302000"}]
    title = {"kk": "Диплом телнұсқасы", "ru": "Дубликат диплома", "en": "Duplicate of a diploma"}
    said = text_of(paper_of(desk.certificate(facts=own, title=title), ADDRESS))
    assert "Мамандығы / Специальность" in said
    assert "Диплом телнұсқасы / Дубликат диплома" in said


def test_the_code_on_the_paper_follows_from_the_seal_and_forgives_how_it_is_typed(desk: Desk) -> None:
    jws, other = desk.certificate(), desk.certificate(number="HV-2026-0000124")
    code = Sealed.read(jws).code
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code)
    assert code != code_of(other)
    assert plain_code(f" {code.lower().replace('-', '')} ") == code
    assert plain_code("oil1-oil1") == "0111-0111"


@needs(PDFSIG)
def test_pdfsig_says_that_the_seal_is_valid(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "certificate.pdf"
    file.write_bytes(asyncio.run(desk.pdf(desk.certificate())))
    told = subprocess.run([str(PDFSIG.path), str(file)], capture_output=True, check=False).stdout
    said = told.decode(errors="replace")  # It cuts long names in the middle of a letter.
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
