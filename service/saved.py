"""Saved questions as HTTP has them: what is told of one, and who asks. The routes and the command use it."""

from datetime import datetime
from typing import Any, cast

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field

from graph.errors import CatalogError, Problem, QueryRefusedError
from graph.keys import ApiKey, Scope
from graph.saved import DEFAULT_TOPIC, MOST_LISTED, Filters, Imported, Saved, Who
from service.routes.catalogue import QuestionAbout, about

USUAL_LISTED = 100


class Listing(BaseModel):
    """Which saved questions are listed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    q: str | None = Field(
        None, min_length=1, max_length=200, description="Words of its name, title, description or tags."
    )
    tag: str | None = Field(None, description="One of its tags.")
    topic: str | None = Field(None, description="Its topic.")
    owner: str | None = Field(None, description="Who owns it.")
    draft: bool | None = Field(None, description="Only drafts, or only open ones.")
    deprecated: bool | None = Field(None, description="Only those that should no longer be asked, or only others.")
    broken: bool | None = Field(None, description="Only those whose text would not be let through now, or only others.")
    limit: int = Field(USUAL_LISTED, ge=1, le=MOST_LISTED, description="Most of them in this page.")
    after: str = Field("", max_length=200, description="`next` of the page before this one.")

    @property
    def filters(self) -> Filters:
        """What is looked for."""
        given = self.model_dump(include={"tag", "topic", "owner", "draft", "deprecated", "broken"})
        return Filters(tuple((self.q or "").split()), **given)


class Topic(BaseModel):
    """What may stand in the query when a question is saved."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    topic: str | None = Field(
        None, description=f"The folder of its file: {DEFAULT_TOPIC} for a new one, and what it was, when left out."
    )


class SavedBody(BaseModel):
    """One saved question, in one of its revisions."""

    name: str = Field(description="Its name.")
    topic: str = Field(description="What it is about: the folder of its file.")
    owner: str = Field(description="Who made it, and may change it.")
    revision: int = Field(description="Number of the revision, from 1; each stays as it is.")
    saved_at: datetime = Field(description="When the revision was saved.")
    saved_by: str = Field(description="Who saved the revision.")
    tags: list[str] = Field(description="Words by which it is found.")
    draft: bool = Field(description="Whether only its owner sees it.")
    deprecated: str | None = Field(description="Why it should no longer be asked.")
    successor: str | None = Field(description="Name of the question to ask instead.")
    broken: list[str] = Field(description="Why its text would not be let through now; empty when it would.")
    question: QuestionAbout | None = Field(
        description="What can be asked; null where its file is no longer understood."
    )
    answer: str = Field(description="Address at which this revision is answered.")
    warnings: list[str] = Field([], description="What to look at in its text, when it is saved.")


class ListBody(BaseModel):
    """A page of saved questions, by name."""

    saved_questions: list[SavedBody] = Field(description="Them, as they are now.")
    next: str | None = Field(description="With the same parameters, `after=` this leads to the next page.")


class FilesBody(BaseModel):
    """Files of questions, as they stand in a folder."""

    model_config = ConfigDict(extra="forbid")

    files: dict[str, str] = Field(
        description="The content of each by its name, `topic/name.cypher`.", max_length=10_000
    )


class ImportedFile(BaseModel):
    """What became of a file."""

    file: str = Field(description="Its name.")
    what: str = Field(description="`created`, `changed` or `unchanged`.")
    revision: int = Field(description="The revision that it is.")


class ImportedBody(BaseModel):
    """What became of files that were imported."""

    files: list[ImportedFile] = Field(description="Each of them, in the order in which they came.")


def who_asks(request: Request) -> Who:
    """Return who asks: the name of the request's key, and whether it is that of an administrator."""
    key = cast(ApiKey | None, request.scope["state"]["key"])
    return Who() if key is None else Who(key.name, key.allows(Scope.ADMIN))


def told(saved: Saved, warnings: list[str] | None = None) -> SavedBody:
    """Return what is told of a saved question."""
    fields: dict[str, Any] = {name: getattr(saved, name) for name in ("name", "topic", "owner", "revision", "saved_at")}
    fields |= {"saved_by": saved.saved_by, "broken": list(saved.broken), "answer": saved.address}
    try:
        question = saved.question
    except CatalogError as error:
        said = {"tags": [], "draft": False, "deprecated": None, "successor": None, "question": None}
        return SavedBody(**{**fields, **said, "broken": [str(error)]}, warnings=warnings or [])
    header = question.header
    said = {name: getattr(header, name) for name in ("tags", "draft", "deprecated", "successor")}
    source = saved.address.removesuffix("answer") + "source"
    described = about(question).model_copy(update={"source": source})
    return SavedBody(**fields, **said, question=described, warnings=warnings or [])


def imported(done: list[Imported]) -> ImportedBody:
    """Return what is told of an import."""
    return ImportedBody(files=[ImportedFile(file=one.file, what=one.what, revision=one.saved.revision) for one in done])


def see_that_read(saved: Saved) -> None:
    """Raise QueryRefusedError for a question whose file is no longer understood."""
    try:
        _ = saved.question
    except CatalogError as error:
        raise QueryRefusedError([Problem("", str(error), "Save it anew.", "header")]) from None
