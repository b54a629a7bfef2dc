"""Questions that people save: files of the shipped form that live in the database, each change a further revision.

A saved question is what its file says: its header holds title, parameters, columns, tags, whether it is a draft, and
whether it is deprecated. Beside it stand the topic, which is the folder of a file, and who owns it. Its text goes
through the guard when it is saved and each time it is asked.
"""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from neo4j import AsyncManagedTransaction

from graph.catalog import Catalog, Question, question_of
from graph.database import Database
from graph.errors import (
    ConflictError,
    InputError,
    NotFoundError,
    NotYoursError,
    Problem,
    StaleVersionError,
    pointer,
)
from graph.guarded import GuardedReader
from graph.queries import Queries
from graph.recent import Recent
from graph.revision import native
from graph.savable import Draft, read_draft, stored
from graph.statements import statement

MOST_LISTED = 1000
KEPT = 500
DEFAULT_TOPIC = "saved"
_FILE = re.compile(r"(?:(?P<topic>[a-z][a-z0-9_]*)/)?(?P<name>[a-z][a-z0-9_]*)\.cypher")


@dataclass(frozen=True)
class Who:
    """Who asks: a name, empty for nobody in particular; and whether everything is theirs, as it is the operator's."""

    name: str = ""
    everything: bool = False

    def owns(self, owner: str) -> bool:
        """Return whether what somebody owns is theirs to change."""
        return self.everything or (bool(self.name) and self.name == owner)


@dataclass(frozen=True)
class Saved:
    """One revision of a saved question; `broken` says why its text would not be let through now."""

    name: str
    topic: str
    owner: str
    revision: int
    content: str
    saved_at: datetime
    saved_by: str
    broken: tuple[str, ...] = ()
    checked_against: str = ""

    @cached_property
    def question(self) -> Question:
        """The question as the reader asks it. Raises CatalogError when this version of foedus no longer reads it."""
        return replace(question_of(self.topic, self.name, self.content, self.name), elsewhere=self.address)

    @property
    def address(self) -> str:
        """Path at which this very revision is answered."""
        return f"/saved-questions/{self.name}/revisions/{self.revision}/answer"

    @property
    def file(self) -> str:
        """Name of its file in a folder of questions."""
        return f"{self.topic}/{self.name}.cypher"


@dataclass(frozen=True)
class Filters:
    """Which saved questions are looked for; what is left out does not matter."""

    words: tuple[str, ...] = ()
    tag: str | None = None
    topic: str | None = None
    owner: str | None = None
    draft: bool | None = None
    deprecated: bool | None = None
    broken: bool | None = None


@dataclass(frozen=True)
class Imported:
    """What became of a file that was imported: `created`, `changed` or `unchanged`."""

    file: str
    what: str
    saved: Saved


