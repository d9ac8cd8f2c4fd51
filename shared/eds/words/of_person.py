"""What is said of whoever signed: trust, revocation, whose number stands in the certificate. Data only."""

from collections.abc import Mapping
from typing import Final

from shared.law.text import Text

WORDS: Final[Mapping[str, Text]] = {
    # Step 2: who.
    "untrusted_authority": Text(
        "Тіркеу куәлігін біз сенетін куәландырушы орталық бермеген.",
        "Сертификат выдан не тем удостоверяющим центром, которому мы доверяем.",
        "The certificate was not issued by a certification authority that we trust.",
    ),
    "authority_rotated": Text(
        "Тіркеу куәлігін берген куәландырушы орталықтың өз тіркеу куәлігі қазір күшінде емес. Жаңа кілт алыңыз.",
        "Сертификат самого удостоверяющего центра, выдавшего ключ, сейчас не действует. Получите новый ключ.",
        "The certificate of the authority that issued the key is not in force now. Obtain a new key.",
    ),
    "not_yet_valid": Text(
        "Тіркеу куәлігі әлі күшіне енген жоқ. Жарамдылық мерзімінің басталуы: {since} (Алматы уақыты).",
        "Сертификат ещё не вступил в силу: он действует с {since} (время Алматы).",
        "The certificate is not yet valid: it is valid from {since} (Almaty time).",
    ),
    "expired": Text(
        "Тіркеу куәлігі жарамсыз. Мерзімі өткен: {until} (Алматы уақыты). Кілтті жаңартыңыз.",
        "Срок действия сертификата истёк {until} (время Алматы). Обновите ключ.",
        "The certificate expired on {until} (Almaty time). Renew the key.",
    ),
    "not_for_signing": Text(
        "Бұл – аутентификация кілті (AUTH). Қол қою кілтін таңдаңыз.",
        "Это ключ аутентификации (AUTH). Выберите ключ для подписи.",
        "This is an authentication key (AUTH). Choose the signing key.",
    ),
    "purpose_not_signing": Text(
        "Тіркеу куәлігі құжаттарға қол қоюға арналмаған.",
        "Сертификат не предназначен для подписания документов.",
        "The certificate is not meant for signing documents.",
    ),
    "policy_not_allowed": Text(
        "Тіркеу куәлігінің саясаты қол қоюға рұқсат бермейді.",
        "Политика сертификата не допускает подписание.",
        "The certificate's policy does not allow signing.",
    ),
    "not_an_individual": Text(
        "Ұйымның кілтімен қол қойылған. Жеке тұлғаның кілтімен қол қойыңыз.",
        "Подписано ключом организации. Подпишите ключом физического лица.",
        "Signed with an organisation's key. Sign with an individual's key.",
    ),
    "not_an_official": Text(
        "Жеке тұлғаның кілтімен қол қойылған. Ұйым қызметкерінің кілтімен қол қойыңыз.",
        "Подписано ключом физического лица. Подпишите ключом сотрудника организации.",
        "Signed with an individual's key. Sign with the key of an organisation's official.",
    ),
    "not_an_organisation": Text(
        "Құжатқа ұйымның өз кілтімен емес, адамның кілтімен қол қойылған.",
        "Документ подписан ключом человека, а не самой организации.",
        "The document is sealed with a person's key, not the organisation's own.",
    ),
    "role_not_allowed": Text(
        "Тіркеу куәлігіндегі өкілеттік қол қоюға жеткіліксіз: бірінші басшы немесе қол қою құқығы қажет.",
        "Полномочий в сертификате недостаточно: нужен первый руководитель или право подписи.",
        "The authority in the certificate does not suffice: the head or the right to sign is needed.",
    ),
    # Step 3: revocation.
    "revoked": Text("Тіркеу куәлігі кері қайтарылған.", "Сертификат отозван.", "The certificate is revoked."),
    "on_hold": Text(
        "Тіркеу куәлігі уақытша тоқтатылған.",
        "Действие сертификата приостановлено.",
        "The certificate is on hold.",
    ),
    "revocation_unknown": Text(
        "Тіркеу куәлігінің кері қайтарылмағанын қазір тексеру мүмкін емес. Сәл кейінірек қайталап көріңіз.",
        "Сейчас нельзя проверить, не отозван ли сертификат. Повторите немного позже.",
        "Whether the certificate is revoked cannot be checked now. Try again a little later.",
    ),
    "revocation_forgotten": Text(
        "Тіркеу куәлігінің мерзімі өткен, қазіргі тізімдерде ол аталмайды. Сол уақытта сақталған тізіммен тексеріңіз.",
        "Срок сертификата истёк, и нынешние списки его не называют. Проверьте по списку, сохранённому с того времени.",
        "The certificate has expired, and lists of now no longer name it. Verify with a list kept from that time.",
    ),
    # Step 5: match.
    "no_iin": Text("Тіркеу куәлігінде ЖСН жоқ.", "В сертификате нет ИИН.", "There is no IIN in the certificate."),
    "several_iins": Text(
        "Тіркеу куәлігінде бірнеше ЖСН бар.",
        "В сертификате несколько ИИН.",
        "There are several IINs in the certificate.",
    ),
    "iin_differs": Text(
        "Тіркеу куәлігіндегі ЖСН ({certificate}) сұраныстағы ЖСН-мен ({request}) сәйкес келмейді.",
        "ИИН в сертификате ({certificate}) не совпадает с ИИН в запросе ({request}).",
        "The IIN in the certificate ({certificate}) is not the IIN in the request ({request}).",
    ),
    "no_bin": Text("Тіркеу куәлігінде БСН жоқ.", "В сертификате нет БИН.", "There is no BIN in the certificate."),
    "several_bins": Text(
        "Тіркеу куәлігінде бірнеше БСН бар.",
        "В сертификате несколько БИН.",
        "There are several BINs in the certificate.",
    ),
    "bin_differs": Text(
        "Тіркеу куәлігіндегі БСН ({certificate}) ұйымның БСН-імен ({request}) сәйкес келмейді.",
        "БИН в сертификате ({certificate}) не совпадает с БИН организации ({request}).",
        "The BIN in the certificate ({certificate}) is not the organisation's BIN ({request}).",
    ),
}
