"""An answer as iCalendar (RFC 5545), by the `calendar` of its question's header: each row an event of a whole day."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from importlib.metadata import version
from typing import Any

import icalendar
import orjson

from graph.catalog import Question
from graph.understood import Answer
from service.answers import as_text

# RFC 5545 admits no control character in a text but the tab; a newline is written as an escape.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def to_ics(answer: Answer) -> bytes:
    """Write the rows that have a day. The same question of the same state of knowledge gives the same bytes.

    An event keeps its UID as long as its row is about the same thing (`identity` of the header), so that a calendar
    that subscribes to this moves an event whose day was corrected, and does not double it.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//foedus//foedus {version('foedus')}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", answer.question.header.title)
    for event in _events(answer):
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _events(answer: Answer) -> Iterator[icalendar.Event]:
    shown = answer.question.header.calendar
    assert shown is not None  # noqa: S101 - offered by no other question
    for record in answer.records:
        if record[shown.day] is None:
            continue
        event = icalendar.Event()
        event.add("uid", f"{_identity(answer.question, record)}@foedus")
        event.add("dtstamp", answer.known_at.replace(microsecond=0))
        event.add("dtstart", date.fromisoformat(record[shown.day]))
        event.add("summary", _text(record[shown.summary]))
        if shown.description and record[shown.description] is not None:
            event.add("description", _text(record[shown.description]))
        # It takes no time of anybody's day.
        event.add("transp", "TRANSPARENT")
        yield event


def _identity(question: Question, record: Mapping[str, Any]) -> str:
    parts = [question.name, *(record[name] for name in question.identity)]
    return sha256(orjson.dumps(parts, default=str)).hexdigest()[:32]


def _text(value: Any) -> str:
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", as_text(value).replace("\r\n", "\n").replace("\r", "\n"))
