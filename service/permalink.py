"""The address that asks for one answer again, whatever is recorded later."""

from collections.abc import Iterable
from urllib.parse import urlencode

from graph.catalog import Question
from graph.parameters import Asked
from graph.understood import Understood
from service.forms import Format
from service.middleware import LONGEST_ADDRESS

FOREVER = f"max-age={365 * 24 * 60 * 60}, immutable"


def permalink(question: Question, again: Iterable[tuple[str, str]], form: Format = Format.JSON) -> str | None:
    """Return path and query that ask a question again; None where they would be longer than an address may be.

    What a batch asks can be longer than any address.
    """
    # JSON is what whoever names no form gets.
    pairs = [*again, *([] if form is Format.JSON else [("format", form)])]
    address = f"{question.address}?{urlencode(pairs)}"
    return address if len(address) <= LONGEST_ADDRESS else None


def pins_everything(asked: Asked, understood: Understood) -> bool:
    """Return whether what was asked names everything that its answer depends on, so that only an erasure changes it.

    That is the day, a state of knowledge that is committed, this file, and keys instead of names: a name may come to
    mean something else.
    """
    compared = understood.against and understood.against.known_at
    return (
        asked.digest == understood.question.digest
        and asked.known_at == understood.known_at
        and asked.compare_known_at in {None, compared}
        and getattr(asked, "on", None) == understood.on
        and all(getattr(asked, name) == value for name, value in understood.parameters.items())
    )
