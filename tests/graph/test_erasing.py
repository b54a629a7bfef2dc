"""A person erased: gone from all states of knowledge, and nothing else is lost; nothing brings it back."""

import re
from datetime import datetime
from hashlib import sha256
from typing import Any

import pytest

from graph.catalog import Question
from graph.erasures import Demand, Erased, key_hash
from graph.errors import ERASED, InputError, NotFoundError
from graph.graph import Graph, open_graph
from graph.model.changes import ChangeSet, Operation, Put, Withdraw
from graph.model.entities import Agreement, Official, Organ, Organization, Source, State
from graph.model.facts import (
    Act,
    Claim,
    Commitment,
    Condition,
    Contribution,
    Event,
    Identifier,
    Membership,
    Reservation,
)
from graph.model.records import Record
from graph.parameters import read_parameters
from graph.revision import NOTHING_YET, Revision
from graph.settings import Settings
from seed.load import load_case, load_shipped
from seed.writing import SHIPPED
from tests.questions.conftest import CATALOG, ask, golden_values
from tests.servers import Server

HIM = "lavrov-sergey"
MEETING = "event.2024-11-01-choe-lavrov"
ARTICLE = "news-article-on-the-choe-lavrov-meeting-2024-11"
TITLE = "News article on the Choe-Lavrov meeting, 2024-11"
IDENTIFIER_OF_HIS_OFFICE = "RUS.minister-of-foreign-affairs.identifier.wikidata"
HIS = re.compile(r"lavrov|лавров|викторович|q58217", re.IGNORECASE)
SOURCE: Any = [{"source": "s"}]
TWO: Any = [{"source": "s", "locator": "line 1", "quote": "Ana Gray said: no."}]
GIVEN: Any = {"begins": "2001", "ends": "open"}


def demand(key: str = HIM, **more: Any) -> Demand:
    return Demand(key=key, author="a test", reason="Sergey Lavrov asked for it.", **more)


async def rows(graph: Graph, text: str, **values: Any) -> list[list[Any]]:
    async with graph.database.reading() as session:
        return [list(record.values()) async for record in await session.run(text, values)]


async def stored(graph: Graph) -> dict[str, list[Any]]:
    """Everything in the database: labels and properties of nodes, ends and properties of relationships."""
    nodes = await rows(graph, "MATCH (n) RETURN labels(n), properties(n)")
    links = await rows(
        graph, "MATCH (a)-[r]->(b) RETURN coalesce(a.key, ''), a.version, type(r), coalesce(b.key, ''), properties(r)"
    )
    return {"nodes": sorted(nodes, key=repr), "links": sorted(links, key=repr)}


async def digest(graph: Graph) -> str:
    return sha256(repr(await stored(graph)).encode()).hexdigest()


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    return [text for one in value for text in texts(one)] if isinstance(value, list) else [str(value)]


async def naming(graph: Graph, pattern: re.Pattern[str]) -> set[str]:
    """Every text in the database, of whatever property, in which something is found."""
    return {text for text in texts(await stored(graph)) if pattern.search(text)}


def change(*operations: Operation, reason: str = "to see", key: str | None = None) -> ChangeSet:
    return ChangeSet(author="a test", reason=reason, idempotency_key=key, operations=operations)


def puts(*records: Record, **more: Any) -> ChangeSet:
    return change(*(Put(record=record) for record in records), **more)


async def locators(graph: Graph) -> list[str]:
    """Where the sources of the identifier of his office state it, which is in rows about him."""
    text = "MATCH (:Version {key: $key})-[l:ATTESTED_BY]->() WHERE l.locator CONTAINS 'Q58217' RETURN l.locator"
    return [locator for (locator,) in await rows(graph, text, key=IDENTIFIER_OF_HIS_OFFICE)]


async def erased_shipped(graph: Graph) -> Erased:
    erased = await graph.eraser.erase(demand())
    assert await graph.revision.known_at() == erased.known_at
    return erased


