"""Conditional requests (RFC 9110, 13): whether the caller already has what stands here now."""


def matches(if_none_match: str | None, etag: str) -> bool:
    """Say whether an ``If-None-Match`` header names this entity tag; lists, weak tags and ``*`` count."""
    if if_none_match is None:
        return False
    named = [one.strip().removeprefix("W/") for one in if_none_match.split(",")]
    return "*" in named or etag in named
