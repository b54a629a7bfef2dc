"""What a row of US foreign aid becomes: one contribution in current dollars, one in constant dollars.

They are two units and never one quantity, and neither is a part of the other.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from graph.days import EndConvention, us_fiscal_year
from graph.model.facts import Contribution
from graph.model.records import Attestation, Quantity, WrittenSpan
from graph.model.vocabulary import ContributionKind, QuantityBasis, Stage
from seed.reading import Row
from seed.us_foreign_aid.recipients import code_of

GIVER = "USA"
CURRENT, CONSTANT = "current", "constant"

# An obligation binds the government to pay: the means are set aside, and nothing has been paid yet.
_STAGES = {"Obligations": Stage.ALLOCATED, "Disbursements": Stage.DELIVERED}


@dataclass(frozen=True)
class Edition:
    """What holds for all rows of a file: its source, and the fiscal year whose prices it keeps constant."""

    source: str
    prices_of: str | None

    def unit(self, price_basis: str) -> str:
        """Return the unit of an amount with this price basis."""
        year = f" {self.prices_of}" if price_basis == CONSTANT and self.prices_of else ""
        return f"USD {price_basis}{year}"


def base_year(rows: Iterable[Row]) -> str | None:
    """Return the fiscal year whose prices are the constant ones: the only one in which all amounts agree.

    The file does not name it. None when no year, or more than one, is like that.
    """
    agree: dict[str, bool] = {}
    for row in rows:
        year, current, constant = row["fiscal_year"], row["current_amount"], row["constant_amount"]
        if current != "0" or constant != "0":
            agree[year] = agree.get(year, True) and current == constant
    found = [year for year, every in agree.items() if every]
    return found[0] if len(found) == 1 else None


def contributions(row: Row, to: str, edition: Edition) -> Iterator[Contribution]:
    """Yield what a row says was given to a state. Raises ValueError with the reason when it says nothing."""
    written = row["transaction_type_name"]
    if written not in _STAGES:
        raise ValueError(f"transaction_type_name {written!r} is neither Obligations nor Disbursements.")
    amounts = {basis: row.number(f"{basis}_amount") for basis in (CURRENT, CONSTANT)}
    given = {basis: amount for basis, amount in amounts.items() if amount is not None}
    if not given:
        raise ValueError("It has no amount.")
    for basis, amount in given.items():
        yield _contribution(row, to, edition, basis, amount)


def _contribution(row: Row, to: str, edition: Edition, basis: str, amount: Decimal) -> Contribution:
    year, written, name = row["fiscal_year"], row["transaction_type_name"], row["country_name"]
    return Contribution(
        key=f"usaid.{code_of(name, row['country_code'])}.{year}.{written.lower()}.{basis}",
        kind=ContributionKind.MONEY,
        text=f"US foreign aid to {name}, {written.lower()} of fiscal year {year}, in {basis} dollars.",
        stage=_STAGES[written],
        stage_as_written=written,
        quantity=Quantity(best=amount, unit=edition.unit(basis), basis=QuantityBasis.OFFICIAL),
        span=_span(year),
        by=(GIVER,),
        to=(to,),
        attested_by=(Attestation(source=edition.source, locator=row.place),),
    )


def _span(fiscal_year: str) -> WrittenSpan:
    first, after = us_fiscal_year(fiscal_year)
    return WrittenSpan(
        begins=first.isoformat(),
        ends=(after - timedelta(days=1)).isoformat(),
        ends_are=EndConvention.LAST_DAY_WITH,
        as_written=f"fiscal year {fiscal_year}",
    )