async def test_nothing_names_him_but_what_is_told_and_nothing_brings_him_back(empty_graph: Graph) -> None:
    await load_case(empty_graph.writer)
    before = await empty_graph.revision.known_at()
    erased = await erased_shipped(empty_graph)
    assert erased.by_hand == (MEETING, ARTICLE)
    assert await naming(empty_graph, HIS) == {MEETING, ARTICLE, TITLE}
    assert await empty_graph.writer.underived() == (0, 0)
    tombstone = "MATCH (e:Erasure {hash: $hash}) RETURN e.author, e.reason, e.erased_at, e.removed"
    ((author, reason, at, removed),) = await rows(empty_graph, tombstone, hash=key_hash(HIM))
    assert (author, reason, at.to_native()) == ("a test", "[erased] asked for it.", erased.known_at)
    assert '"things": 1' in removed

    left = await digest(empty_graph)
    loaded = await load_case(empty_graph.writer)
    assert [reject.row for reject in loaded.rejects] == [HIM, MEETING, "claim.C08"]
    assert loaded.receipts[0].unchanged > 100
    assert await digest(empty_graph) == left
    for name in ("event", "claims_about", "meetings_of_official"):
        await answers_without_him(empty_graph, CATALOG[name], before, erased.known_at)


@pytest.mark.prove
async def test_of_the_shipped_world_every_question_answers_without_him(changeable_graph: Graph) -> None:
    """It asks them all, most for the first time in a run, which is most of what it costs."""
    before = await changeable_graph.revision.known_at()
    erased = await erased_shipped(changeable_graph)
    assert erased.own == (f"{HIM}.identifier.wikidata", f"tenure.{HIM}.RUS.minister-of-foreign-affairs")
    assert (erased.things, erased.versions, erased.derived, erased.alone) == (3, 3, 2, ())
    # The identifier of his office is stated by rows about him.
    assert erased.by_hand == (IDENTIFIER_OF_HIS_OFFICE, MEETING, ARTICLE)
    left = {MEETING, ARTICLE, TITLE, *await locators(changeable_graph)}
    assert await naming(changeable_graph, HIS) == left
    assert await changeable_graph.writer.underived() == (0, 0)
    loaded = await load_shipped(changeable_graph.writer)
    assert [receipt.changed for receipt in loaded.receipts] == [0, 0, 0, 0]
    assert {one.row for one in loaded.rejects if one.file == SHIPPED} == {HIM, *erased.own, MEETING, "claim.C08"}
    assert await changeable_graph.revision.known_at() == erased.known_at
    assert await naming(changeable_graph, HIS) == left
    for question in CATALOG.values():
        await answers_without_him(changeable_graph, question, before, erased.known_at)


async def answers_without_him(graph: Graph, question: Question, *instants: datetime) -> None:
    """See that the example of a question is answered in these states of knowledge, or that he is known no more."""
    for known_at in instants:
        values = golden_values(question) | {"known_at": known_at.isoformat()}
        if HIM in values.values():
            with pytest.raises(InputError, match=f"No official is known as '{HIM}'"):
                await ask(graph, question, **values)
        else:
            told = str((await ask(graph, question, **values)).rows).lower().replace("choe-lavrov", "")
            assert not HIS.search(told), question.name


async def test_who_acted_for_a_state_is_replaced_by_it(empty_graph: Graph) -> None:
    await load_case(empty_graph.writer)
    erased = await erased_shipped(empty_graph)
    took_part = (
        "MATCH (v:Event {key: $key})-[p:PARTICIPANT]->(who) RETURN who.key, p.role, p.on_behalf_of ORDER BY who.key"
    )
    assert await rows(empty_graph, took_part, key=MEETING) == [
        ["RUS", "participant", None],
        ["choe-son-hui", "participant", "PRK"],
    ]
    claimed = "MATCH (v:Claim {key: 'claim.C08'})-[:BY]->(who) RETURN v.claimant_as_written, who.key"
    assert await rows(empty_graph, claimed) == [["Russia ([erased])", "RUS"]]
    assert (erased.changed, erased.texts, erased.links) == (2, 1, 2)


