"""Parameters of an address, for APIs that page by token, offset or number: the next page is asked as this one was."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


def with_parameters(url: str, **values: str | int) -> str:
    """The same address with these parameters in place of those of the same name. Empty for what is no address."""
    try:
        parts = urlsplit(url)
        kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in values]
        return urlunsplit(parts._replace(query=urlencode([*kept, *values.items()]), fragment=""))
    except ValueError:
        return ""


def number_in(url: str, name: str, *, otherwise: int) -> int:
    """A parameter that is a small number; `otherwise` where it is missing or something else."""
    try:
        text = dict(parse_qsl(urlsplit(url).query)).get(name, "")
    except ValueError:
        return otherwise
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else otherwise
