"""Table 1: the steps on the portal (HV-16, AP-16, AT-18).

Step 8 is cut off in HV's printing; its action is process 8 of HV-16.12, its limit AP's. The action of step 7 repeats
step 4 in print; it stands here in the words of process 7 (HV-16.11). Step 5 says АРМ in Kazakh too, where the decree
otherwise says АЖО: so it is printed.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from shared.law.steps import (
    CONSUMER,
    HEALTH_SYSTEM,
    IF_AUTHORISED,
    IF_NOT_VIOLATED,
    IF_VIOLATED,
    PORTAL,
    Following,
    Step,
)
from shared.law.text import Text

_ROUTED = Text(kk="Сұранысты бағыттау", ru="Направление запроса", en="The request is routed")
_AUTHORISATION_REFUSED = Text(
    kk="Тұтынушының деректеріндегі қателіктерге байланысты рұқсат бермеу туралы хабарламаны қалыптастыру",
    ru="Формирование сообщения об отказе в авторизации из-за ошибок в данных потребителя",
    en="A message refuses authorisation because of errors in the consumer's data",
)
_SIGNATURE_REFUSED = Text(
    kk="Тұтынушы ЭСҚ мәліметтерінде бұзушылықтарға байланысты бас тарту туралы хабарламаны қалыптастырады",
    ru="Формирование сообщения об отказе из-за нарушений в данных ЭЦП потребителя",
    en="A message refuses the service because of violations in the data of the consumer's EDS",
)

_STEPS = (
    Step(
        number=1,
        clauses=("HV-16.1", "HV-16.2", "HV-16.3"),
        unit=CONSUMER,
        action=Text(
            kk="Парольді көрсетумен ЖСН бойынша ЭҮП-да авторизациялау",
            ru="Авторизация на портале по ИИН и паролю",
            en="Authorisation on the portal by IIN and password",
        ),
        outcome=Text(
            kk="Сұранысты ұтымды қалыптастыру туралы ескертпені көрсету",
            ru="Показ уведомления об успешном формировании запроса",
            en="A notice that the request was formed",
        ),
        limit=timedelta(minutes=1),
        usual=timedelta(seconds=30),
        following=(Following(2, IF_VIOLATED), Following(3, IF_AUTHORISED)),
    ),
    Step(
        number=2,
        clauses=("HV-16.4",),
        unit=PORTAL,
        action=_AUTHORISATION_REFUSED,
        outcome=_AUTHORISATION_REFUSED,
        limit=timedelta(seconds=30),
    ),
    Step(
        number=3,
        clauses=("HV-16.5", "HV-16.6"),
        unit=CONSUMER,
        action=Text(
            kk="Қызметтерді таңдайды және сұраныс мәліметтерін ЭСҚ таңдау арқылы қалыптастырады",
            ru="Выбирает услугу и формирует данные запроса с выбором ЭЦП",
            en="Chooses the service and forms the request, choosing an EDS",
        ),
        outcome=_ROUTED,
        limit=timedelta(seconds=90),
        following=(Following(4, IF_VIOLATED), Following(5, IF_NOT_VIOLATED)),
    ),
    Step(
        number=4,
        clauses=("HV-16.7",),
        unit=PORTAL,
        action=_SIGNATURE_REFUSED,
        outcome=_SIGNATURE_REFUSED,
        limit=timedelta(seconds=90),
    ),
    Step(
        number=5,
        clauses=("HV-16.8",),
        unit=PORTAL,
        action=Text(
            kk="Тұтынушының ЭҮП арқылы куәландыру (қол қою) және АРМ-ге қызмет ұсынушының сұранысын жолдау",
            ru="Удостоверение (подписание) запроса потребителем на портале и направление его в АРМ поставщика услуги",
            en="The consumer certifies (signs) the request on the portal; it is sent to the provider's workstation",
        ),
        outcome=_ROUTED,
        limit=timedelta(minutes=1),
        usual=timedelta(seconds=30),
    ),
    Step(
        number=6,
        clauses=("HV-16.9", "HV-16.10"),
        unit=PORTAL,
        action=Text(kk="Құжаттарды тіркеу", ru="Регистрация документов", en="The documents are registered"),
        outcome=Text(
            kk="Нөмірді игере отырып, сұранысты тіркеу",
            ru="Регистрация запроса с присвоением номера",
            en="The request is registered and has a number",
        ),
        limit=timedelta(minutes=1),
        following=(Following(7, IF_VIOLATED), Following(8, IF_NOT_VIOLATED)),
    ),
    Step(
        number=7,
        clauses=("HV-16.11",),
        unit=HEALTH_SYSTEM,
        action=Text(
            kk="Туындап отырған бұзушылықтарға байланысты сұрастырып отырған ЭМҚ бас тарту туралы хабарламаны дайындау",
            ru="Подготовка сообщения об отказе в запрашиваемой услуге из-за имеющихся нарушений",
            en="A message refuses the service asked for because of the violations found",
        ),
        outcome=Text(
            kk="Мотивациялық бас тартуды қалыптастыру",
            ru="Формирование мотивированного отказа",
            en="A reasoned refusal",
        ),
        limit=timedelta(minutes=30),
    ),
    Step(
        number=8,
        clauses=("HV-16.12",),
        unit=HEALTH_SYSTEM,
        action=Text(
            kk="Қызмет ұсынушының АЖО қалыптасқан ЭМҚ нәтижесін тұтынушының алуы",
            ru="Получение потребителем результата услуги, сформированного в АРМ поставщика услуги",
            en="The consumer receives the result formed at the provider's workstation",
        ),
        outcome=Text(kk="Анықтама беру", ru="Выдача справки", en="A certificate is issued"),
        limit=timedelta(minutes=30),
    ),
)

TABLE_1: Final[Mapping[int, Step]] = MappingProxyType({step.number: step for step in _STEPS})
