"""A verdict as a plain report for a person, in one of three languages."""

import base64
from collections.abc import Iterator, Mapping
from datetime import MAXYEAR, datetime
from typing import Any, Final

from shared.eds import gost_keys
from shared.eds.certificate import Certificate
from shared.eds.trust import is_test
from shared.eds.verdict import Role, Verdict
from shared.law.hours import ALMATY
from shared.law.text import Language, Text

ROLES: Final[Mapping[Role, Text]] = {
    Role.INDIVIDUAL: Text("жеке тұлға", "физическое лицо", "an individual"),
    Role.LEGAL_ENTITY: Text("заңды тұлға", "юридическое лицо", "a legal entity"),
    Role.HEAD: Text("бірінші басшы", "первый руководитель", "the head of an organisation"),
    Role.RIGHT_TO_SIGN: Text("қол қою құқығы бар тұлға", "лицо с правом подписи", "a person with the right to sign"),
    Role.FINANCE: Text(
        "қаржы құжаттарына қол қоюшы", "подписант финансовых документов", "a signer of financial documents"
    ),
    Role.HUMAN_RESOURCES: Text("кадр қызметкері", "сотрудник отдела кадров", "a human resources officer"),
    Role.EMPLOYEE: Text("ұйым қызметкері", "сотрудник организации", "an employee of an organisation"),
    Role.INFORMATION_SYSTEM: Text("ақпараттық жүйе", "информационная система", "an information system"),
}
LABELS: Final[Mapping[str, Text]] = {
    "verdict": Text("Қорытынды", "Вывод", "Verdict"),
    "code": Text("Коды", "Код", "Code"),
    "signer": Text("Қол қоюшы", "Подписал", "Signer"),
    "iin": Text("ЖСН", "ИИН", "IIN"),
    "bin": Text("БСН", "БИН", "BIN"),
    "certificate": Text("Тіркеу куәлігі", "Сертификат", "Certificate"),
    "valid": Text("Жарамды", "Действует", "Valid"),
    "key": Text("Кілт", "Ключ", "Key"),
    "authority": Text("Куәландырушы орталық", "Удостоверяющий центр", "Authority"),
    "signed": Text("Қол қойылған", "Подписано", "Signed"),
    "stamped": Text("Уақыт белгісі", "Метка времени", "Time stamp"),
    "checked": Text("Тексерілген уақыт", "Проверено на", "Checked as of"),
    "since": Text("Кері қайтарылған", "Отозван с", "Revoked since"),
    "revocation": Text("Кері қайтару", "Отзыв", "Revocation"),
    "list": Text(
        "№ {number} тізім, {since} бастап {until} дейін",
        "список № {number} с {since} по {until}",
        "list no. {number}, {since} to {until}",
    ),
    "ocsp": Text("OCSP жауабы, {at}", "ответ OCSP от {at}", "OCSP answer of {at}"),
    "missing": Text(
        "Жазбада {digest} тізімі жоқ немесе ол жарамсыз.",
        "В записи нет списка {digest}, или он недействителен.",
        "The record lacks the list {digest}, or it does not hold.",
    ),
    "own": Text(
        "Орталық жазбаның өзінен алынды, сенімді дереккөзбен салыстырыңыз, SHA-256: {digest}",
        "Центр взят из самой записи, сверьте с надёжным источником, SHA-256: {digest}",
        "The authority is the record's own, compare it with a source that you trust, SHA-256: {digest}",
    ),
    "two": Text(
        "Жазбада {told} делінген, ал қазіргі тексеру {found} дейді.",
        "В записи сказано {told}, а эта проверка говорит {found}.",
        "The record tells {told}, this verification {found}.",
    ),
    "verifier": Text(
        "Жазбаны басқа тексеруші жасаған ({verifier}).",
        "Запись сделана другим проверяющим ({verifier}).",
        "The record was made by another verifier ({verifier}).",
    ),
    "test": Text(
        "СЫНАҚ орталығы: бұл қолтаңба ешкімнің еркін растамайды",
        "ТЕСТОВЫЙ центр: такая подпись ничьей воли не подтверждает",
        "a TEST authority: such a signature proves nobody's will",
    ),
}
_WIDEST: Final = 22


def report(verdict: Verdict, language: Language) -> str:
    """Return the report in lines; times are Almaty's."""
    lines = [f"{_label(name, language)}{text}" for name, text in _lines(verdict, language)]
    return "\n".join(lines) + "\n"


def remark(name: str, language: Language, **values: object) -> str:
    """Return one more line beside a report, by its name in ``LABELS``."""
    return LABELS[name].filled(**values).said_in(language)


def _lines(verdict: Verdict, language: Language) -> Iterator[tuple[str, str]]:
    yield "verdict", verdict.words.said_in(language)
    yield "code", f"{verdict.status} / {verdict.code}"
    signer = verdict.signer
    if signer is not None:
        yield "signer", f"{signer.name}, {ROLES[signer.role].said_in(language)}"
        if signer.iin:
            yield "iin", signer.iin
        if signer.bin:
            yield "bin", signer.bin
    evidence = verdict.evidence
    if "chain" in evidence:
        yield from _certificates([Certificate.read(base64.b64decode(one)) for one in evidence["chain"]], language)
    if "signed_at" in evidence:
        yield "signed", _time(evidence["signed_at"])
    if "time_stamp" in evidence:
        yield "stamped", f"{_time(evidence['time_stamp']['at'])} ({evidence['time_stamp']['policy']})"
    if "revoked_since" in evidence:
        yield "since", _time(evidence["revoked_since"])
    yield "checked", _time(evidence["at"])
    yield from _revocation(evidence.get("revocation", {}), language)


def _certificates(chain: list[Certificate], language: Language) -> Iterator[tuple[str, str]]:
    leaf, issuing = chain[0], chain[1]
    yield "certificate", f"{leaf.serial:x}"
    yield "valid", f"{_time(leaf.not_before.isoformat())} – {_time(leaf.not_after.isoformat())}"
    yield "key", _key(leaf)
    yield "authority", next((text for oid, text in issuing.attributes if oid == "2.5.4.3"), "")
    if is_test(issuing):
        yield "authority", LABELS["test"].said_in(language)


def _revocation(said: Mapping[str, Any], language: Language) -> Iterator[tuple[str, str]]:
    for name in ("crl", "delta_crl"):
        if name in said:
            times = {"since": _time(said[name]["this_update"]), "until": _time(said[name]["next_update"])}
            yield "revocation", LABELS["list"].filled(number=said[name]["number"], **times).said_in(language)
    if "ocsp" in said:
        yield "revocation", LABELS["ocsp"].filled(at=_time(said["ocsp"]["produced_at"])).said_in(language)


def _key(certificate: Certificate) -> str:
    if certificate.rsa_bits is not None:
        return f"RSA-{certificate.rsa_bits}"
    kind = gost_keys.KINDS.get(certificate.key_algorithm.oid)
    return f"ГОСТ 34.10-2015, {8 * kind.curve.size}" if kind else certificate.key_algorithm.oid


def _label(name: str, language: Language) -> str:
    return f"{LABELS[name].said_in(language)}:".ljust(_WIDEST)


def _time(text: str) -> str:
    at = datetime.fromisoformat(text)
    # The last year of the calendar has no later hour to go to; it is written where there is no end.
    return f"{at if at.year == MAXYEAR else at.astimezone(ALMATY):%Y-%m-%d %H:%M:%S}"
