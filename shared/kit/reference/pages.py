"""The pages of the reference: the list of operations, and each with all that it takes and answers."""

import json
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any, Final

from shared.documents.web import Frame, html_of
from shared.kit.problem_schema import MEDIA_TYPE
from shared.kit.reference import words
from shared.kit.reference.command import command_of, example_of
from shared.kit.reference.prose import line, prose
from shared.kit.reference.schemas import Field, Schemas
from shared.law.text import Language, Text

HERE: Final = "/reference"
GUIDES: Final = "/problems/{slug}"
_WHO: Final = {"access_token": words.LOGGED_IN, "client_token": words.A_SYSTEM, "envelope": words.A_SERVICE}
Api = Mapping[str, Any]


def operations_of(api: Api) -> Mapping[str, tuple[str, str, Mapping[str, Any]]]:
    """Return method, path and description of each operation by its id."""
    return {
        told["operationId"]: (method.upper(), path, told)
        for path, item in api["paths"].items()
        for method, told in item.items()
    }


def index_page(api: Api, language: Language) -> bytes:
    """Return the page of an OpenAPI document: what it says of itself, and its operations by subject."""
    title = f"{words.TITLE.said_in(language)}: {api['info']['title']}"
    main = [
        f"<h1>{words.TITLE.said_in(language)}</h1>",
        f'<p lang="en"><strong>{escape(api["info"]["title"])}</strong> {escape(api["info"]["version"])}</p>',
        f'<p><a href="/openapi.json">{words.MACHINE.said_in(language)}</a></p>',
        f'<p class="faint">{words.IN_ENGLISH.said_in(language)}</p>',
        prose(api["info"].get("description", "")),
        f"<h2>{words.OPERATIONS.said_in(language)}</h2>",
        *_subjects(api, language),
    ]
    return html_of(Frame(language, title, HERE), main)


def _subjects(api: Api, language: Language) -> Iterator[str]:
    subjects: dict[str, list[str]] = {tag["name"]: [] for tag in api.get("tags", ())}
    for name, (method, path, told) in operations_of(api).items():
        subjects.setdefault(next(iter(told.get("tags", ())), ""), []).append(
            f'<li><a href="{HERE}/{escape(name)}?lang={language}"><code>{method} {_breakable(path)}</code></a>'
            f'<br><span lang="en">{line(told.get("summary", ""))}</span></li>'
        )
    about = {tag["name"]: tag.get("description", "") for tag in api.get("tags", ())}
    for subject, rows in subjects.items():
        if subject:
            yield f'<h3 lang="en">{escape(subject.capitalize())}</h3>{prose(about.get(subject, ""))}'
        yield f"<ul>{''.join(rows)}</ul>"


def operation_page(api: Api, name: str, language: Language) -> bytes:
    """Return the page of one operation; KeyError where there is none of this id."""
    method, path, told = operations_of(api)[name]
    schemas = Schemas(api)
    main = [
        f'<p><a href="{HERE}?lang={language}">{words.ALL_OPERATIONS.said_in(language)}</a></p>',
        f"<h1><code>{method} {_breakable(path)}</code></h1>",
        f'<p lang="en">{line(told.get("summary", ""))}</p>{prose(told.get("description", ""))}',
        _heading(words.WHO, language),
        *_who(told, language),
        _heading(words.COMMAND, language),
        f"<pre><code>{escape(command_of(schemas, method, path, told))}</code></pre>",
        *_parameters(schemas, told, language),
        *_body(schemas, told, language),
        *_answers(schemas, told, language),
        *_problems(schemas, told, language),
    ]
    return html_of(Frame(language, f"{method} {path}", f"{HERE}/{name}"), main)


def _who(told: Mapping[str, Any], language: Language) -> Iterator[str]:
    """Yield each way to show who asks; any one of them suffices."""
    for scheme, scopes in [pair for one in told.get("security", ()) for pair in one.items()]:
        needed = "".join(f" <code>{escape(scope)}</code>" for scope in scopes)
        yield f"<p>{escape(_WHO[scheme].said_in(language))}{needed}</p>"
    if not told.get("security"):
        yield f"<p>{words.ANYONE.said_in(language)}</p>"


