"""How a program that calls foedus tests itself: a world of its own is written, and asked about as the program would."""

from typing import Any

import httpx

SAID = [{"source": "gazette", "locator": "page 1"}]
ON_PACT = {"on": "pact", "day": "2020-01-01", "attested_by": SAID}
WORLD = [
    ("Source", {"key": "gazette", "title": "The Gazette", "kind": "news"}),
    ("State", {"key": "arcadia", "name": "Arcadia"}),
    ("State", {"key": "boeotia", "name": "Boeotia"}),
    ("Agreement", {"key": "pact", "title": "Pact of Arcadia and Boeotia", "kind": "treaty"}),
    ("Act", {"key": "pact.force", "kind": "entry_into_force", **ON_PACT}),
    ("Act", {"key": "pact.arcadia", "kind": "ratification", "by": "arcadia", **ON_PACT}),
    ("Act", {"key": "pact.boeotia", "kind": "ratification", "by": "boeotia", **ON_PACT}),
    ("Term", {"key": "pact.term", "kind": "duration", "value": "indefinite", "of": "pact", "attested_by": SAID}),
    (
        "Commitment",
        {
            "key": "pact.defence",
            "kind": "defence",
            "bearers": "each_party",
            "beneficiaries": "each_other_party",
            "under": "pact",
            "attested_by": SAID,
        },
    ),
]


def owed(foedus: httpx.Client, **asked: str) -> list[Any]:
    answer = foedus.get("/questions/commitments_between_states", params={"bearer": "Arcadia", **asked})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["rows"])


def test_who_has_promised_help_owes_it_from_the_day_of_the_pact(foedus: httpx.Client) -> None:
    operations = [{"op": "put", "label": label, "record": record} for label, record in WORLD]
    written = foedus.post("/change-sets", json={"reason": "The world of this test.", "operations": operations})
    assert written.is_success, written.text
    # A read that brings the token sees the write, whichever process answers it.
    foedus.headers["Foedus-Known-At"] = written.json()["known_at"]

    (row,) = owed(foedus, beneficiary="Boeotia", on="2020-01-02")
    assert (row["kind"], row["in_force"]) == ("defence", "presumed")
    assert owed(foedus, beneficiary="Boeotia", on="2019-12-31") == []
