"""The sixteen contested claims, and the contributions that they are about."""

from dataclasses import dataclass

import pytest

from graph.model import Record
from graph.model.facts import Claim, Contribution

TROOPS = "contribution.PRK-RUS.troops-in-russia"
KURSK = f"{TROOPS}.in-kursk-oblast"
SENT = "contribution.PRK-RUS.troops-sent"
TREATY = "PRK-RUS.2024-strategic-partnership"
PENTAGON = "USA.department-of-defense"


@dataclass(frozen=True)
class Expected:
    """A claim as a person would write it down from the row; `number` is low, best, high."""

    stance: str
    about: tuple[str, ...]
    by: tuple[tuple[str, str | None], ...]
    made_on: str
    number: tuple[int | None, int | None, int | None] | None = None
    towards: str = "fact"


def _speaks(actor: str, on_behalf_of: str | None = None) -> tuple[tuple[str, str | None], ...]:
    return ((actor, on_behalf_of),)


CLAIMS = {
    "C01": Expected("asserts", (TROOPS,), _speaks(PENTAGON), "2024-10-28", (3000, 3000, 3000)),
    "C02": Expected(
        "asserts",
        (f"{TROOPS}.in-training",),
        _speaks("singh-sabrina", PENTAGON),
        "2024-10-28",
        (10000, 10000, 10000),
    ),
    "C03": Expected("asserts", (KURSK,), _speaks("rutte-mark", "NATO"), "2024-10-28"),
    "C04": Expected("asserts", (TROOPS,), _speaks("UKR"), "2024-10", (12000, 12000, 12000)),
    "C05": Expected("asserts", (TROOPS,), _speaks("ryder-pat", PENTAGON), "2024-11", (11000, None, 12000)),
    "C06": Expected("asserts", (KURSK,), _speaks("ryder-pat", PENTAGON), "2024-11", (10000, None, None)),
    "C07": Expected("denies", (KURSK,), (*_speaks("RUS"), *_speaks("PRK")), "2024-12-05"),
    "C08": Expected("evades", (TROOPS, TREATY), _speaks("lavrov-sergey", "RUS"), "2024-10-28"),
    "C09": Expected("confirms", (TROOPS,), (), "2025-04"),
    "C10": Expected("asserts", (SENT,), _speaks("KOR.officials"), "2025-04", (14000, 14000, 14000)),
    "C11": Expected("asserts", (TREATY,), _speaks("rudenko-andrey", "RUS"), "2024-10-24", towards="sentence"),
    "C12": Expected("asserts", ("PRK", "RUS", TREATY), _speaks("kim-jong-un", "PRK"), "2024-06-20", towards="sentence"),
    "C13": Expected(
        "asserts", (f"{TREATY}.4.defence",), _speaks("yevstigneyeva-anna", "RUS"), "2024-11-04", towards="sentence"
    ),
    "C14": Expected("asserts", (f"{TREATY}.decree.PRK.per-tass",), _speaks("tass-2024-12-05"), "2024-12-05"),
    "C15": Expected(
        "asserts",
        (f"{TREATY}.decree.PRK.per-al-mayadeen",),
        _speaks("al-mayadeen-english-2024-12-05"),
        "2024-12-05",
    ),
    "C16": Expected("asserts", (TROOPS,), _speaks("rutte-mark", "NATO"), "2024-10-28", towards="sentence"),
}


@pytest.mark.parametrize("row", CLAIMS)
def test_claim(row: str, shipped: dict[str, Record]) -> None:
    claim = shipped[f"claim.{row}"]
    assert isinstance(claim, Claim)
    number = claim.quantity
    low_best_high = number and tuple(
        None if value is None else int(value) for value in (number.low, number.best, number.high)
    )
    assert CLAIMS[row] == Expected(
        claim.stance,
        claim.about,
        tuple((one.actor, one.on_behalf_of) for one in claim.by),
        claim.made_on.edtf,
        low_best_high,  # type: ignore[arg-type]
        claim.towards,
    )


def test_those_sent_are_told_from_those_present(shipped: dict[str, Record]) -> None:
    measures = {
        key: record.quantity.measure.value
        for key, record in shipped.items()
        if isinstance(record, Claim) and record.quantity and record.quantity.measure
    }
    assert {key for key, measure in measures.items() if measure == "sent"} == {"claim.C10"}
    rows = ("A08", "A09", "A10", "A11", "C01", "C02", "C04", "C05", "C06", "C10")
    assert set(measures) == {f"claim.{row}" for row in rows}
    sent = shipped[SENT]
    assert isinstance(sent, Contribution)
    assert (sent.measure, sent.span.begins, sent.span.ends, sent.part_of) == ("sent", "2024-10", "2025-04", None)


def test_an_estimate_is_told_from_a_report(shipped: dict[str, Record]) -> None:
    bases = {
        key: record.quantity.basis.value
        for key, record in shipped.items()
        if isinstance(record, Claim) and record.quantity
    }
    estimated = {key for key, basis in bases.items() if basis == "estimated"}
    assert estimated == {"claim.A08", "claim.A09", "claim.A10", "claim.C01"}


def test_nearly_is_kept_as_written(shipped: dict[str, Record]) -> None:
    claim = shipped["claim.A08"]
    assert isinstance(claim, Claim)
    assert claim.quantity is not None
    assert claim.quantity.text == "nearly 12000"


def test_parts_of_the_troops(shipped: dict[str, Record]) -> None:
    parts = {key for key, one in shipped.items() if isinstance(one, Contribution) and one.part_of == TROOPS}
    assert parts == {f"{TROOPS}.{name}" for name in ("officers", "generals", "in-kursk-oblast", "in-training")}
    whole = shipped[TROOPS]
    assert isinstance(whole, Contribution)
    assert (whole.stage, whole.measure, whole.parts_disjoint) == ("delivered", "present", False)
    assert whole.follows == ("contribution.PRK-RUS.troops-prepared",)
    assert {seen.source for seen in whole.attested_by} == {
        "voz-2024-10-28",
        "mosaic-2024-11",
        "dagens-2024-10",
        "news-article-on-the-choe-lavrov-meeting-2024-11",
    }


def test_disputed_numbers_stand_in_claims_alone(shipped: dict[str, Record]) -> None:
    counted = [key for key, one in shipped.items() if isinstance(one, Contribution) and one.quantity]
    assert counted == ["contribution.PRK-RUS.troops-prepared"]


def test_no_claim_links_the_deployment_to_a_commitment(shipped: dict[str, Record]) -> None:
    assert [key for key, one in shipped.items() if isinstance(one, Claim) and one.fulfils] == []


def test_the_day_spoken_of_is_not_the_day_made(shipped: dict[str, Record]) -> None:
    claim = shipped["claim.C14"]
    assert isinstance(claim, Claim)
    assert claim.speaks_of is not None
    assert (claim.speaks_of.begins, claim.made_on.edtf) == ("2024-11-11", "2024-12-05")
