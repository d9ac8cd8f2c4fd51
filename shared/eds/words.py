"""The catalogue of verdict codes: what is said to a person, in Kazakh, Russian and English. Data only."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from shared.law.text import Text

WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "confirmed": Text("Қолтаңба расталды.", "Подпись подтверждена.", "The signature is confirmed."),
        # Step 0 and 1: the shape of the message.
        "too_large": Text(
            "Қолтаңба файлы тым үлкен немесе тым күрделі.",
            "Файл подписи слишком велик или слишком сложен.",
            "The signature file is too large or too complex.",
        ),
        "malformed": Text(
            "Қолтаңба файлы бүлінген: ол DER пішіміндегі CMS емес.",
            "Файл подписи повреждён: это не CMS в формате DER.",
            "The signature file is damaged: it is not CMS in DER.",
        ),
        "not_one_signer": Text(
            "Қолтаңба файлында дәл бір қол қоюшы болуы тиіс, ал онда {count}.",
            "В файле подписи должен быть ровно один подписавший, а их {count}.",
            "The signature file must have exactly one signer; it has {count}.",
        ),
        "certificate_missing": Text(
            "Қолтаңба файлында қол қоюшының сертификаты жоқ.",
            "В файле подписи нет сертификата подписавшего.",
            "The signer's certificate is not in the signature file.",
        ),
        "too_many_certificates": Text(
            "Қолтаңба файлында сертификаттар тым көп.",
            "В файле подписи слишком много сертификатов.",
            "The signature file holds too many certificates.",
        ),
        "attached_content": Text(
            "Қолтаңбаға құжат кірістірілген. Құжаттан бөлек қолтаңба жасаңыз.",
            "Подпись содержит вложенный документ. Создайте отсоединённую подпись.",
            "The signature carries attached content. Make a detached signature.",
        ),
        "version_unexpected": Text(
            "Қолтаңба файлының нұсқасы күтілгеннен өзгеше.",
            "Версия формата подписи отличается от ожидаемой.",
            "The version of the signature format is not the expected one.",
        ),
        "signed_attributes_wrong": Text(
            "Қол қойылған атрибуттар жоқ, қайталанған немесе тәртібі бұзылған.",
            "Подписанные атрибуты отсутствуют, повторяются или идут не в том порядке.",
            "The signed attributes are missing, repeated or out of order.",
        ),
        "digest_not_allowed": Text(
            "Қолтаңбаның хеш алгоритміне рұқсат етілмеген.",
            "Алгоритм хеширования подписи не допускается.",
            "The signature's digest algorithm is not allowed.",
        ),
        "digest_inconsistent": Text(
            "Қолтаңба файлында бір-біріне сәйкес келмейтін хеш алгоритмдері көрсетілген.",
            "В файле подписи указаны несовпадающие алгоритмы хеширования.",
            "The signature file names digest algorithms that contradict each other.",
        ),
        "algorithm_not_supported": Text(
            "Қолтаңба алгоритміне ({algorithm}) әзірге қолдау көрсетілмейді. RSA кілтімен қол қойыңыз.",
            "Алгоритм подписи ({algorithm}) пока не поддерживается. Подпишите ключом RSA.",
            "The signature algorithm ({algorithm}) is not supported yet. Sign with an RSA key.",
        ),
        "weak_key": Text(
            "Сертификаттың кілті тым қысқа ({bits} бит): кемінде 2048 бит қажет.",
            "Ключ сертификата слишком короткий ({bits} бит): нужно не менее 2048.",
            "The certificate's key is too short ({bits} bits): at least 2048 are needed.",
        ),
        # Step 2: who.
        "untrusted_authority": Text(
            "Сертификатты біз сенетін куәландырушы орталық бермеген.",
            "Сертификат выдан не тем удостоверяющим центром, которому мы доверяем.",
            "The certificate was not issued by a certification authority that we trust.",
        ),
        "authority_rotated": Text(
            "Сертификатты берген куәландырушы орталықтың өз сертификаты қазір күшінде емес. Жаңа кілт алыңыз.",
            "Сертификат самого удостоверяющего центра, выдавшего ключ, сейчас не действует. Получите новый ключ.",
            "The certificate of the authority that issued the key is not in force now. Obtain a new key.",
        ),
        "not_yet_valid": Text(
            "Сертификат әлі күшіне енген жоқ: ол {since} бастап жарамды.",
            "Сертификат ещё не вступил в силу: он действует с {since}.",
            "The certificate is not yet valid: it is valid from {since}.",
        ),
        "expired": Text(
            "Сертификаттың мерзімі {until} өтіп кеткен. Кілтті жаңартыңыз.",
            "Срок действия сертификата истёк {until}. Обновите ключ.",
            "The certificate expired on {until}. Renew the key.",
        ),
        "not_for_signing": Text(
            "Бұл – аутентификация кілті (AUTH). Қол қою кілтін таңдаңыз.",
            "Это ключ аутентификации (AUTH). Выберите ключ для подписи.",
            "This is an authentication key (AUTH). Choose the signing key.",
        ),
        "purpose_not_signing": Text(
            "Сертификат құжаттарға қол қоюға арналмаған.",
            "Сертификат не предназначен для подписания документов.",
            "The certificate is not meant for signing documents.",
        ),
        "policy_not_allowed": Text(
            "Сертификат саясаты қол қоюға рұқсат бермейді.",
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
            "Сертификаттағы өкілеттік қол қоюға жеткіліксіз: бірінші басшы немесе қол қою құқығы қажет.",
            "Полномочий в сертификате недостаточно: нужен первый руководитель или право подписи.",
            "The authority in the certificate does not suffice: the head or the right to sign is needed.",
        ),
        # Step 3: revocation.
        "revoked": Text("Сертификат кері қайтарып алынған.", "Сертификат отозван.", "The certificate is revoked."),
        "on_hold": Text(
            "Сертификаттың қолданылуы тоқтатыла тұрған.",
            "Действие сертификата приостановлено.",
            "The certificate is on hold.",
        ),
        "revocation_unknown": Text(
            "Сертификаттың кері қайтарылмағанын қазір тексеру мүмкін емес. Сәл кейінірек қайталап көріңіз.",
            "Сейчас нельзя проверить, не отозван ли сертификат. Повторите немного позже.",
            "Whether the certificate is revoked cannot be checked now. Try again a little later.",
        ),
        # Step 4: what.
        "content_differs": Text(
            "Біз берген мәтіннен өзге мәтінге қол қойылған.",
            "Подписан не тот текст, который мы выдали.",
            "What was signed is not the text that we gave out.",
        ),
        "certificate_reference_differs": Text(
            "Қолтаңбада көрсетілген сертификат қол қоюшының сертификаты емес.",
            "Сертификат, указанный в подписи, не является сертификатом подписавшего.",
            "The certificate named in the signature is not the signer's certificate.",
        ),
        "signature_wrong": Text("Қолтаңба дұрыс емес.", "Подпись неверна.", "The signature is wrong."),
        "signing_time_out_of_range": Text(
            "Қол қою уақыты ({signed}) рұқсат етілген аралықтан тыс. Компьютердің сағатын тексеріңіз.",
            "Время подписания ({signed}) вне допустимых пределов. Проверьте часы компьютера.",
            "The time of signing ({signed}) is out of range. Check the computer's clock.",
        ),
        # Step 5: match.
        "no_iin": Text("Сертификатта ЖСН жоқ.", "В сертификате нет ИИН.", "There is no IIN in the certificate."),
        "several_iins": Text(
            "Сертификатта бірнеше ЖСН бар.",
            "В сертификате несколько ИИН.",
            "There are several IINs in the certificate.",
        ),
        "iin_differs": Text(
            "Сертификаттағы ЖСН ({certificate}) сұраныстағы ЖСН-мен ({request}) сәйкес келмейді.",
            "ИИН в сертификате ({certificate}) не совпадает с ИИН в запросе ({request}).",
            "The IIN in the certificate ({certificate}) is not the IIN in the request ({request}).",
        ),
        "no_bin": Text("Сертификатта БСН жоқ.", "В сертификате нет БИН.", "There is no BIN in the certificate."),
        "several_bins": Text(
            "Сертификатта бірнеше БСН бар.",
            "В сертификате несколько БИН.",
            "There are several BINs in the certificate.",
        ),
        "bin_differs": Text(
            "Сертификаттағы БСН ({certificate}) ұйымның БСН-мен ({request}) сәйкес келмейді.",
            "БИН в сертификате ({certificate}) не совпадает с БИН организации ({request}).",
            "The BIN in the certificate ({certificate}) is not the organisation's BIN ({request}).",
        ),
    }
)
