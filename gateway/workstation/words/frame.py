"""What stands around every screen, the log-in, and the employees."""

from typing import Final

from shared.law.text import Text

FRAME: Final = {
    "workstation": Text("Клиниканың жұмыс орны", "Рабочее место клиники", "Clinic workstation"),
    "language": Text("Тіл", "Язык", "Language"),
    "needs_scripts": Text(
        "Бұл бетке браузерде скрипттердің қосулы болуы қажет: олар тек осы сайттан жүктеледі.",
        "Этой странице нужны включённые в браузере скрипты: они загружаются только с этого сайта.",
        "This page needs scripts in the browser; they are loaded from this site alone.",
    ),
    "screens": Text("Бөлімдер", "Разделы", "Screens"),
    "working": Text("Орындалуда…", "Выполняется…", "Working…"),
    "no_answer": Text(
        "Сервер жауап бермейді. Желіні тексеріп, қайталап көріңіз.",
        "Сервер не отвечает. Проверьте сеть и повторите.",
        "The server does not answer. Check the network and try again.",
    ),
    "optional": Text("міндетті емес", "необязательно", "optional"),
    "is_needed": Text("Толтырыңыз.", "Заполните это поле.", "Fill this in."),
    "does_not_fit": Text("Пішімі дұрыс емес.", "Неверный формат.", "This does not have the right form."),
    "back": Text("Артқа", "Назад", "Back"),
    "act": Text("Әрекет", "Действие", "Action"),
    "name": Text("Аты-жөні", "Имя", "Name"),
    "open": Text("Ашу", "Открыть", "Open"),
    "show_more": Text("Тағы көрсету", "Показать ещё", "Show more"),
    "refresh": Text("Жаңарту", "Обновить", "Refresh"),
    "print": Text("Басып шығару", "Печать", "Print"),
    "nothing_found": Text("Ештеңе жоқ.", "Ничего нет.", "There is nothing."),
    "nothing_here": Text("Сізге арналған бөлім жоқ", "Для вас нет разделов", "No screens for you"),
    "nothing_for_roles": Text(
        "Сіздің рөлдеріңізге арналған бөлім бұл бетте жоқ. Рөлдерді ұйымның әкімшісі береді.",
        "Для ваших ролей на этой странице разделов нет. Роли назначает администратор организации.",
        "There is no screen here for your roles. The organisation's administrator gives roles.",
    ),
    "log_in": Text("Кіру", "Войти", "Log in"),
    "log_out": Text("Шығу", "Выйти", "Log out"),
    "logged_out": Text("Сіз шықтыңыз.", "Вы вышли.", "You have logged out."),
    "session_over": Text(
        "Сеанс аяқталды. Қайта кіріңіз.", "Сеанс окончен. Войдите снова.", "The session is over. Log in again."
    ),
    "locked": Text(
        "Компьютерде он минут бойы ешкім болған жоқ, сондықтан сеанс аяқталды.",
        "За компьютером десять минут никого не было, поэтому сеанс окончен.",
        "Nobody was at the computer for ten minutes, so the session has ended.",
    ),
    "locks_soon": Text(
        "Бір минуттан кейін жұмыс орны құлыпталады. Кез келген пернені басыңыз.",
        "Через минуту рабочее место закроется. Нажмите любую клавишу.",
        "The workstation locks in a minute. Press any key.",
    ),
    "stay": Text("Жұмысты жалғастыру", "Продолжить работу", "Go on working"),
    "iin": Text("ЖСН", "ИИН", "IIN"),
    "password": Text("Құпиясөз", "Пароль", "Password"),
    "organisation": Text("Ұйым", "Организация", "Organisation"),
    "organisation_hint": Text(
        "Тізімнен таңдаңыз немесе БСН енгізіңіз.",
        "Выберите из списка или введите БИН.",
        "Choose from the list, or enter the BIN.",
    ),
    "tokens_hint": Text(
        "Бетті қайта жүктегенде құпиясөз қайта сұралады: бұл компьютерде ештеңе сақталмайды.",
        "После перезагрузки страницы пароль спросят снова: на этом компьютере ничего не сохраняется.",
        "After a reload the password is asked again: nothing is kept on this computer.",
    ),
    "employees": Text("Қызметкерлер", "Сотрудники", "Employees"),
    "roles": Text("Рөлдер", "Роли", "Roles"),
    "appointed_at": Text("Тағайындалған уақыты", "Назначен", "Appointed"),
    "appoint": Text("Тағайындау", "Назначить", "Appoint"),
    "appoint_hint": Text(
        "Адам порталда тіркелген болуы тиіс; қазіргі қызметкерге рөлдер жаңадан беріледі.",
        "Человек должен быть зарегистрирован на портале; действующему сотруднику роли задаются заново.",
        "The person must be registered at the portal; whoever is in office has exactly these roles from now on.",
    ),
    "appointed": Text("{name} тағайындалды.", "{name}: назначение сделано.", "{name} is appointed."),
    "dismiss": Text("Босату", "Уволить", "Dismiss"),
    "dismiss_whom": Text("Босату: {name}", "Уволить: {name}", "Dismiss {name}"),
    "dismiss_sure": Text("Иә, босату: {name}", "Да, уволить: {name}", "Yes, dismiss {name}"),
    "dismissed": Text("{name} босатылды.", "{name}: увольнение сделано.", "{name} is dismissed."),
}  # fmt: skip
