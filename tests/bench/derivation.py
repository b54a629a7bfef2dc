"""What deriving takes without a database: one large agreement, one twice as large, and many small ones."""

import time
from collections.abc import Sequence
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from graph.derive import derive
from graph.model.facts import Act, Commitment, Reservation, Term
from graph.model.records import Fact

UNIT = "agreement"
SOURCE: Any = [{"source": "s"}]


def agreement(parties: int, reservations: int) -> list[Fact]:
    """Return the facts of an agreement in force with a mutual clause."""
    states = [f"S{number}" for number in range(parties)]
    return [
        *(Act(key=f"a.{one}", kind="ratification", day="1999-01-01", by=one, on=UNIT, attested_by=SOURCE)
          for one in states),
        Act(key="a", kind="entry_into_force", day="2000-01-01", on=UNIT, verified_on=date(2020, 1, 1),
            attested_by=SOURCE),
        Term(key="t", kind="duration", value="indefinite", of=UNIT, attested_by=SOURCE),
        Commitment(key="c", kind="defence", bearers="each_party", beneficiaries="each_other_party", under=UNIT,
                   arises_from="article.1", attested_by=SOURCE),
        *(Reservation(key=f"r.{one}", effect="excludes", by=one, to=["article.1"], attested_by=SOURCE,
                      span={"begins": "unlimited", "ends": "unlimited"})
          for one in states[:reservations]),
    ]  # fmt: skip


def measure_derivation() -> None:
    """Print pieces and seconds of processor time of each, so that what else the machine does falls out."""
    table = Table("derived without a database", "pieces", "CPU seconds", box=None)
    for named, agreements in (
        ("1 agreement of 50 parties, 10 reservations", [agreement(50, 10)]),
        ("1 agreement of 100 parties, 20 reservations", [agreement(100, 20)]),
        ("1,000 agreements of 2 parties", [agreement(2, 0)] * 1000),
        ("5,000 agreements of 2 parties", [agreement(2, 0)] * 5000),
    ):
        table.add_row(named, *_measured(agreements))
    Console().print(table)


def _measured(agreements: Sequence[Sequence[Fact]]) -> tuple[str, str]:
    begun = time.process_time()
    pieces = sum(len(derive(UNIT, facts)) for facts in agreements)
    return f"{pieces:,}", f"{time.process_time() - begun:.2f}"
