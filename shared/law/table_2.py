"""Table 2: the steps of the provider's staff, in person or by telephone (HV-17, AP-17, AT-19).

Only AT's appendix prints it whole: HV's is missing, AP's repeats Table 1. Its row of units is copied from Table 1;
the units here are those of HV-17. Step 8 is cut off in print; its words are those of process 8.
"""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from shared.law.steps import CONSUMER, EMPLOYEE, HEALTH_SYSTEM, IF_NOT_VIOLATED, IF_VIOLATED, Following, Step
from shared.law.text import Text

_REGISTERED = Text(
    kk="Нөмірді игере отырып, сұранысты тіркеу",
    ru="Регистрация запроса с присвоением номера",
    en="The request is registered and has a number",
)
_ROUTED = Text(kk="Сұранысты бағыттау", ru="Направление запроса", en="The request is routed")
_REASONED_REFUSAL = Text(
    kk="Мотивациялық бас тартуды қалыптастыру",
    ru="Формирование мотивированного отказа",
    en="A reasoned refusal",
)

_STEPS = (
    Step(
        number=1,
        clauses=("HV-17.1",),
        unit=EMPLOYEE,
        action=Text(
            kk="Парольді көрсетумен ЖСН бойынша авторизациялау",
            ru="Авторизация по ИИН и паролю",
            en="Authorisation by IIN and password",
        ),
        outcome=Text(
            kk="Нөмірді игере отырып, жүйедегі сұранысты тіркеу",
            ru="Регистрация запроса в системе с присвоением номера",
            en="The query is registered in the system and has a number",
        ),
        limit=timedelta(seconds=15),
        usual=timedelta(seconds=10),
    ),
    Step(
        number=2,
        clauses=("HV-17.2",),
        unit=EMPLOYEE,
        action=Text(
            kk="Қызметкердің қызмет ұсынушы қызметін таңдауы",
            ru="Выбор сотрудником услуги поставщика",
            en="The employee chooses the service",
        ),
        outcome=Text(
            kk="Сұранысты ұтымды қалыптастыру туралы ескертпені көрсету",
            ru="Показ уведомления об успешном формировании запроса",
            en="A notice that the request was formed",
        ),
        limit=timedelta(seconds=10),
    ),
    Step(
        number=3,
        clauses=("HV-17.3", "HV-17.4"),
        unit=EMPLOYEE,
        action=Text(
            kk="ЖТ МДБ/ЗТ МДБ-да тұтынушы мәліметтері туралы сұранысты жолдау",
            ru="Направление запроса о данных потребителя в ГБД ФЛ/ГБД ЮЛ",
            en="A query on the consumer's data goes to the registry of natural or legal persons",
        ),
        outcome=_ROUTED,
        limit=timedelta(seconds=90),
        following=(Following(4, IF_VIOLATED), Following(5, IF_NOT_VIOLATED)),
    ),
    Step(
        number=4,
        clauses=("HV-17.5",),
        unit=HEALTH_SYSTEM,
        action=Text(
            kk="ЖТ МДБ/ЗТ МДБ мәліметтерінің жоқтығы туралы хабарламаны жасау",
            ru="Формирование сообщения об отсутствии данных в ГБД ФЛ/ГБД ЮЛ",
            en="A message says that the registry has no data",
        ),
        outcome=_REASONED_REFUSAL,
        limit=timedelta(seconds=15),
        usual=timedelta(seconds=10),
    ),
    Step(
        number=5,
        clauses=("HV-17.6",),
        unit=EMPLOYEE,
        action=Text(
            kk="Сканерленген құжаттарды бекіте отырып және ЭСҚ-мен куәландыра отырып, сұраныс нысанын толтыру",
            ru="Заполнение формы запроса с прикреплением сканированных документов и удостоверением ЭЦП",
            en="The form is filled, scanned documents are attached, and it is signed with the EDS",
        ),
        outcome=_ROUTED,
        limit=timedelta(seconds=15),
        usual=timedelta(seconds=10),
    ),
    Step(
        number=6,
        clauses=("HV-17.7", "HV-17.8"),
        unit=EMPLOYEE,
        action=Text(kk="Құжаттарды тіркеу", ru="Регистрация документов", en="The documents are registered"),
        outcome=_REGISTERED,
        limit=timedelta(seconds=90),
        following=(Following(7, IF_VIOLATED), Following(8, IF_NOT_VIOLATED)),
    ),
    Step(
        number=7,
        clauses=("HV-17.9",),
        unit=HEALTH_SYSTEM,
        action=Text(
            kk="Туындап отырған бұзушылықтарға байланысты сұрастырып отырған ЭМҚ бас тарту туралы хабарламаны дайындау",
            ru="Подготовка сообщения об отказе в запрашиваемой услуге из-за имеющихся нарушений",
            en="A message refuses the service asked for because of the violations found",
        ),
        outcome=_REASONED_REFUSAL,
        limit=timedelta(minutes=10),
    ),
    Step(
        number=8,
        clauses=("HV-17.10",),
        unit=CONSUMER,
        action=Text(
            kk="ЭМҚ нәтижесін тұтынушының алуы",
            ru="Получение потребителем результата услуги",
            en="The consumer receives the result",
        ),
        outcome=Text(
            kk="Ауызша жауап немесе қағаз түріндегі анықтама",
            ru="Устный ответ или справка на бумаге",
            en="A spoken answer, or a certificate on paper",
        ),
        limit=timedelta(minutes=10),
    ),
)

TABLE_2: Final[Mapping[int, Step]] = MappingProxyType({step.number: step for step in _STEPS})
