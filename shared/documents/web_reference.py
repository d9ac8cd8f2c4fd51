"""The reference of the API as a page: every operation of its OpenAPI document, readable without script."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

from shared.documents.web import Frame, html_of
from shared.law.text import Language, Text

TITLE: Final = Text("API анықтамалығы", "Справочник API", "API reference")
OPERATIONS: Final = Text("Операциялар", "Операции", "Operations")
PARAMETERS: Final = Text("Параметрлер", "Параметры", "Parameters")
BODY: Final = Text("Сұрау денесі", "Тело запроса", "Request body")
ANSWERS: Final = Text("Жауаптар", "Ответы", "Answers")
MACHINE: Final = Text(
    "Бағдарламаларға арналған сипаттама (OpenAPI)",
    "Описание для программ (OpenAPI)",
    "Description for programs (OpenAPI)",
)
IN_ENGLISH: Final = Text("Операциялардың сипаттамасы ағылшын тілінде.", "Описания операций – на английском языке.", "")


def reference_page(api: Mapping[str, Any], language: Language, here: str) -> bytes:
    """Return the page of an OpenAPI document; its own descriptions are English, and marked so."""
    main = [
        f"<h1>{escape(TITLE.said_in(language))}</h1>",
        f'<p lang="en">{escape(api["info"]["title"])} {escape(api["info"]["version"])}</p>',
        f"<p>{escape(IN_ENGLISH.said_in(language))}</p>" if IN_ENGLISH.said_in(language) else "",
        f'<p><a href="/openapi.json">{escape(MACHINE.said_in(language))}</a></p>',
        f"<h2>{escape(OPERATIONS.said_in(language))}</h2>",
        *_operations(api, language),
    ]
    return html_of(Frame(language, TITLE.said_in(language), here), main)


def _operations(api: Mapping[str, Any], language: Language) -> Iterator[str]:
    for path, item in api["paths"].items():
        for method, told in item.items():
            yield (
                f'<h3 id="{escape(told["operationId"])}"><code>{method.upper()} {_breakable(path)}</code></h3>'
                f'<p lang="en">{escape(told.get("description") or told.get("summary") or "")}</p>'
            )
            yield from _parts(api, told, language)


def _parts(api: Mapping[str, Any], told: Mapping[str, Any], language: Language) -> Iterator[str]:
    parameters = [_resolved(api, one) for one in told.get("parameters", ())]
    if parameters:
        rows = "".join(
            f"<dt><code>{escape(one['name'])}</code> ({escape(one['in'])})</dt>"
            f'<dd lang="en">{escape(one.get("description") or "–")}</dd>'
            for one in parameters
        )
        yield f"<h4>{escape(PARAMETERS.said_in(language))}</h4><dl>{rows}</dl>"
    kinds = _resolved(api, told.get("requestBody", {})).get("content", {})
    if kinds:
        yield f"<h4>{escape(BODY.said_in(language))}</h4><p><code>{escape(', '.join(kinds))}</code></p>"
    answers = "".join(
        f'<dt>{escape(status)}</dt><dd lang="en">{escape(_resolved(api, one).get("description", ""))}</dd>'
        for status, one in told["responses"].items()
    )
    yield f"<h4>{escape(ANSWERS.said_in(language))}</h4><dl>{answers}</dl>"


def _resolved(api: Mapping[str, Any], part: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in part:
        found: Any = api
        for name in str(part["$ref"]).removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def _breakable(path: str) -> str:
    """Return a path that a narrow screen may break after its slashes."""
    return escape(path).replace("/", "/<wbr>")
