"""Lists, one of each, search, pictures, evidence and history at their shorter paths, asked over HTTP."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from graph.graph import Graph
from graph.model.changes import ChangeSet
from graph.model.entities import Organization
from tests.questions.conftest import CATALOG, ask

TREATY = "PRK-RUS.2024-strategic-partnership"
COLLECTIONS = [
    ("states", "state"), ("officials", "official"), ("offices", "office"), ("organizations", "organization"),
    ("agreements", "agreement"), ("commitments", "fact"), ("contributions", "fact"), ("events", "fact"),
    ("claims", "fact"), ("sources", "source"),
]  # fmt: skip
Rows = list[dict[str, Any]]
Get = Callable[..., Rows]


@pytest.fixture
def get(client: httpx.Client, shipped_graph: Graph) -> Get:
    """Ask at a path and give the rows."""

    def ask_at(path: str, **values: Any) -> Rows:
        response = client.get(path, params=values)
        assert response.status_code == 200, response.text
        rows: Rows = response.json()["rows"]
        return rows

    return ask_at


@pytest.mark.parametrize(("collection", "column"), COLLECTIONS)
def test_a_list_leads_to_each_of_its_rows(get: Get, collection: str, column: str) -> None:
    listed = get(f"/{collection}", limit=3)
    assert listed
    for row in listed:
        (one,) = get(f"/{collection}/{row[column]}")
        assert one[column] == row[column]
        assert one["version"] >= 1
        alike = [name for name in row if name in one and not isinstance(row[name], list)]
        assert [one[name] for name in alike] == [row[name] for name in alike]


@pytest.mark.parametrize(("collection", "column"), COLLECTIONS)
def test_what_nobody_knows_is_not_found(
    client: httpx.Client, shipped_graph: Graph, collection: str, column: str
) -> None:
    response = client.get(f"/{collection}/qqqqqqqqzzzzzzzz")
    assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("path", ["/claims/" + TREATY, "/commitments/claim.A11", "/events/RUS", "/facts/RUS/evidence"])
def test_a_key_of_something_else_is_not_found(client: httpx.Client, shipped_graph: Graph, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_path_takes_whatever_names_the_thing(get: Get) -> None:
    assert get("/states/wikidata:Q159") == get("/states/RUS") == get("/states/Россия")
    assert get("/officials/Лавров") == get("/officials/lavrov-sergey")


async def test_pages_of_a_list_neither_skip_nor_repeat_while_others_write(changeable_graph: Graph) -> None:
    for question in (one for one in CATALOG.values() if one.header.pages and one.header.path):
        whole = await ask(changeable_graph, question, limit=10_000)
        size = len(whole.rows) // 3 + 1
        page = await ask(changeable_graph, question, limit=size)
        rows = page.rows
        while page.next:
            record = Organization(key=f"AAA-{question.name}-{len(rows)}", name="Between two pages", kind="club")
            await changeable_graph.writer.apply(ChangeSet.of([record], author="a test", reason="To be in the way."))
            page = await ask(changeable_graph, question, limit=size, after=page.next)
            rows += page.rows
        assert rows == whole.rows, question.name


@pytest.mark.parametrize(
    ("q", "key", "rank"),
    [
        ("Лавров", "lavrov-sergey", 7),
        ("Сергей Лавров", "lavrov-sergey", 4),
        ("최선희", "choe-son-hui", 4),
        ("cote d'ivoire", "CIV", 4),
        ("RUS", "RUS", 1),
        ("rus", "RUS", 1),
        ("ru", "RUS", 3),
        ("wikidata:Q159", "RUS", 2),
        ("Q159", "RUS", 3),
        ("North Kor", "PRK", 5),
        ("strategic partnership", TREATY, 7),
        (f"{TREATY}.4.def", f"{TREATY}.4.defence", 6),
        ("Lavrof", "lavrov-sergey", 9),
    ],
)
def test_search_finds_names_codes_titles_and_the_start_of_keys(get: Get, q: str, key: str, rank: int) -> None:
    found = get("/search", q=q)
    assert (found[0]["key"], found[0]["rank"]) == (key, rank)
    assert [row["rank"] for row in found] == sorted(row["rank"] for row in found)
    assert len({row["key"] for row in found}) == len(found) <= 100


@pytest.mark.parametrize(
    "q",
    ["(", '"', 'a"b', "name:*", "*:*", "AND", "OR NOT", "a AND (b", "~", "/.*/", "[a TO z]", "\\", "^4", "x~9", "' '"],
)
def test_search_reads_nothing_as_a_query(get: Get, q: str) -> None:
    assert len(get("/search", q=q)) <= 100
    assert isinstance(get("/agreements", words=q), list)


def test_search_keeps_to_labels(get: Get) -> None:
    assert {row["label"] for row in get("/search", q="Russia", label=["State", "Place"])} == {"State", "Place"}
    assert {row["label"] for row in get("/search", q="Russia", label="Actor")} <= {
        "State",
        "Official",
        "Organ",
        "Organization",
    }
    assert {row["label"] for row in get("/search", q=TREATY, label="Fact")} <= {
        "Act",
        "Commitment",
        "Condition",
        "Term",
    }


def test_a_picture_draws_one_line_for_all_that_one_owes_another(get: Get) -> None:
    lines = get("/graph", around="RUS", on="2024-12-04")
    owed = {(row["from"], row["to"]): row["count"] for row in lines if row["label"] == "commits to"}
    assert owed == {("PRK", "RUS"): 6, ("RUS", "PRK"): 5}
    assert {row["depth"] for row in lines} == {1}
    further = get("/graph", around="lavrov-sergey", on="2024-11-01", depth=2)
    assert [(row["from"], row["to"], row["depth"]) for row in further] == [
        ("lavrov-sergey", "RUS.minister-of-foreign-affairs", 1),
        ("RUS.minister-of-foreign-affairs", "RUS", 2),
    ]


def test_evidence_and_history_stand_at_the_fact(get: Get) -> None:
    assert get(f"/facts/{TREATY}.4.defence/evidence") == get("/questions/evidence_of_fact", fact=f"{TREATY}.4.defence")
    (version,) = get(f"/facts/{TREATY}.4.defence/history")
    assert (version["version"], version["withdrawn"], version["removed"]) == (1, False, [])
    assert f"under: {TREATY}" in version["added"]


async def test_history_tells_what_each_version_changed(changeable_graph: Graph) -> None:
    known = []
    for name in ("The Club", "The New Club"):
        record = Organization(key="CLUB", name=name, kind="club")
        receipt = await changeable_graph.writer.apply(ChangeSet.of([record], author="a test", reason=f"It is {name}."))
        known.append(receipt.known_at.isoformat())
    rows = (await ask(changeable_graph, CATALOG["history_of_fact"], fact="CLUB")).records
    assert [(row["change"], row["added"], row["removed"]) for row in rows] == [
        ("It is The Club.", ["kind: club", "name: The Club"], []),
        ("It is The New Club.", ["name: The New Club"], ["name: The Club"]),
    ]
    assert rows[0]["recorded_until"] == rows[1]["recorded_from"]
    (then,) = (await ask(changeable_graph, CATALOG["history_of_fact"], fact="CLUB", known_at=known[0])).records
    assert then["recorded_until"] is None
