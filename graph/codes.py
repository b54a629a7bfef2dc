"""Which codes stand for what: read once by an import, and by whoever writes numbers of states into a table."""

from dataclasses import dataclass
from datetime import date, datetime

from graph.database import Reads
from graph.statements import statement


@dataclass(frozen=True, slots=True)
class Code:
    """A code in a scheme, the key of what it stands for, and the days on which it may: half-open; `acts`: an actor."""

    scheme: str
    code: str
    key: str
    begins: date
    ends: date
    acts: bool = True


async def read_codes(reads: Reads, known_at: datetime, scheme: str | None = None) -> list[Code]:
    """Return the codes in a state of knowledge, of one scheme or all."""
    (row,) = await reads.read("read/codes", statement("read/codes"), {"scheme": scheme, "known_at": known_at})
    return [
        Code(**told | {bound: date.fromisoformat(told[bound]) for bound in ("begins", "ends")}) for told in row["codes"]
    ]
