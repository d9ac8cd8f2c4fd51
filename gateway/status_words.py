"""The words of a request's status, as its applicant reads them."""

from collections.abc import Mapping

from gateway.schemas.requests import Status
from shared.law.text import Text

STATUS_TEXTS = {
    "draft": Text(
        "Жоба: қол қоюыңыз күтілуде", "Черновик: ожидается ваша подпись", "Draft: waiting for your signature"
    ),
    "draft-expired": Text("Жобаның мерзімі өтті", "Срок черновика истёк", "The draft has expired"),
    "signed": Text(
        "Қол қойылды, қызмет берушіге жіберілуде",
        "Подписан, направляется поставщику услуги",
        "Signed, on its way to the provider",
    ),
    "held-up": Text(
        "Қол қойылды және сақталды, бірақ қызмет берушінің жүйесі оны әзірге қабылдамай тұр: мамандарға хабарланды",
        "Подписан и сохранён, но система поставщика услуги пока его не принимает: специалисты извещены",
        "Signed and stored, but the provider's system does not take it yet: its operators have been told",
    ),
    "registered": Text("Тіркелді, қаралуда", "Зарегистрирован, рассматривается", "Registered, being considered"),
    "granted": Text("Орындалды: анықтама берілді", "Исполнено: выдана справка", "Granted: a certificate is issued"),
    "refused": Text(
        "Бас тарту туралы дәлелді жауап берілді", "Дан мотивированный ответ об отказе", "Refused, with the grounds"
    ),
    "without-time": Text(
        "Орындалды, бірақ бос уақыт болмады: уақытты қайта қол қоймай таңдаңыз",
        "Исполнено, но свободного времени не было: выберите время, подписывать заново не нужно",
        "Granted, but no time was free: pick one, no new signature is needed",
    ),
    "cancelled": Text("Жазылудан бас тарттыңыз", "Вы отменили запись", "You cancelled the appointment"),
    "cancelled-by-provider": Text(
        "Қабылдауды қызмет беруші болдырмады: басқа уақытты қайта қол қоймай таңдаңыз",
        "Приём отменён поставщиком услуги: выберите другое время, подписывать заново не нужно",
        "Cancelled by the provider: pick another time, no new signature is needed",
    ),
    "moved": Text("Басқа уақытқа ауыстырылды", "Перенесено на другое время", "Moved to another time"),
    "kept": Text("Қабылдау өтті", "Приём состоялся", "The appointment took place"),
    "visit-reassigned": Text(
        "Шақыру басқа дәрігерге немесе басқа сағатқа берілді",
        "Вызов передан другому врачу или на другое время",
        "The visit is given to another doctor or to other hours",
    ),
    "visited": Text("Дәрігер үйге келді", "Врач посетил пациента на дому", "The doctor has been to see the patient"),
    "nobody-home": Text(
        "Дәрігер келді, бірақ үйде ешкім болмады",
        "Врач приходил, но дома никого не было",
        "The doctor came, but nobody was at home",
    ),
    "visit-not-needed": Text(
        "Дәрігердің келуі қажет болмады", "Посещение врача не понадобилось", "The visit was not needed any more"
    ),
    "refusal-withdrawn": Text(
        "Бас тарту кері қайтарылды, сұрау салу қайтадан шешілуде",
        "Отказ отозван, запрос решается заново",
        "The refusal is withdrawn, the request is decided anew",
    ),
    "missed": Text("Қабылдауға келмедіңіз", "Вы не пришли на приём", "You did not come to the appointment"),
}
STATUS_OF_STANDING: Mapping[str, Status] = {
    "without_time": "without-time",
    "cancelled_by_citizen": "cancelled",
    "cancelled_by_clinic": "cancelled-by-provider",
    "moved": "moved",
    "came": "kept",
    "did_not_come": "missed",
    "reassigned": "visit-reassigned",
    "visited": "visited",
    "nobody_home": "nobody-home",
    "not_needed": "visit-not-needed",
    "refusal_withdrawn": "refusal-withdrawn",
}
"""What its service says has become of an answered request, as the citizen reads it."""
REVIEW_TEXTS: Mapping[str, Text] = {
    "granted": Text("Бас тарту кері қайтарылды", "Отказ отозван", "The refusal is withdrawn"),
    "refused": Text("Бас тарту күшінде қалды", "Отказ остаётся в силе", "The refusal stands"),
}
"""What the outcome of a review is."""
