"""The sentences of documents and notices, for people: Kazakh, Russian, English."""

from typing import Final

from shared.law.text import Text

DECREE: Final = Text(
    kk="Алматы қаласы әкімдігінің 2013 жылғы 1 шілдедегі № 3/561 қаулысымен бекітілген «Денсаулық сақтау саласы "
    "кадрларының даярлаудан, біліктілікті жоғарылатудан және қайта даярлаудан өткені туралы құжаттар беру» мемлекеттік "
    "қызмет көрсету регламенті",
    ru="Регламент государственной услуги «Выдача документов о прохождении подготовки, повышения квалификации и "
    "переподготовки кадров отрасли здравоохранения», утверждённый постановлением акимата города Алматы от 1 июля 2013 "
    "года № 3/561",
    en="Regulation of the state service “Issuing documents on the training, advanced training and retraining of "
    "health-care personnel”, approved by decree № 3/561 of the Almaty city administration of 1 July 2013",
)
COUNTED: Final = Text(
    kk="Құжат комиссияның немесе басшының шешімінен бастап 15 жұмыс күні ішінде, телнұсқа өтініштен бастап бір ай "
    "ішінде беріледі.",
    ru="Документ выдаётся в течение 15 рабочих дней со дня решения комиссии или руководителя, дубликат – в течение "
    "месяца со дня заявления.",
    en="A document is issued within 15 working days of the decision of the commission or of the head, a duplicate "
    "within a month of the application.",
)
OWES: Final = Text(
    kk="Сізде берешек бар, ол жойылғанша қызмет тоқтатыла тұрады: {debts}.",
    ru="У вас есть задолженность, до её погашения услуга приостанавливается: {debts}.",
    en="You owe the college something; until it is cleared the service is suspended: {debts}.",
)
NEEDED: Final = Text(
    kk="Телнұсқа үшін тіркелгеннен кейін мыналарды тапсырыңыз: жоғалту туралы анықтама, газеттегі хабарландыру, төлем "
    "құжаты{price}.",
    ru="Для дубликата после регистрации сдайте: справку об утере, объявление в газете, платёжный документ{price}.",
    en="For a duplicate, hand in after the registration: the certificate of the loss, the newspaper notice, the "
    "payment document{price}.",
)
PRICE: Final = Text(kk=" ({price} теңге)", ru=" ({price} тенге)", en=" ({price} tenge)")
