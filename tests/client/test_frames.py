"""Answers as frames of both libraries: types, nulls, days at the ends of time, and no rows."""

import sys
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import polars as pl
import pytest

from foedus_client import Answer, Client, Column, Row, UsageError

FIRST, LAST = "0001-01-01", "9999-12-31"
INSTANT = "2026-01-01T00:00:00.000001Z"
EVIDENCE = [{"source": "tass", "quote": None}, {"source": "kcna", "locator": "art. 4", "quote": "all"}]
COLUMNS = {
    "integer": (2**60, None),
    "number": (1, 2.5),
    "boolean": (True, None),
    "day": (FIRST, LAST),
    "instant": (INSTANT, None),
    "string": ("текст", None),
    "list of string": ([], ["a", "b"]),
    "list of evidence": ([], EVIDENCE),
    "list of was": ([{"column": "a", "value": None}], [{"column": "b", "value": ["x"]}, {"column": "c", "value": 1}]),
    "linked": ({"key": "a"}, {"key": "b", "says": "B"}),
}


def answer_of(columns: dict[str, tuple[Any, ...]]) -> Answer:
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    known_at = datetime(2026, 1, 1, tzinfo=UTC)
    described = tuple(Column(name, name, "") for name in columns)
    return Answer("a_question", described, rows, None, known_at, truncated=False)


def test_pandas_has_types_that_lose_nothing() -> None:
    frame = answer_of(COLUMNS).to_pandas()
    assert list(frame.columns) == list(COLUMNS)
    assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
        "integer": "Int64", "number": "float64", "boolean": "boolean", "day": "datetime64[s]",
        "instant": "datetime64[us, UTC]", "string": "string", "list of string": "object", "list of evidence": "object",
        "list of was": "object", "linked": "object",
    }  # fmt: skip
    assert frame["integer"][0] == 2**60
    assert frame["integer"].isna().tolist() == frame["boolean"].isna().tolist() == [False, True]
    assert [day.date() for day in frame["day"]] == [date(1, 1, 1), date(9999, 12, 31)]
    assert frame["instant"][0] == pd.Timestamp(INSTANT)
    assert frame["list of evidence"][1] == EVIDENCE


def test_polars_has_types_that_lose_nothing() -> None:
    frame = answer_of(COLUMNS).to_polars()
    evidence = pl.List(pl.Struct({"source": pl.String, "quote": pl.String, "locator": pl.String}))
    assert dict(frame.schema) == {
        "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "day": pl.Date,
        "instant": pl.Datetime("us", "UTC"), "string": pl.String, "list of string": pl.List(pl.String),
        "list of evidence": evidence, "list of was": pl.Object,
        "linked": pl.Struct({"key": pl.String, "says": pl.String}),
    }  # fmt: skip
    assert frame["integer"].to_list() == [2**60, None]
    assert frame["number"].to_list() == [1.0, 2.5]
    assert frame["day"].to_list() == [date(1, 1, 1), date(9999, 12, 31)]
    assert frame["list of evidence"][1].to_list()[1] == {"source": "kcna", "locator": "art. 4", "quote": "all"}
    assert frame["list of was"].to_list() == list(COLUMNS["list of was"])


@pytest.mark.parametrize("odd", ["2024-10", "0000-12-31", "-0044-03-15", "10000-01-01", "2024-W01-1", "open"])
def test_days_that_are_none_stay_text(odd: str) -> None:
    answer = answer_of({"day": ("2024-12-04", None, odd)})
    assert str(answer.to_pandas().dtypes["day"]) == "string"
    assert answer.to_polars()["day"].to_list() == ["2024-12-04", None, odd]


def test_null_days_are_no_days() -> None:
    answer = answer_of({"day": (None, LAST)})
    assert answer.to_pandas()["day"].isna().tolist() == [True, False]
    assert answer.to_polars()["day"].to_list() == [None, date(9999, 12, 31)]


def test_columns_without_types_are_read_from_their_values() -> None:
    rows: list[Row] = [
        {"n": 1, "x": 1, "words": ["a"], "nothing": None},
        {"n": None, "x": 0.5, "words": [], "nothing": None},
    ]
    columns = tuple(map(Column, rows[0]))
    answer = Answer(None, columns, rows, None, datetime(2026, 1, 1, tzinfo=UTC), truncated=False)
    assert [str(dtype) for dtype in answer.to_pandas().dtypes] == ["Int64", "float64", "object", "string"]
    assert answer.to_polars().dtypes == [pl.Int64, pl.Float64, pl.List(pl.String), pl.String]


def test_no_rows_leave_the_columns(client: Client) -> None:
    answer = client.ask("commitments_owed_to_state", state="RUS", on="1990-01-01")
    names = [column.name for column in answer.columns]
    assert answer.rows == []
    assert list(answer.to_pandas().columns) == answer.to_polars().columns == names
    assert answer.to_polars().schema["provisional"] == pl.Boolean


def test_answers_of_the_service_become_frames(client: Client) -> None:
    estimates = client.ask("quantity_estimates", contribution="contribution.PRK-RUS.troops-in-russia")
    pandas, polars = estimates.to_pandas(), estimates.to_polars()
    assert len(pandas) == len(polars) == len(estimates)
    assert str(pandas.dtypes["made_earliest"]) == "datetime64[s]"
    assert polars.schema["made_earliest"] == pl.Date
    assert polars["high"].null_count() == pandas["high"].isna().sum() == 2
    assert polars["evidence"].to_list() == pandas["evidence"].tolist() == [row["evidence"] for row in estimates]


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_missing_is_named(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(UsageError, match=rf"{library} is not installed here\. Install foedus-client\[{library}\]"):
        getattr(answer_of({"day": (None,)}), f"to_{library}")()