async def test_a_dry_run_tells_the_same_and_leaves_no_trace(empty_graph: Graph) -> None:
    await load_case(empty_graph.writer)
    before, known_at = await digest(empty_graph), await empty_graph.revision.known_at()
    tried = await empty_graph.eraser.erase(demand(), dry_run=True)
    assert await digest(empty_graph) == before
    assert tried.known_at == known_at == await empty_graph.revision.known_at()
    done = await empty_graph.eraser.erase(demand())
    assert {**vars(tried), "known_at": None} == {**vars(done), "known_at": None}


PERSON = Official(key="gray", name="Ana Gray", name_in_own_script="Ана Грей", aliases=("Li", "Annie Graye"))
OTHER = Official(key="gray-bob", name="Bob Gray")
BASE: list[Record] = [
    State(key="RUS", name="Russia"),
    State(key="PRK", name="North Korea"),
    Organization(key="UN", name="United Nations", kind="union"),
    Agreement(key="T", title="A treaty"),
    OTHER,
    PERSON,
]
CLAIM: Any = {"stance": "asserts", "towards": "sentence", "made_on": "2024"}
PROMISE: Any = {"kind": "other", "other_code": "x", "bearers": "named", "beneficiaries": "named", "owed_to": ["RUS"]}


def about_her() -> list[Record]:
    """Records that say nothing without her, and what hangs on those."""
    return [
        Claim(key="c.1", sentence="s", by=[{"actor": "RUS"}], about=["gray"], attested_by=SOURCE, **CLAIM),
        Commitment(key="p.1", owed_by=["gray"], voiced_at="e.1", attested_by=SOURCE, **PROMISE),
        Condition(key="p.1.a", of="p.1", kind="other", sentence="s", role="manner", attested_by=SOURCE),
        Claim(key="c.2", sentence="s", by=[{"actor": "RUS"}], about=["p.1.a"], attested_by=SOURCE, **CLAIM),
        Act(key="a.1", kind="signature", day="2000", on="T", by="gray", attested_by=SOURCE),
        Reservation(key="r.1", effect="declares", by="gray", to=["T"], span=GIVEN, attested_by=SOURCE),
        Contribution(
            key="g.1",
            kind="money",
            text="t",
            stage="pledged",
            by=["gray"],
            to=["RUS"],
            span=GIVEN,
            attested_by=SOURCE,
        ),
        Organ(key="gray.staff", name="Staff", kind="other", of="gray"),
    ]


OWN: list[Record] = [
    Identifier(key="gray.id", scheme="wikidata", code="Q9999", of="gray", span=GIVEN, attested_by=SOURCE),
    Membership(key="gray.un", of="gray", organization="UN", span=GIVEN, attested_by=SOURCE),
]


def naming_her() -> list[Record]:
    """Records that stay, and say it without her."""
    return [
        Source(key="s", title="A source", kind="news", covers=["Claim"], covers_actors=["gray"]),
        Event(
            key="e.1",
            kind="meeting",
            text="Ana Gray, ANNIE GRAYE and Bob Gray met; Annie spoke. Q9999.",
            span="2024-11-01",
            participants=[{"actor": "gray", "on_behalf_of": "PRK"}, {"actor": "gray-bob", "on_behalf_of": "gray"}],
            attested_by=TWO,
        ),
        Act(
            key="a.2",
            kind="signature",
            day="2000",
            on="T",
            by="RUS",
            signed_by=["gray", "gray-bob"],
            attested_by=SOURCE,
        ),
        Claim(key="c.3", sentence="Li says no.", by=[{"actor": "gray"}], about=["T"], attested_by=SOURCE, **CLAIM),
        Claim(key="c.4", sentence="s", by=[{"actor": "RUS"}], about=["gray.un", "T"], attested_by=SOURCE, **CLAIM),
        Claim(key="c.5", sentence="Ana Gray did.", by=[{"actor": "RUS"}], about=["T"], attested_by=SOURCE, **CLAIM),
    ]


async def told_of_her(graph: Graph) -> None:
    await graph.writer.apply(puts(*BASE, *OWN, *naming_her(), *about_her(), reason="Of Ana Gray.", key="ana-gray-1"))
    moved = Official(key="gray", name="Anna Gray-Moss")
    await graph.writer.apply(puts(moved, Official(key="double", name="Ana Gray"), reason="Annie moved."))
    reason = "It is Ana Gray."
    await graph.writer.apply(change(Withdraw(key="double", reason=reason, replaced_by="gray")))


