"""Finds in the server's log why it did not start. Called by `server`."""

from pathlib import Path

LAST_BYTES = 100_000
LONGEST = 300
EMPTY_WORDS = "Error occurred during initialization of VM"
TAKEN = ("Address already in use", "PortBindException", "is already bound")


def _rows(log: Path) -> list[str]:
    try:
        text = log.read_bytes()[-LAST_BYTES:].decode("utf-8", "replace")
    except OSError:
        return []
    return [row.strip() for row in text.splitlines() if row.strip() not in {"", EMPTY_WORDS}]


def port_was_taken(log: Path) -> bool:
    """Return whether the server says that it could not have its port."""
    return any(sign in row for row in _rows(log) for sign in TAKEN)


def telling_line(log: Path) -> str:
    """Return the line of a log that most likely says what went wrong, or an empty text.

    Java names the first cause last, so that comes before the first line with an error, and this before the last line.
    """
    rows = _rows(log)
    causes = [row for row in rows if row.startswith("Caused by:")]
    errors = [row for row in rows if "ERROR" in row or "Error" in row or "Exception" in row]
    found = causes[-1:] or errors[:1] or rows[-1:]
    return found[0][:LONGEST] if found else ""
