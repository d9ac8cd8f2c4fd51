"""What the check of a file comes to: one line for each thing that must hold, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from shared.documents.sealed import Sealed
from shared.eds.jws import SealNotValid
from shared.eds.verdict import Objection
from shared.law.text import Text

ITEMS: Final[Mapping[str, Text]] = {
    "whole": Text(
        "Мөр бүкіл файлды қамтиды, кейін ештеңе қосылмаған",
        "Печать охватывает весь файл, после неё ничего не добавлено",
        "The seal covers the whole file; nothing was added after it",
    ),
    "paper": Text(
        "PDF файлы мөр басылғаннан кейін өзгертілмеген",
        "Файл PDF не изменён после заверения",
        "The PDF file is unchanged since it was sealed",
    ),
    "paper_authority": Text(
        "PDF мөрінің сертификатын сенімді куәландырушы орталық берген",
        "Сертификат печати PDF выдан доверенным удостоверяющим центром",
        "The PDF seal's certificate was issued by a trusted authority",
    ),
    "time_stamp": Text(
        "PDF мөрінің уақыт белгісі жарамды",
        "Метка времени печати PDF действительна",
        "The time stamp of the PDF's seal holds",
    ),
    "one_sealer": Text(
        "PDF файлын да, тіркелген түпнұсқаны да бір ұйым растаған",
        "Файл PDF и вложенный подлинник заверены одной организацией",
        "One organisation sealed both the PDF and the original attached to it",
    ),
    "shape": Text(
        "Файл — осы қызметтің құжаты",
        "Файл является документом этой службы",
        "The file is a document of this service",
    ),
    "seal": Text(
        "Құжат мазмұны мөр басылғаннан кейін өзгертілмеген",
        "Содержание документа не изменено после заверения",
        "What the document says is unchanged since it was sealed",
    ),
    "authority": Text(
        "Мөр сертификатын сенімді куәландырушы орталық берген",
        "Сертификат печати выдан доверенным удостоверяющим центром",
        "The seal's certificate was issued by a trusted authority",
    ),
    "issuer": Text(
        "Мөр құжатта аталған қызмет берушіге тиесілі",
        "Печать принадлежит поставщику услуги, названному в документе",
        "The seal belongs to the provider that the document names",
    ),
    "in_force": Text(
        "Сертификат құжат берілген уақытта қолданыста болған",
        "Сертификат действовал в момент выдачи документа",
        "The certificate was in force when the document was issued",
    ),
    "not_revoked": Text("Сертификат қайтарып алынбаған", "Сертификат не отозван", "The certificate is not revoked"),
    "standing": Text(
        "Құжат күшінде: мәртебелер тізімінде жойылған не ауыстырылған деп аталмаған",
        "Документ в силе: в списке статусов он не назван отменённым или заменённым",
        "The document stands: the status list does not name it cancelled or replaced",
    ),
}
"""Each in the words of what holds."""

WHY: Final[Mapping[str, Text]] = {
    "malformed": Text("файл бүлінген", "файл повреждён", "the file is damaged"),
    "content_differs": Text("файл өзгертілген", "файл изменён", "the file was changed"),
    "signature_wrong": Text(
        "мазмұн мен мөр сәйкес емес", "содержание не соответствует печати", "the content and the seal do not match"
    ),
    "certificate_reference_differs": Text(
        "мөр басқа сертификатты атайды", "печать называет другой сертификат", "the seal names another certificate"
    ),
    "no_pdf": Text("файл PDF емес", "это не файл PDF", "it is no PDF file"),
    "too_large": Text("файл тым үлкен", "файл слишком велик", "the file is too large"),
    "no_seal": Text("PDF файлында мөр жоқ", "в файле PDF нет печати", "the PDF carries no seal"),
    "several_seals": Text(
        "PDF файлында бірнеше мөр бар", "в файле PDF несколько печатей", "the PDF carries several seals"
    ),
    "seal_malformed": Text("PDF мөрі бүлінген", "печать PDF повреждена", "the PDF's seal is damaged"),
    "no_original": Text(
        "PDF файлына түпнұсқа тіркелмеген", "в PDF не вложен подлинник", "no original is attached to the PDF"
    ),
    "added_after_seal": Text(
        "мөрден кейін файлға деректер қосылған",
        "после заверения в файл добавлены данные",
        "data were added to the file after it was sealed",
    ),
    "bin_differs_inside": Text(
        "мөрлер әртүрлі ұйымдікі", "печати разных организаций", "the seals are of different organisations"
    ),
    "typ_differs": Text("бұл басқа түрдегі құжат", "это документ другого вида", "it is another kind of document"),
    "dated_ahead": Text(
        "берілген уақыты әлі келген жоқ", "время выдачи ещё не наступило", "the time of issue is still to come"
    ),
    "lists_not_given": Text(
        "қайтарып алынған сертификаттар тізімі берілмеген: тексерілмеді",
        "список отозванных сертификатов не дан: не проверено",
        "no revocation list was given: not checked",
    ),
    "cancelled": Text("құжат жойылған", "документ отменён", "the document is cancelled"),
    "replaced": Text("құжат ауыстырылған", "документ заменён другим", "the document is replaced by another"),
    "withdrawn": Text("құжат қайтарып алынған", "документ отозван", "the document is withdrawn"),
    "list_not_valid": Text(
        "мәртебелер тізімі жарамсыз", "список статусов недействителен", "the status list does not hold"
    ),
    "list_of_another": Text(
        "мәртебелер тізімі басқа ұйымдікі",
        "список статусов другой организации",
        "the status list is another provider's",
    ),
    "list_too_old": Text(
        "мәртебелер тізімі ескірген: тексерілмеді",
        "список статусов устарел: не проверено",
        "the status list is too old: not checked",
    ),
    "no_stamp": Text(
        "уақыт белгісі жоқ: мұндай белгі міндетті емес",
        "метки времени нет: она не обязательна",
        "there is no time stamp: none is required",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that must hold: ``holds`` None where it was not looked at; then, or where it does not, ``why``."""

    item: str
    holds: bool | None
    code: str | None = None
    why: Text | None = None

    @classmethod
    def of(cls, item: str, fault: Objection | SealNotValid | str | None, *, holds: bool | None = False) -> Self:
        """Return the finding of a check: None as the fault where it holds."""
        if fault is None:
            return cls(item, holds=True)
        code = fault if isinstance(fault, str) else fault.code
        if code not in WHY and isinstance(fault, Objection):
            return cls(item, holds, code, fault.words)
        return cls(item, holds, code, WHY.get(code))

    @property
    def words(self) -> Text:
        """Return what must hold."""
        return ITEMS[self.item]


@dataclass(frozen=True, slots=True)
class Report:
    """What a file is and whether it holds; ``sealed`` is the document that it carries, where it can be read.

    ``stamped_at`` is the time that a time stamp tells (aware). ``is_test``: the authorities are test ones.
    """

    kind: str
    findings: tuple[Finding, ...]
    at: datetime
    sealed: Sealed | None = None
    stamped_at: datetime | None = None
    is_test: bool = False

    @property
    def holds(self) -> bool:
        """Say whether nothing stands against the file: what was not looked at does not."""
        return bool(self.findings) and all(finding.holds is not False for finding in self.findings)
