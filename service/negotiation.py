"""What HTTP's own headers ask for: the form of an answer, and whether the client has it already."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import parse_qsl

from service.errors import MalformedError, NotAcceptableError

MOST_PAIRS = 200


def query_pairs(query_string: bytes) -> list[tuple[str, str]]:
    """Read the query into (name, text) pairs. Raises MalformedError for what is no UTF-8."""
    try:
        return parse_qsl(query_string.decode(), keep_blank_values=True, errors="strict", max_num_fields=MOST_PAIRS)
    except UnicodeDecodeError:
        raise MalformedError("The query is not UTF-8.", "Percent-encode the bytes of UTF-8.") from None
    except ValueError:
        raise MalformedError(f"The query has more than {MOST_PAIRS} parameters.", "Give fewer.") from None


def best_of(accept: str | None, offered: Sequence[str]) -> str:
    """Return the media type a client likes best among those offered, the first of equals. Raises NotAcceptableError."""
    weights: dict[str, float] = {}
    for media_range, weight in _ranges(accept or "*/*"):
        weights.setdefault(media_range, weight)
    best = max(offered, key=lambda media_type: _quality(media_type, weights))
    if not _quality(best, weights):
        raise NotAcceptableError(f"Accept: {accept} admits no answer.", f"There are {', '.join(offered)}.")
    return best


def _ranges(accept: str) -> Iterable[tuple[str, float]]:
    for one in accept.split(","):
        media_range, *parameters = [part.strip().lower() for part in one.split(";")]
        weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        try:
            yield media_range, min(max(float(weight), 0.0), 1.0)
        except ValueError:
            continue  # A range whose weight cannot be read says nothing.


def _quality(media_type: str, weights: Mapping[str, float]) -> float:
    """Return the weight of the most specific range that a media type falls into."""
    for wanted in (media_type, media_type.split("/", maxsplit=1)[0] + "/*", "*/*"):
        if wanted in weights:
            return weights[wanted]
    return 0.0


def takes_gzip(accept_encoding: str | None) -> bool:
    """Return whether a client takes an answer that is compressed."""
    weights = dict(_ranges(accept_encoding or ""))
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def has_already(if_none_match: str | None, etag: str) -> bool:
    """Return whether one of the client's tags is this one, compared weakly as RFC 9110 says for If-None-Match."""
    if if_none_match is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in tags or etag.removeprefix("W/") in tags
