"""US foreign aid by country and fiscal year: what the United States set aside for a state, and what they paid.

Obligations and disbursements are contributions at two stages. The file links no payment to what was set aside for it,
so none follows another here, and aid makes no commitment.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from graph.model import Record
from seed.importing.codes import Codes
from seed.importing.mapped import DataSet, Group, Mapped
from seed.reading import Row, Table, read_file
from seed.rejects import Reject, reason_of
from seed.sources import data_sets
from seed.us_foreign_aid.amounts import Edition, base_year, contributions
from seed.us_foreign_aid.recipients import recipient

FILE = "us_foreign_aid_country.csv"
DATA_SET = "us-foreign-aid"
SHIPPED = (Path(__file__).parent.parent / "data" / DATA_SET / f"{FILE}.xz",)
SOURCE = data_sets()[DATA_SET]


def _row_id(cells: Mapping[str, str]) -> str:
    code = cells["country_code"]
    who = cells["country_name"] if code == "NULL" else code
    return f"{who} {cells['fiscal_year']} {cells['transaction_type_name']}"


TABLE = Table(
    file=FILE,
    header=(
        "country_code", "country_name", "region_id", "region_name", "income_group_acronym", "income_group_name",
        "transaction_type_id", "transaction_type_name", "fiscal_year", "current_amount", "constant_amount",
    ),
    row_id=_row_id,
    numbers=("current_amount", "constant_amount"),
)  # fmt: skip


def map_rows(paths: Sequence[Path], codes: Codes) -> Mapped:
    """Read the file and map each row; the groups are countries. Raises SeedFileError when it cannot be read."""
    (path,) = paths
    read = read_file(path, TABLE)
    return Mapped({FILE: len(read.rows) + len(read.rejects)}, _groups(read.rows.values(), read.rejects, codes))


US_FOREIGN_AID = DataSet(DATA_SET, SOURCE, (FILE,), map_rows, shipped=SHIPPED)


def _groups(rows: Collection[Row], unread: Sequence[Reject], codes: Codes) -> Iterator[Group]:
    if unread:
        yield Group("Rows that cannot be read", rejects=tuple(unread))
    countries: dict[str, list[Row]] = {}
    for row in rows:
        countries.setdefault(row["country_name"], []).append(row)
    edition = Edition(SOURCE.key, base_year(rows))
    for name, of_country in sorted(countries.items()):
        yield _group(name, of_country, codes, edition)


def _group(name: str, rows: Iterable[Row], codes: Codes, edition: Edition) -> Group:
    records: list[Record] = []
    rejects: list[Reject] = []
    loaded = 0
    for row in rows:
        try:
            # Whole or not at all: a row that is rejected leaves nothing behind.
            records += tuple(contributions(row, recipient(row, codes), edition))
            loaded += 1
        except ValueError as error:
            rejects.append(row.reject(reason_of(error)))
    return Group(name, tuple(records), {FILE: loaded} if loaded else {}, rejects=tuple(rejects))
