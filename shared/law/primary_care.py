"""What the regulations of the three primary-care services (HV, AP, AT) say alike, in words for people.

What AT-25 to AT-27 ask of the electronic service is kept elsewhere: AT-25.1 by sessions (``gateway/identity.py``) and
envelopes (``shared/kit/envelope.py``), AT-25.2 by signatures and seals (``shared/eds``), AT-25.3 by the journals, whose
rows are taken up until they are answered; AT-26.2 by the forms, AT-26.3 by the sessions again, AT-26.4 by condition 2;
The same of appointments: AP-23 (AP-23.1, AP-23.2, AP-23.3), AP-24 (AP-24.2, AP-24.3, AP-24.4), AP-25, AP-21;
AT-27 by the step ledger (Tables 1 and 2: AT-23) and ``shared/kit/metrics.py``.
"""

from typing import Final

from shared.law.text import Text

PROVIDER_HOURS: Final = Text(  # HV-2, HV-3, AP-2, AP-3, AT-2.1, AT-2.2
    kk=(
        "Қызмет беруші – дүйсенбіден жұмаға дейін үзіліссіз, сағат 8.00-ден 20.00-ге дейін, сенбі күні сағат "
        "9.00-ден 14.00-ге дейін; демалыс күндері: жексенбі және мереке күндері. Портал – тәулік бойы."
    ),
    ru=(
        "Поставщик услуги – с понедельника по пятницу без перерыва с 8.00 до 20.00, в субботу с 9.00 до 14.00; "
        "выходные: воскресенье и праздничные дни. Портал – круглосуточно."
    ),
    en=(
        "The provider: Monday to Friday from 8:00 to 20:00 without a break, Saturday from 9:00 to 14:00; closed on "
        "Sundays and public holidays. The portal: round the clock."
    ),
)
INTAKE: Final = Text(  # HV-9, AT-16
    kk=(
        "Қызмет өтініш жасалған күні көрсетіледі; сұрау салу қызмет берушінің жұмысы аяқталғанға дейін 2 сағат бұрын "
        "қабылданады (жұмыс күндері 18.00-ге дейін, сенбі күні 12.00-ге дейін)."
    ),
    ru=(
        "Услуга оказывается в день обращения; запрос принимается не позднее чем за 2 часа до окончания работы "
        "поставщика услуги (в рабочие дни до 18.00, в субботу до 12.00)."
    ),
    en=(
        "The service is provided on the day of the request; requests are taken until 2 hours before the provider "
        "closes (until 18:00 on working days, 12:00 on Saturdays)."
    ),
)
FREE_OF_CHARGE: Final = Text(  # HV-6, AP-6, AT-5
    kk="Мемлекеттік қызмет тегін көрсетіледі.",
    ru="Государственная услуга оказывается бесплатно.",
    en="The state service is free of charge.",
)
INFORMATION: Final = (
    "1414",
    "www.mz.gov.kz",
)  # HV-10, AP-10, AT-10; the passport itself is the word on the portal (HV-10.3, AP-10.3, AT-10.3)
IDENTITY_DOCUMENT: Final = Text(  # HV-12.1, AP-12.1, AT-14.1
    kk="жеке басын куәландыратын құжат (он алты жасқа толмаған адамдар үшін – туу туралы куәлік)",
    ru="документ, удостоверяющий личность (для лиц, не достигших шестнадцати лет, – свидетельство о рождении)",
    en="an identity document (for persons under sixteen, a birth certificate)",
)
ATTACHMENT: Final = Text(  # HV-12.2, AP-12.2
    kk="тіркелген халықтың тіркеліміне сәйкес осы Қызмет берушіге тіркелу",
    ru="прикрепление к данному поставщику услуги согласно регистру прикреплённого населения",
    en="attachment to this provider in the register of the attached population",
)
SIGNATURE: Final = Text(  # AP-24.4, AT-14.2, AT-26, AT-26.4
    kk="тұтынушының электрондық цифрлық қолтаңбасы",
    ru="электронная цифровая подпись потребителя",
    en="the consumer's electronic digital signature",
)
REFUSAL: Final = Text(  # HV-8.3, AP-8.3, AT-8.3
    kk="мемлекеттік қызметті көрсетуден бас тарту туралы дәлелді жауап",
    ru="мотивированный ответ об отказе в оказании государственной услуги",
    en="a reasoned refusal of the state service",
)


def legal_basis(standard: str) -> Text:
    """Return the legal basis of a service (HV-4, AP-4, AT-4); ``standard`` is its name in Kazakh."""
    return Text(
        kk=(
            "«Халық денсаулығы және денсаулық сақтау жүйесі туралы» Қазақстан Республикасының 2009 жылғы 18 "
            "қыркүйектегі Кодексі; Қазақстан Республикасы Үкіметінің 2011 жылғы 1 қарашадағы № 1263 қаулысы; "
            "Қазақстан Республикасы Үкіметінің 2012 жылғы 12 қазандағы № 1294 қаулысымен бекітілген "
            f"«{standard}» мемлекеттік қызмет стандарты; Алматы қаласы әкімдігінің 2013 жылғы 1 шілдедегі "
            "№ 3/561 қаулысы."
        ),
        ru=(
            "Кодекс Республики Казахстан от 18 сентября 2009 года «О здоровье народа и системе здравоохранения»; "
            "постановление Правительства Республики Казахстан от 1 ноября 2011 года № 1263; стандарт государственной "
            "услуги, утверждённый постановлением Правительства Республики Казахстан от 12 октября 2012 года № 1294; "
            "постановление акимата города Алматы от 1 июля 2013 года № 3/561."
        ),
        en=(
            "Code of the Republic of Kazakhstan of 18 September 2009 on the Health of the People and the Health Care "
            "System; Government decree № 1263 of 1 November 2011; the standard of the state service approved by "
            "Government decree № 1294 of 12 October 2012; decree of the Almaty city administration № 3/561 of "
            "1 July 2013."
        ),
    )