class SavedQuestions:
    """The saved questions of one database."""

    def __init__(self, database: Database, catalog: Catalog, queries: Queries) -> None:
        self._database, self._catalog, self._queries = database, catalog, queries
        self._parsed: Recent[tuple[str, int, datetime], Saved] = Recent(KEPT)
        self.reader = GuardedReader(database, catalog, queries)

    async def listed(
        self, who: Who, filters: Filters | None = None, *, limit: int = MOST_LISTED, after: str = ""
    ) -> list[Saved]:
        """Return saved questions by name, as they are now: open ones, and drafts of one's own."""
        wanted = filters or Filters()
        values = vars(wanted) | {"words": [word.casefold() for word in wanted.words], "after": after, "limit": limit}
        values |= {"who": who.name, "everything": who.everything}
        records = await self._database.read("saved/list", statement("saved/list"), values)
        return [self._kept(record["fields"]) for record in records]

    async def every(self, who: Who, filters: Filters | None = None, after: str = "") -> AsyncIterator[Saved]:
        """Yield all that `listed` returns page by page."""
        while page := await self.listed(who, filters, after=after):
            for saved in page:
                yield saved
            after = page[-1].name

    async def get(self, name: str, who: Who, revision: int | None = None) -> Saved:
        """Return a saved question, as it is now or was in a revision. Raises NotFoundError, also for others' drafts."""
        which = "saved/find" if revision is None else "saved/revision"
        values: dict[str, Any] = {"name": name, "revision": revision}
        records = await self._database.read(which, statement(which), values)
        if records and (not records[0]["fields"]["draft"] or who.owns(records[0]["fields"]["owner"])):
            return self._kept(records[0]["fields"])
        at = "" if revision is None else f", or it has no revision {revision}"
        raise NotFoundError(f"There is no saved question {name!r}{at}.", "`GET /saved-questions` lists them.")

    async def save(self, name: str, topic: str, content: str, who: Who, replaces: int) -> tuple[Saved, list[str]]:
        """Save a question, a new one where it replaces revision 0; return it, and what to look at in its text.

        Raises InputError or QueryRefusedError for what is no question that may be saved, NotYoursError for one that
        somebody else owns, and StaleVersionError where another revision is the newest.
        """
        await self._see_that_may(name, who)
        draft = await self._draft(topic, name, content)
        (saved,) = await self._put_all([replace(draft, replaces=replaces)], who)
        return saved, list(draft.warnings)

    async def remove(self, name: str, who: Who, revision: int) -> None:
        """Remove a saved question with all its revisions. Raises the errors of saving, and NotFoundError."""
        await self.get(name, who)
        await self._see_that_may(name, who)
        values = {
            "name": name,
            "revision": revision,
            "now": datetime.now(UTC),
            "who": who.name,
            "everything": who.everything,
        }

        async def work(tx: AsyncManagedTransaction) -> tuple[bool, bool]:
            found = await (await tx.run(statement("saved/remove"), values)).single()
            return found is not None, found is not None

        if not (await self._database.write("saved/remove", work)).answer:
            raise _stale(name)

    async def load(self, files: Mapping[str, str], who: Who) -> list[Imported]:
        """Save many files by their names, `topic/name.cypher`, all or none; one that is as it was stays as it is.

        Raises InputError that lists what is wrong with each file, or the errors of saving.
        """
        drafts: list[tuple[Draft, str]] = []
        problems: list[Problem] = []
        kept: dict[str, Saved] = {}
        for file, content in files.items():
            found = _FILE.fullmatch(file)
            try:
                if found is None:
                    raise InputError([Problem("", f"{file!r} is not called topic/name.cypher.")])
                topic, name = found["topic"] or DEFAULT_TOPIC, found["name"]
                if any(name == draft.question.name for draft, _ in drafts):
                    raise InputError([Problem("", f"Two files are called {name}.cypher.", "Names are unique.")])
                now = await self._see_that_may(name, who)
                if now is not None and (now.content, now.topic) == (content, topic):
                    kept[file] = now
                    continue
                drafts.append(
                    (replace(await self._draft(topic, name, content), replaces=now.revision if now else 0), file)
                )
            except InputError as error:
                problems += [replace(one, pointer=pointer("files", file) + one.pointer) for one in error.problems]
            except ConflictError as error:
                problems.append(Problem(pointer("files", file), str(error), error.hint, error.code))
        if problems:
            raise InputError(problems)
        saved = await self._put_all([draft for draft, _ in drafts], who)
        done = {file: Imported(file, "changed" if draft.replaces else "created", one)
                for (draft, file), one in zip(drafts, saved, strict=True)}  # fmt: skip
        done |= {file: Imported(file, "unchanged", one) for file, one in kept.items()}
        return [done[file] for file in files]

    async def check_all(self, *, again: bool = True) -> list[Saved]:
        """Judge saved questions anew and return those that are broken.

        Without `again` only those are judged that were last judged on another schema or server.
        """
        fingerprint, broken = await self._queries.fingerprint(), []
        async for saved in self.every(Who(everything=True)):
            found = saved.broken
            if again or saved.checked_against != fingerprint:
                found = await self._faults(saved)
                values = {"name": saved.name, "revision": saved.revision, "broken": list(found)}
                await self._run("saved/mark", values | {"checked_against": fingerprint})
            broken += [replace(saved, broken=found)] if found else []
        return broken

    async def _faults(self, saved: Saved) -> tuple[str, ...]:
        try:
            await self._draft(saved.topic, saved.name, saved.content)
        except InputError as error:
            return tuple(one.message for one in error.problems)
        return ()

    async def _see_that_may(self, name: str, who: Who) -> Saved | None:
        """Return the question of that name, if there is one. Raises NotYoursError where it is somebody else's."""
        records = await self._database.read("saved/find", statement("saved/find"), {"name": name})
        if not records:
            return None
        if not who.owns(records[0]["fields"]["owner"]):
            raise NotYoursError(f"The saved question {name!r} is somebody else's.", "Save it under another name.")
        return self._kept(records[0]["fields"])

    async def _draft(self, topic: str, name: str, content: str) -> Draft:
        return await read_draft(topic, name, content, self._catalog, self._queries)

    async def _put_all(self, drafts: list[Draft], who: Who) -> list[Saved]:
        now, fingerprint = datetime.now(UTC), await self._queries.fingerprint()
        # In one order, so that two who write the same do not wait for each other.
        ordered = sorted(drafts, key=lambda draft: draft.question.name)
        who_writes = {"saved_by": who.name, "everything": who.everything}

        async def work(tx: AsyncManagedTransaction) -> tuple[str | None, bool]:
            for draft in ordered:
                values = stored(draft) | {"saved_at": now, "checked_against": fingerprint} | who_writes
                if await (await tx.run(statement("saved/put"), values)).single() is None:
                    return draft.question.name, False
            return None, True

        if (stale := (await self._database.write("saved/put", work)).answer) is not None:
            raise _stale(stale)
        all_of_them = Who(everything=True)
        return [await self.get(draft.question.name, all_of_them, draft.replaces + 1) for draft in drafts]

    async def _run(self, name: str, values: dict[str, Any]) -> None:
        async def work(tx: AsyncManagedTransaction) -> tuple[None, bool]:
            await (await tx.run(statement(name), values)).consume()
            return None, True

        await self._database.write(name, work)

    def _kept(self, fields: Mapping[str, Any]) -> Saved:
        """Return a saved question, the same one for the same fields, so that its file is parsed once."""
        key = (fields["name"], fields["revision"], native(fields["saved_at"]))
        told = (tuple(fields["broken"]), fields["checked_against"])
        found = self._parsed.get(key)
        if found is None or (found.broken, found.checked_against) != told:
            names = ("name", "topic", "owner", "revision", "content", "saved_by")
            found = Saved(
                **{name: fields[name] for name in names}, saved_at=key[2], broken=told[0], checked_against=told[1]
            )
            self._parsed.put(key, found)
        return found


def _stale(name: str) -> StaleVersionError:
    message = f"The saved question {name!r} is at another revision, or there is one already."
    return StaleVersionError(
        [Problem(pointer("header", "If-Match"), message, "Get it, and send the ETag that it has.")]
    )
