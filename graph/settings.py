"""Every setting of foedus: one field, one environment variable, one sentence.

Read once by whoever starts the product (a command, a test) and passed down.
"""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

Line = Literal["5.26.30", "2026.08.1"]


def _xdg(variable: str, fallback: str) -> Path:
    # The XDG base directory specification says that a relative path must be ignored.
    named = Path(os.environ.get(variable, ""))
    return (named if named.is_absolute() else Path.home() / fallback) / "foedus"


class Settings(BaseSettings):
    """Settings with their defaults; each is read from the environment variable `FOEDUS_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="FOEDUS_", extra="ignore", env_ignore_empty=True)

    neo4j_uri: str | None = Field(
        None,
        description=(
            "Bolt address of the Neo4j to use: bolt:// for one server, neo4j:// for a cluster, whose readers then "
            "answer what only reads; when left out foedus starts one of its own."
        ),
    )
    neo4j_user: str = Field("neo4j", description="User name at the Neo4j of `neo4j_uri`.")
    neo4j_password: SecretStr | None = Field(None, description="Password at the Neo4j of `neo4j_uri`.")
    neo4j_password_file: Path | None = Field(None, description="File that holds that password, instead of it.")
    neo4j_wait_seconds: float = Field(
        0.0, ge=0, le=3600, description="Longest wait for the Neo4j of `neo4j_uri` to answer when a command begins."
    )
    neo4j_chained: bool | None = Field(
        None,
        description=(
            "Whether each read comes after all that this process has seen, by bookmarks, since members of a cluster "
            "lag behind each other; when left out, where `neo4j_uri` is a neo4j:// address."
        ),
    )
    neo4j_database: str = Field("neo4j", description="Name of the database at that server.")
    data: Path = Field(
        default_factory=lambda: _xdg("XDG_DATA_HOME", ".local/share"),
        description="Folder in which a Neo4j of one's own keeps its data, password and logs.",
    )
    cache: Path = Field(
        default_factory=lambda: _xdg("XDG_CACHE_HOME", ".cache"),
        description="Folder into which the jars and the Java runtime of a Neo4j of one's own are fetched once.",
    )
    line: Line = Field("5.26.30", description="Version of a Neo4j of one's own.")
    heap_mb: int = Field(1024, ge=256, description="Java heap of a Neo4j of one's own, in MiB.")
    page_cache_mb: int = Field(256, ge=16, description="Page cache of a Neo4j of one's own, in MiB.")
    replan_seconds: int = Field(
        10,
        ge=0,
        description="Age in seconds at which a Neo4j of one's own plans a text anew if the graph has changed much.",
    )
    host: str = Field("127.0.0.1", description="Address at which the service listens.")
    port: int = Field(
        8000,
        ge=0,
        le=65535,
        validation_alias="PORT",
        description="Port at which the service listens (variable `PORT`).",
    )
    allowed_hosts: list[str] = Field(
        ["127.0.0.1", "localhost", "[::1]"],
        description="Values of the Host header that are answered beside `host`, as a JSON list; `*` answers any.",
    )
    cors_origins: list[str] = Field(
        [], description="Origins whose pages may call the service from a browser, as a JSON list."
    )
    open_reads: bool = Field(False, description="Whether who reads from beyond this machine needs no key.")
    shipped: bool = Field(True, description="Whether `foedus serve` loads what foedus ships into the graph.")
    data_sets: list[str] = Field(
        ["ggo-agreements", "us-foreign-aid"],
        description="Data sets that foedus brings along and loads behind its first answers, as a JSON list.",
    )
    query_seconds: float = Field(10.0, gt=0, le=600, description="Longest time a question may take in the database.")
    write_seconds: float = Field(
        300.0, gt=0, le=3600, description="Longest time a change set may take in the database, its wait for others too."
    )
    write_wait_seconds: float = Field(
        30.0, gt=0, le=600, description="Longest wait for the turn to write in this process, before answering busy."
    )
    change_operations: int = Field(10_000, ge=1, le=100_000, description="Most operations of a change set over HTTP.")
    event_streams: int = Field(100, ge=1, le=10_000, description="Most clients at once that take the feed as events.")
    change_bytes: int = Field(16 * 1024**2, ge=1024, description="Most bytes of a body that writes.")
    pool_size: int = Field(16, ge=1, le=1000, description="Most connections to Neo4j at once.")
    acquire_seconds: float = Field(
        5.0, gt=0, description="Longest wait for a free connection, or for a batch's turn, before answering busy."
    )
    cache_mb: int = Field(
        64, ge=0, le=100_000, description="Most mebibytes of answers kept in the process; 0 keeps none."
    )
    known_at_ms: int = Field(
        250, ge=0, description="Age in milliseconds after which the last committed instant is read again."
    )

    batch_lines: int = Field(10_000, ge=1, description="Most lines of a batch, each a question.")
    batch_bytes: int = Field(8 * 1024**2, ge=1024, description="Most bytes of a batch; they are kept until it is done.")
    batch_at_once: int = Field(
        4, ge=1, le=100, description="Most lines of one batch that are asked at once, each with a connection to Neo4j."
    )
    batches: int = Field(2, ge=1, le=100, description="Most batches at once; whoever sends one more waits for a turn.")
    cypher_rows: int = Field(10_000, ge=1, le=1_000_000, description="Most rows of a query of one's own.")
    cypher_bytes: int = Field(
        8 * 1024**2, ge=1024, le=2**30, description="Most bytes of the rows of a query of one's own, as JSON."
    )
    cypher_seconds: float = Field(
        10.0, gt=0, le=600, description="Longest time a query of one's own may take in the database."
    )
    cypher_at_once: int = Field(
        2, ge=1, le=100, description="Most queries of one's own, and checks of them, at once; others wait for a turn."
    )
    cypher_body_bytes: int = Field(
        1024**2, ge=1024, le=2**26, description="Most bytes of the body with a query of one's own and its parameters."
    )

    def password(self) -> str:
        """Return the password at `neo4j_uri`: the field, else the file's first line, else empty."""
        if self.neo4j_password is not None:
            return self.neo4j_password.get_secret_value()
        if self.neo4j_password_file is not None:
            return self.neo4j_password_file.read_text(encoding="utf-8").splitlines()[0]
        return ""