async def test_what_says_nothing_without_her_goes_with_what_hangs_on_it(empty_graph: Graph) -> None:
    await told_of_her(empty_graph)
    erased = await empty_graph.eraser.erase(demand("gray"))
    assert erased.own == ("gray.id", "gray.un")
    assert erased.alone == tuple(sorted(record.key for record in about_her()))
    assert (erased.things, erased.versions) == (11, 12)
    assert (erased.not_looked_for, "Q9999" in erased.replaced) == (("Li",), True)
    assert await empty_graph.writer.underived() == (0, 0)
    gone = "MATCH (n) WHERE n.key IN $keys RETURN n.key"
    assert await rows(empty_graph, gone, keys=["gray", *erased.own, *erased.alone]) == []


async def test_what_stays_says_it_without_her(empty_graph: Graph) -> None:
    await told_of_her(empty_graph)
    erased = await empty_graph.eraser.erase(demand("gray", also_in=("c.5",)))
    said = "MATCH (v {key: $key, version: 1}) RETURN coalesce(v.text, v.sentence, v.reason)"
    assert await rows(empty_graph, said, key="e.1") == [
        ["[erased], [erased] and Bob Gray met; [erased] spoke. [erased]."]
    ]
    assert await rows(empty_graph, said, key="c.3") == [["Li says no."]]
    assert await rows(empty_graph, said, key="c.5") == [["[erased] did."]]
    named = "MATCH (v:Version {key: $key})-[l]->(t) WHERE type(l) = $type RETURN t.key, properties(l) ORDER BY t.key"
    assert await rows(empty_graph, named, key="e.1", type="PARTICIPANT") == [
        ["PRK", {"role": "participant"}],
        ["gray-bob", {"role": "participant"}],
    ]
    quotes = await rows(empty_graph, named, key="e.1", type="ATTESTED_BY")
    assert quotes == [["s", {"locator": "line 1", "quote": "[erased] said: no."}]]
    assert await rows(empty_graph, named, key="a.2", type="SIGNED_BY") == [["gray-bob", {}]]
    assert await rows(empty_graph, named, key="c.4", type="ABOUT") == [["T", {}]]
    assert await rows(empty_graph, "MATCH (v:Claim {key: 'c.3'}) RETURN v.claimant_as_written") == [["[erased]"]]
    covers = "MATCH (v:Description {key: 's'}) RETURN v.covers, EXISTS { (v)-[:COVERS]->() }"
    assert await rows(empty_graph, covers) == [[[], False]]
    withdrawn = "MATCH (v:Withdrawal {key: 'double'}) RETURN v.reason, v.replaced_by"
    assert await rows(empty_graph, withdrawn) == [["It is [erased].", None]]
    sets = "MATCH (c:ChangeSet) WHERE c.body <> 'erasure' RETURN c.reason, c.idempotency_key ORDER BY c.recorded_at"
    assert await rows(empty_graph, sets) == [["Of [erased].", None], ["Annie moved.", None], ["to see", None]]
    assert len(erased.change_sets_by_hand) == 1
    assert erased.by_hand == ()
    assert await naming(empty_graph, re.compile(r"\bana\b|graye|moss|q9999", re.IGNORECASE)) == set()


async def test_texts_of_others_are_told_and_left_alone(empty_graph: Graph) -> None:
    await told_of_her(empty_graph)
    tried = await empty_graph.eraser.erase(demand("gray"), dry_run=True)
    assert tried.by_hand == ("c.5",)
    more = await empty_graph.eraser.erase(demand("gray", names=("Li", "Annie")))
    assert (more.not_looked_for, more.change_sets_by_hand) == ((), ())
    assert await rows(empty_graph, "MATCH (v:Claim {key: 'c.3'}) RETURN v.sentence") == [["[erased] says no."]]


