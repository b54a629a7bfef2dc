"""The headers by which a writer says which version it means, and which change set: If-Match, Idempotency-Key.

A record's tag is the number of its version, `"3"`.
"""

import re

from fastapi import Request

from graph.errors import InputError, Problem, StaleVersionError, pointer
from graph.model.rules import Rule
from service.errors import MalformedError, PreconditionError

MUST_NOT_EXIST = 0
IN_HEADER = pointer("header", "Idempotency-Key")
_NAME_IT = 'Send If-Match: "3", the ETag that GET of its address with /record at the end gives.'
_TAGS = re.compile(r'(?:W/)?"[^"]*"(?:\s*,\s*(?:W/)?"[^"]*")*')
_TAG = re.compile(r'"([1-9]\d{0,17})"')
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


def tag_of(version: int) -> str:
    """Return the tag of a version."""
    return f'"{version}"'


def _once(request: Request, name: str) -> str | None:
    """Return a header that is there once. Raises MalformedError when it is there more often."""
    given = request.headers.getlist(name)
    if len(given) > 1:
        raise MalformedError(f"The request has more than one {name} header.", "Send it once.")
    return given[0] if given else None


def version_to_replace(request: Request) -> int:
    """Return the version that If-Match names.

    Raises PreconditionError when it is missing or names none, MalformedError for what is no tag, StaleVersionError for
    a tag that no version has.
    """
    given = _once(request, "If-Match")
    if given is None:
        raise PreconditionError("A change names the version that it replaces.", _NAME_IT)
    if given.strip() == "*":
        raise PreconditionError("If-Match: * names no version.", _NAME_IT)
    if tag := _TAG.fullmatch(given.strip()):
        return int(tag[1])
    if not _TAGS.fullmatch(given.strip()):
        raise MalformedError(f"If-Match: {given!r} is no tag.", _NAME_IT)
    message = f"No version has the tag {given}."
    raise StaleVersionError([Problem(pointer("header", "If-Match"), message, _NAME_IT, Rule.STALE_VERSION)])


def version_to_put(request: Request) -> int:
    """Return the version that a put replaces: 0, nothing, with `If-None-Match: *`, else that of If-Match.

    Raises the same errors, and MalformedError when it says both.
    """
    creates = request.headers.get("If-None-Match")
    if creates is None:
        if "If-Match" not in request.headers:
            hint = 'Send If-None-Match: * to create, or If-Match: "3" (the ETag you read) to correct.'
            raise PreconditionError("A put says whether it creates or corrects.", hint)
        return version_to_replace(request)
    if "If-Match" in request.headers:
        raise MalformedError("If-Match and If-None-Match cannot both hold.", "Send one of them.")
    if creates.strip() != "*":
        raise MalformedError(f"If-None-Match: {creates} does not say that it creates.", "Send If-None-Match: *.")
    return MUST_NOT_EXIST


def idempotency_key(request: Request, author: str) -> str | None:
    """Return the key under which the graph remembers the change set: the author's own. Raises InputError."""
    given = _once(request, "Idempotency-Key")
    if given is None:
        return None
    if not _KEY.fullmatch(given):
        message = "An Idempotency-Key has 1 to 200 printable characters of ASCII and no space."
        raise InputError([Problem(IN_HEADER, message, "A UUID will do.")])
    # The client's part has no space, so that no two authors can ever mean the same.
    return f"{author} {given}"
