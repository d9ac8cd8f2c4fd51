"""What the journal says."""

from typing import Final

from shared.law.text import Text

JOURNAL: Final = {
    "journal": Text("Журнал", "Журнал", "Journal"),
    "any": Text("барлығы", "все", "all"),
    "state": Text("Күйі", "Состояние", "State"),
    "registered": Text("Қаралуда", "Рассматривается", "Being considered"),
    "answered_state": Text("Жауап берілді", "Дан ответ", "Answered"),
    "filters": Text("Іріктеу", "Отбор", "Filters"),
    "show": Text("Көрсету", "Показать", "Show"),
    "answer_by": Text("Жауап беру мерзімі", "Ответить до", "Answer by"),
    "steps": Text("Процестер", "Процессы", "Steps"),
    "begun": Text("Басталды", "Начало", "Begun"),
    "ended": Text("Аяқталды", "Окончание", "Ended"),
    "in_term": Text("Мерзімінде", "В срок", "In term"),
    "yes": Text("иә", "да", "yes"),
    "no": Text("жоқ", "нет", "no"),
    "export": Text("Журналды файлға сақтау", "Сохранить журнал в файл", "The journal as a file"),
    "first_day": Text("Бірінші күні", "Первый день", "First day"),
    "last_day": Text("Соңғы күні", "Последний день", "Last day"),
    "export_csv": Text("CSV сақтау", "Сохранить CSV", "Save CSV"),
    "export_xlsx": Text("XLSX сақтау", "Сохранить XLSX", "Save XLSX"),
}  # fmt: skip
