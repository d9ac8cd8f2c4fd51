"""What stands around the descriptions on the pages of the reference; the descriptions themselves are English."""

from typing import Final

from shared.law.text import Text

TITLE: Final = Text("API анықтамалығы", "Справочник API", "API reference")
IN_ENGLISH: Final = Text(
    "Сипаттамалар OpenAPI құжатынан алынған, ағылшын тілінде.",
    "Описания взяты из документа OpenAPI, на английском языке.",
    "The descriptions are those of the OpenAPI document.",
)
MACHINE: Final = Text(
    "Бағдарламаларға арналған сипаттама (OpenAPI)",
    "Описание для программ (OpenAPI)",
    "Description for programs (OpenAPI)",
)
OPERATIONS: Final = Text("Операциялар", "Операции", "Operations")
ALL_OPERATIONS: Final = Text("Барлық операциялар", "Все операции", "All operations")
WHO: Final = Text("Кім сұрай алады", "Кто может обращаться", "Who may ask")
ANYONE: Final = Text("Кез келген адам, жүйеге кірмей-ақ.", "Любой, без входа в систему.", "Anyone, without logging in.")
LOGGED_IN: Final = Text(
    "Жүйеге кірген адам: оған POST /v1/sessions қолжетімділік белгісін береді.",
    "Вошедший в систему: токен доступа даёт POST /v1/sessions.",
    "Whoever is logged in: POST /v1/sessions gives the access token.",
)
A_SYSTEM: Final = Text(
    "Клиниканың жүйесі: оған POST /v1/oauth/token қолжетімділік белгісін береді.",
    "Система клиники: токен доступа даёт POST /v1/oauth/token.",
    "A clinic's system: POST /v1/oauth/token gives the access token.",
)
A_SERVICE: Final = Text(
    "Бағыттың тізімінде тұрған сервис: әр сұрауға өз кілтімен конверт жасайды.",
    "Сервис из списка маршрута: на каждый запрос – конверт, заверенный его ключом.",
    "A service on the route's list: each call comes in an envelope sealed with its key.",
)
COMMAND: Final = Text("Командалық жолдан", "Из командной строки", "From the command line")
PARAMETERS: Final = Text("Параметрлер", "Параметры", "Parameters")
BODY: Final = Text("Сұрау денесі", "Тело запроса", "Request body")
ANSWERS: Final = Text("Жауаптар", "Ответы", "Answers")
PROBLEMS: Final = Text("Мүмкін болатын қателер", "Возможные ошибки", "Problems that may come instead")
EXAMPLE: Final = Text("Мысал", "Пример", "Example")
FORM: Final = Text("Жауаптың пішімі", "Вид ответа", "What it looks like")
FIELDS: Final = Text("Өрістер", "Поля", "Fields")
REQUIRED: Final = Text("міндетті", "обязательно", "required")
ALWAYS: Final = Text("әрқашан бар", "есть всегда", "always there")