async def test_nothing_brings_it_back_and_the_rest_can_be_written(empty_graph: Graph) -> None:
    await told_of_her(empty_graph)
    erased = await empty_graph.eraser.erase(demand("gray", also_in=("c.5",)))
    before = await digest(empty_graph)
    _, event, _, _, _, did = naming_her()
    with pytest.raises(InputError, match="What went by gray was erased") as caught:
        await empty_graph.writer.apply(puts(OTHER, PERSON, event, did))
    told = [(problem.pointer, problem.code) for problem in caught.value.problems]
    assert told == [
        ("/operations/1/record/key", ERASED),
        ("/operations/2/record", ERASED),
        ("/operations/3/record", ERASED),
    ]
    assert await digest(empty_graph) == before
    left: Any = {
        "text": "[erased], [erased] and Bob Gray met; [erased] spoke. [erased].",
        "participants": [{"actor": "PRK"}, {"actor": "gray-bob"}],
        "attested_by": [{"source": "s", "locator": "line 1", "quote": "[erased] said: no."}],
    }
    without = Event.model_validate(event.model_dump() | left)
    receipt = await empty_graph.writer.apply(puts(without, OTHER))
    assert (receipt.unchanged, receipt.known_at) == (2, erased.known_at), "the hashes are those of what is there now"


async def test_what_is_no_person_and_what_nobody_knows_is_a_sentence(empty_graph: Graph) -> None:
    await told_of_her(empty_graph)
    with pytest.raises(NotFoundError, match="Nothing is recorded under the key nobody"):
        await empty_graph.eraser.erase(demand("nobody"))
    for key, label in (("RUS", "State"), ("e.1", "fact")):
        with pytest.raises(InputError, match=f"{key} is no person but a {label}"):
            await empty_graph.eraser.erase(demand(key))
    with pytest.raises(InputError, match="Nothing is recorded under the key nowhere"):
        await empty_graph.eraser.erase(demand("gray", also_in=("nowhere",)))
    await empty_graph.eraser.erase(demand("gray"))
    with pytest.raises(NotFoundError, match="What went by gray was erased at"):
        await empty_graph.eraser.erase(demand("gray"))


async def test_another_process_stops_telling_when_it_reads_the_instant_again(
    empty_graph: Graph, server: Server, settings: Settings
) -> None:
    given = Contribution(
        key="g.2",
        kind="money",
        text="t",
        stage="delivered",
        by=["gray", "PRK"],
        to=["RUS"],
        span="2024",
        attested_by=TWO,
    )
    await told_of_her(empty_graph)
    known_at = (await empty_graph.writer.apply(puts(given))).known_at
    question = CATALOG["contributions_to_state"]
    asked = read_parameters(question.parameters, [("state", "RUS"), ("known_at", known_at.isoformat())])
    lasting = settings.model_copy(update={"known_at_ms": 600_000})
    async with open_graph(lasting, server.uri, server.user, server.password, CATALOG) as other:
        tags, quotes = list[str](), list[list[str]]()
        for noticed in (False, False, True):
            if noticed:
                await other.revision.known_at(at_least=await empty_graph.revision.known_at())
            understood = await other.reader.understand(question, asked)
            tags.append(understood.etag)
            records = (await other.reader.answer(understood)).records
            quotes += [[one["quote"] for one in row["evidence"]] for row in records if "g.2" in row["contributions"]]
            if await empty_graph.revision.known_at() == known_at:
                await empty_graph.eraser.erase(demand("gray"))
    assert quotes == [["Ana Gray said: no."], ["Ana Gray said: no."], ["[erased] said: no."]]
    assert tags[0] == tags[1] != tags[2]


async def test_what_is_kept_is_emptied_once_for_each_erasure(empty_graph: Graph) -> None:
    revision, emptied = Revision(empty_graph.database, 0), list[int]()
    revision.on_erasure(lambda: emptied.append(revision.erasures))
    await told_of_her(empty_graph)
    await revision.known_at()
    assert emptied == []
    await empty_graph.eraser.erase(demand("gray"))
    for _ in range(2):
        await revision.known_at()
    assert emptied == [1]
    revision.forget()
    assert await revision.known_at() > NOTHING_YET
    assert emptied == [1, 1]
