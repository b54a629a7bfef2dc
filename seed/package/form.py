"""What a package is made of: the names of its files, its manifest, and the columns of what is derived.

`writing` makes one, `reading` takes one in.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

FORMAT = "foedus-package"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
JSON_LD = "graph.jsonld"
LICENCES, CITATION = "LICENCES.txt", "CITATION.txt"

_DAYS = ("in_force", "holds_from", "holds_until", "awaits", "rests_on", "provisional", "modified_by")
DERIVED: dict[str, tuple[str, ...]] = {
    "PARTY_TO": ("party", "agreement", *_DAYS),
    "COMMITS_TO": ("bearer", "beneficiary", "fact", "kind", "binding", "agreement", "provision", *_DAYS),
    "HELD": ("official", "office", *_DAYS),
    "BELONGED_TO": ("member", "organization", *_DAYS),
}
"""The columns of each derived relationship."""


def records_file(label: str) -> str:
    """Return the name of the file with the records of a label."""
    return f"records/{label}.csv"


def derived_file(kind: str) -> str:
    """Return the name of the file with the derived relationships of a type."""
    return f"derived/{kind}.csv"


class FileOf(BaseModel):
    """One file of a package."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="Hash of its bytes.")
    rows: int | None = Field(None, ge=0, description="Rows below its header, where it is a table.")


class Manifest(BaseModel):
    """What a package says of itself."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    format: str = Field(description="Always the same word.")
    format_version: int = Field(description="Version of the form of packages.")
    foedus: str = Field(description="Version of foedus that wrote it.")
    model: str = Field(description="Hash of the labels and their columns.")
    known_at: str = Field(description="The state of knowledge that it holds.")
    answer: Mapping[str, Any] | None = Field(None, description="The answer that it is about; none for a whole graph.")
    files: Mapping[str, FileOf] = Field(description="Every other file by its name.")
