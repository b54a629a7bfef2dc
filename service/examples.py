"""Examples of what is sent, for OpenAPI: a record of every label, around the shipped treaty, and a query."""

from typing import Any

from graph.statements import statement

TREATY = "PRK-RUS.2024-strategic-partnership"
SOURCE = "interfax-2026-01-01"
_SAID: list[dict[str, str]] = [{"source": SOURCE, "locator": "paragraph 2"}]


def _fact(key: str, **fields: Any) -> dict[str, Any]:
    return {"key": key, **fields, "attested_by": _SAID}


RECORDS: dict[str, dict[str, Any]] = {
    "State": {"key": "XSM", "name": "Sealand", "aliases": ["Principality of Sealand"], "status": "other"},
    "Organization": {"key": "CSTO", "name": "Collective Security Treaty Organization", "kind": "military alliance"},
    "Organ": {"key": "RUS.security-council", "name": "Security Council", "kind": "agency", "of": "RUS"},
    "Official": {"key": "rudenko-andrey", "name": "Andrey Rudenko", "name_in_own_script": "Андрей Руденко"},
    "Office": {"key": "RUS.deputy-minister", "title": "Deputy Minister of Foreign Affairs", "of": "RUS"},
    "Place": {"key": "vladivostok", "name": "Vladivostok", "latitude": 43.12, "longitude": 131.89},
    "Agreement": {"key": "PRK-RUS.2026-protocol", "title": "Protocol of 2026", "kind": "protocol"},
    "Provision": {"key": "PRK-RUS.2026-protocol.1", "article": "1", "of": "PRK-RUS.2026-protocol"},
    "Source": {"key": SOURCE, "title": "Interfax, 1 January 2026", "kind": "news", "published": "2026-01-01"},
    "Identifier": _fact("identifier.rudenko", scheme="wikidata", code="Q4398829", of="rudenko-andrey", span="2019/.."),
    "Statehood": _fact("statehood.XSM", span="1967-09-02/..", of="XSM"),
    "Succession": _fact("succession.SUN-RUS", day="1991-12-26", kind="continuation", ends_predecessor=True,
                        predecessor="SUN", successor="RUS"),
    "Membership": _fact("membership.RUS.CSTO", span="1994-04-20/..", of="RUS", organization="CSTO"),
    "Tenure": _fact("tenure.rudenko", span="2019/..", of="rudenko-andrey", office="RUS.deputy-minister"),
    "Act": _fact("act.RUS-denounces", kind="denunciation", day="2026-01-01", on=TREATY, by="RUS"),
    "Participation": _fact("participation.RUS", span="2026/..", basis="reported", of="RUS", agreement=TREATY),
    "Term": _fact("term.notice", kind="withdrawal", value="1 year", of=TREATY),
    "Reservation": _fact("reservation.RUS", span="2026/..", effect="declares", by="RUS", to=[TREATY]),
    "Commitment": _fact("commitment.transit", kind="transit", bearers="named", beneficiaries="named", owed_by=["RUS"],
                        owed_to=["PRK"], under=TREATY),
    "Condition": _fact("condition.request", kind="request", sentence="On request.", role="trigger",
                       of="commitment.transit"),
    "Contribution": _fact("contribution.grain", span="2026-03", kind="other", text="Grain.", stage="delivered",
                          by=["RUS"], to=["PRK"], quantity={"best": 50000, "unit": "tonnes", "basis": "reported"}),
    "Event": _fact("event.talks", span="2026-02-10", kind="meeting", text="Talks in Vladivostok.", at="vladivostok",
                   participants=[{"actor": "rudenko-andrey", "on_behalf_of": "RUS"}]),
    "Claim": _fact("claim.denial", stance="denies", sentence="No grain was sent.", made_on="2026-03-20", towards="fact",
                   by=[{"actor": "PRK"}], about=["contribution.grain"]),
}  # fmt: skip
"""A record by label. Each is one that could be written; what it names may have to be written first."""

DENOUNCES: dict[str, Any] = {
    "reason": "What if Russia denounces the treaty?",
    "operations": [
        {"op": "put", "label": "Source", "record": {"key": "supposed", "title": "A supposition", "kind": "other"}},
        {"op": "put", "label": "Act", "record": RECORDS["Act"] | {"attested_by": [{"source": "supposed"}]}},
    ],
}
"""Russia denounces the treaty on 2026-01-01: who loses which commitment?"""

QUERY: dict[str, Any] = {"text": statement("examples/partners"), "parameters": {"state": "RUS"}, "on": "2024-12-04"}
"""A text of one's own, with the values that it needs."""

SAVED = statement("examples/guarantors")
"""The file of a saved question."""
