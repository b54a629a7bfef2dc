"""How often a regular expression may try again: what is repeated in it, read from its text. Used by `graph.growth`.

Java tries a text again for each way in which repeated parts can share it; a repeated group multiplies the ways with
each sign of the text. So only single signs and classes are repeated, and few of them.
"""

import re

LONGEST, MOST_REPEATED, LARGEST_NUMBER = 200, 3, 100
_PART = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\)\s*[*+{]|[*+]|\{\d*,?\d*\}|.", re.DOTALL)
_REFERENCE = re.compile(r"\\[1-9kQ]")


def repeated(pattern: str) -> int | None:
    """Return how many parts of a regular expression are repeated; None for too many, and for what is not tried."""
    pattern = pattern.removeprefix("(?i)")
    parts = _PART.findall(pattern)
    numbers = [int(number) for part in parts if part[0] == "{" for number in re.findall(r"\d+", part)]
    groups = any(part[0] == ")" and part != ")" for part in parts)
    if (
        len(pattern) > LONGEST
        or groups
        or any(map(_REFERENCE.match, parts))
        or max(numbers, default=0) > LARGEST_NUMBER
    ):
        return None
    # A comment may stand between a group and its repetition.
    if "(?" in pattern or "[^[" in pattern or "&&" in pattern:
        return None
    times = sum(part in {"*", "+"} or (part[0] == "{" and part != "{") for part in parts)
    return times if times <= MOST_REPEATED else None
