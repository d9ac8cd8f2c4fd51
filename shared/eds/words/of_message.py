"""What is said of a message: its shape, its time stamp, what was signed. Data only."""

from collections.abc import Mapping
from typing import Final

from shared.law.text import Text

WORDS: Final[Mapping[str, Text]] = {
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
        "Қолтаңба файлында қол қоюшының тіркеу куәлігі жоқ.",
        "В файле подписи нет сертификата подписавшего.",
        "The signer's certificate is not in the signature file.",
    ),
    "too_many_certificates": Text(
        "Қолтаңба файлында тіркеу куәліктері тым көп.",
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
        "{algorithm} алгоритмімен қойылған қолтаңба қабылданбайды. ГОСТ 34.10-2015 не RSA кілтімен қол қойыңыз.",
        "Подпись по алгоритму {algorithm} не принимается. Подпишите ключом ГОСТ 34.10-2015 или RSA.",
        "A signature by the algorithm {algorithm} is not accepted. Sign with a GOST 34.10-2015 or an RSA key.",
    ),
    "weak_key": Text(
        "Тіркеу куәлігінің кілті тым қысқа ({bits} бит): кемінде 2048 бит қажет.",
        "Ключ сертификата слишком короткий ({bits} бит): нужно не менее 2048.",
        "The certificate's key is too short ({bits} bits): at least 2048 are needed.",
    ),
    "key_not_valid": Text(
        "Тіркеу куәлігіндегі ашық кілт жарамсыз немесе қолтаңбаның алгоритміне сәйкес келмейді.",
        "Открытый ключ в сертификате непригоден или не отвечает алгоритму подписи.",
        "The public key in the certificate is not valid, or does not fit the algorithm of the signature.",
    ),
    # The time stamp, where the signature has one.
    "time_stamp_wrong": Text(
        "Қолтаңбадағы уақыт белгісі бүлінген немесе оның қолтаңбасы дұрыс емес.",
        "Метка времени в подписи повреждена или её собственная подпись неверна.",
        "The time stamp in the signature is damaged, or its own signature is wrong.",
    ),
    "time_stamp_differs": Text(
        "Уақыт белгісі осы қолтаңбаға емес, басқасына берілген.",
        "Метка времени выдана не на эту подпись, а на другую.",
        "The time stamp was given for another signature than this one.",
    ),
    "time_stamp_policy": Text(
        "Уақыт белгісі қабылданбайтын саясат ({policy}) бойынша берілген.",
        "Метка времени выдана по политике ({policy}), которая не принимается.",
        "The time stamp was given under a policy ({policy}) that is not accepted.",
    ),
    "time_stamp_untrusted": Text(
        "Уақыт белгісін біз сенетін уақыт белгілері орталығы бермеген.",
        "Метку времени выдала не та служба меток времени, которой мы доверяем.",
        "The time stamp was not given by a time stamping authority that we trust.",
    ),
    # Step 4: what.
    "content_differs": Text(
        "Біз берген мәтіннен өзге мәтінге қол қойылған.",
        "Подписан не тот текст, который мы выдали.",
        "What was signed is not the text that we gave out.",
    ),
    "certificate_reference_differs": Text(
        "Қолтаңбада көрсетілген тіркеу куәлігі қол қоюшының тіркеу куәлігі емес.",
        "Сертификат, указанный в подписи, не является сертификатом подписавшего.",
        "The certificate named in the signature is not the signer's certificate.",
    ),
    "signature_wrong": Text("Қолтаңба дұрыс емес.", "Подпись неверна.", "The signature is wrong."),
    "signing_time_out_of_range": Text(
        "Қол қою уақыты ({signed}, Алматы уақыты) рұқсат етілген аралықтан тыс. Компьютердің сағатын тексеріңіз.",
        "Время подписания ({signed}, время Алматы) вне допустимых пределов. Проверьте часы компьютера.",
        "The time of signing ({signed}, Almaty time) is out of range. Check the computer's clock.",
    ),
}
