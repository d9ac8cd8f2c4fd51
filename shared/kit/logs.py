"""One JSON line an event on standard output; no personal data."""

import json
import logging
import re
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from shared.kit.clock import Clock
from shared.kit.trace import current_trace

# The last group of a UUID is twelve digits now and then, and no IIN.
_TWELVE_DIGITS = re.compile(r"(?<![0-9a-fA-F])(?<![0-9a-fA-F]{4}-)[0-9]{12}(?![0-9a-fA-F])")
_MANY_DIGITS = re.compile(r"[0-9]{12}")
_TWELVE_LONG = 10**11
Event = MutableMapping[str, Any]


def configure_logs(process: str, level: str, clock: Clock) -> None:
    """Send every log line of this process, the server's own among them, to standard output as JSON."""

    def add_process(_: object, method: str, event: Event) -> Event:
        trace = current_trace()
        head: dict[str, Any] = {
            "time": clock.now().isoformat(timespec="milliseconds"),
            "level": event.pop("level", method),
            "event": event.pop("event"),
            "process": process,
        }
        if trace is not None:
            head["trace_id"] = trace.trace_id
        return {**head, **event}

    structlog.configure(
        processors=[add_process, _rendered],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        # One write a line: print would make two of it.
        logger_factory=structlog.WriteLoggerFactory(),
        cache_logger_on_first_use=False,
    )
    _take_over_standard_logging()


def _rendered(_: object, __: str, event: Event) -> str:
    """Return the line, without whatever looks like an IIN: a second line of defence behind not logging it at all."""
    line = _JSON.encode(event)
    # Only a line with so many digits in a row is looked through value by value.
    return _JSON.encode(_hidden(event)) if _MANY_DIGITS.search(line) else line


def log_failure(event: str, error: BaseException) -> None:
    """Log an unexpected error by its type and its place; its message stays out, for it may carry a person's data."""
    structlog.get_logger().error(event, error=type(error).__qualname__, at=places_of(error))


def places_of(error: BaseException) -> list[str]:
    """Return where an error and its causes were raised: file, line, function, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    places = [f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno} {frame.name}" for frame in frames]
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return [f"caused by {type(cause).__qualname__}", *places] if cause else places


def _hidden(value: Any) -> Any:  # noqa: ANN401 - a log line may hold anything that JSON can.
    if isinstance(value, str):
        return _TWELVE_DIGITS.sub("[iin]", value)
    if isinstance(value, int) and value >= _TWELVE_LONG:
        return _TWELVE_DIGITS.sub("[iin]", str(value))
    if isinstance(value, dict):
        return {_hidden(key): _hidden(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_hidden(part) for part in value]
    return value


_JSON = json.JSONEncoder(ensure_ascii=False, default=lambda value: _hidden(repr(value)))


class _Handed(logging.Handler):
    """Hands what libraries log to structlog, without their tracebacks' messages."""

    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, Any] = {"logger": record.name}
        if record.exc_info and record.exc_info[1]:
            fields |= {"error": type(record.exc_info[1]).__qualname__, "at": places_of(record.exc_info[1])}
        # Only the first line: what follows is a traceback or the insides of a task, with values in it.
        message = (str(record.msg) if record.exc_info else record.getMessage()).partition("\n")[0][:300]
        structlog.get_logger().log(record.levelno, message, **fields)


def _take_over_standard_logging() -> None:
    root = logging.getLogger()
    plain = [handler for handler in root.handlers if type(handler) in {logging.StreamHandler, _Handed}]
    for handler in plain:
        root.removeHandler(handler)
    root.addHandler(_Handed())
    # Libraries chat at INFO, and name addresses in full.
    root.setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.asgi"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    access = logging.getLogger("uvicorn.access")
    access.handlers, access.propagate = [], False  # The observer writes its own line, without the raw path.
