"""The data sets named in `sources.toml`, as Source records."""

import tomllib
from functools import cache
from pathlib import Path

from graph.model.entities import Source

_FILE = Path(__file__).with_name("sources.toml")


@cache
def data_sets() -> dict[str, Source]:
    """Return the data sets by key."""
    tables = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {key: Source.model_validate({"key": key} | fields) for key, fields in tables.items()}
