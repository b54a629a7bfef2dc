"""A client of foedus, the diplomatic-relations knowledge graph, for notebooks and programs.

Two thin drivers, `Client` and `AsyncClient`, over one reading of what is said (`calls`, `session`) and understood
(`answer`, `errors`, `frames`).
"""

from foedus_client.aio import AsyncClient
from foedus_client.answer import Answer, Column, Coverage, Finding, Moment, Parameter, Question, Row, Verdict
from foedus_client.client import Client
from foedus_client.errors import (
    AccessError,
    BusyError,
    Fault,
    FoedusError,
    InputError,
    NotFoundError,
    Problem,
    ProblemError,
    QueryRefusedError,
    QueryTimeoutError,
    UnreachableError,
    UnreadableError,
    UsageError,
)
from foedus_client.session import Patience

__all__ = [
    "AccessError",
    "Answer",
    "AsyncClient",
    "BusyError",
    "Client",
    "Column",
    "Coverage",
    "Fault",
    "Finding",
    "FoedusError",
    "InputError",
    "Moment",
    "NotFoundError",
    "Parameter",
    "Patience",
    "Problem",
    "ProblemError",
    "QueryRefusedError",
    "QueryTimeoutError",
    "Question",
    "Row",
    "UnreachableError",
    "UnreadableError",
    "UsageError",
    "Verdict",
]