def _parameters(schemas: Schemas, told: Mapping[str, Any], language: Language) -> Iterator[str]:
    parameters = [schemas.resolved(one) for one in told.get("parameters", ())]
    if parameters:
        fields = [
            Field(
                one["name"],
                f"{one['in']}, {schemas.kind(one['schema'])}",
                one.get("description", ""),
                bool(one.get("required")),
                (),
            )
            for one in parameters
        ]
        yield _heading(words.PARAMETERS, language) + _fields(fields, language)


def _body(schemas: Schemas, told: Mapping[str, Any], language: Language) -> Iterator[str]:
    kinds = schemas.resolved(told.get("requestBody", {})).get("content", {})
    if kinds:
        yield _heading(words.BODY, language)
    for kind, content in kinds.items():
        yield f"<h3><code>{escape(kind)}</code></h3>"
        yield from _content(schemas, (kind, content), language, is_sent=True)


def _answers(schemas: Schemas, told: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield _heading(words.ANSWERS, language)
    for status, answer in told["responses"].items():
        said = schemas.resolved(answer)
        if MEDIA_TYPE in said.get("content", {}):
            continue
        yield f'<h3>{status}</h3><p lang="en">{line(said.get("description", ""))}</p>'
        headers = [
            Field(name, "header", schemas.resolved(one).get("description", ""), is_required=False, inner=())
            for name, one in said.get("headers", {}).items()
        ]
        yield _fields(headers, language)
        for kind, content in said.get("content", {}).items():
            yield f"<p><code>{escape(kind)}</code></p>"
            yield from _content(schemas, (kind, content), language, is_sent=False)


def _content(
    schemas: Schemas, content: tuple[str, Mapping[str, Any]], language: Language, *, is_sent: bool
) -> Iterator[str]:
    """Yield what comes as one media type: an example of it, and its fields."""
    kind, told = content
    example = example_of(schemas, told)
    if kind.endswith("json") or "example" in told:
        written = example if isinstance(example, str) else json.dumps(example, ensure_ascii=False, indent=1)
        label = words.EXAMPLE if is_sent or "example" in told else words.FORM
        yield f"<h4>{label.said_in(language)}</h4><pre><code>{escape(written)}</code></pre>"
    fields = schemas.fields(told.get("schema", {}))
    if fields:
        when_needed = words.REQUIRED if is_sent else words.ALWAYS
        yield f"<h4>{words.FIELDS.said_in(language)}</h4>{_fields(fields, language, when_needed)}"


def _problems(schemas: Schemas, told: Mapping[str, Any], language: Language) -> Iterator[str]:
    rows = []
    for answer in told["responses"].values():
        for slug, one in schemas.resolved(answer).get("content", {}).get(MEDIA_TYPE, {}).get("examples", {}).items():
            problem = schemas.resolved(one)["value"]
            name = f"<code>{slug}</code>"
            if GUIDES in schemas.api["paths"]:
                name = f'<a href="/problems/{slug}?lang={language}">{name}</a>'
            rows.append(f"<li>{problem['status']} {name}: {escape(problem['titles'][language])}</li>")
    if rows:
        yield f"{_heading(words.PROBLEMS, language)}<ul>{''.join(rows)}</ul>"


def _fields(fields: Iterable[Field], language: Language, when_needed: Text = words.REQUIRED) -> str:
    rows = []
    for one in fields:
        needed = f", <strong>{when_needed.said_in(language)}</strong>" if one.is_required else ""
        said = f'<br><span lang="en">{line(one.said)}</span>' if one.said else ""
        kind = f'<span class="faint" lang="en">{escape(one.kind)}</span>'
        inner = _fields(one.inner, language, when_needed)
        rows.append(f"<li><code>{escape(one.name)}</code> {kind}{needed}{said}{inner}</li>")
    return f'<ul class="fields">{"".join(rows)}</ul>' if rows else ""


def _heading(text: Text, language: Language) -> str:
    return f"<h2>{escape(text.said_in(language))}</h2>"


def _breakable(path: str) -> str:
    """Return a path that a narrow screen may break before its slashes."""
    return escape(path).replace("/", "<wbr>/")
