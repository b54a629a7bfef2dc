"""What follows from facts, for the cases the shipped treaties need and for how a party comes and goes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pytest

from graph.derive import LARGEST_MUTUAL_CLAUSE, Piece, derive
from graph.model.facts import Act, Claim, Commitment, Event, Participation, Term
from graph.model.records import Fact

AGREEMENT = "A-B.treaty"
SOURCE = [{"source": "s"}]
Row = tuple[str, str, str, str, str]


def act(kind: str, day: str, by: str | None = None, **fields: Any) -> Act:
    key = fields.pop("key", f"{kind}.{by or 'all'}.{fields.get('spell', 1)}")
    return Act(key=key, kind=kind, day=day, by=by, on=AGREEMENT, attested_by=SOURCE, **fields)


def term(kind: str, value: str) -> Term:
    return Term(key=f"term.{kind}", kind=kind, value=value, of=AGREEMENT, attested_by=SOURCE)


def part(of: str, span: dict[str, Any], **fields: Any) -> Participation:
    return Participation(
        key=f"part.{of}", of=of, agreement=AGREEMENT, basis="reported", span=span, attested_by=SOURCE, **fields
    )


def clause(**fields: Any) -> Commitment:
    given: dict[str, Any] = {"bearers": "each_party", "beneficiaries": "each_other_party", "under": AGREEMENT} | fields
    return Commitment(key="clause", kind="defence", attested_by=SOURCE, **given)


def denial(of: str) -> Claim:
    return Claim(
        key=f"denial.{of}",
        stance="denies",
        towards="fact",
        sentence="It did not happen.",
        made_on="2003",
        about=[of],
        claimant_as_written="somebody",
        attested_by=SOURCE,
    )


def rows(pieces: Iterable[Piece], start: str, end: str) -> list[Row]:
    found = [piece for piece in pieces if (piece.start, piece.end) == (start, end)]
    return sorted((_row(piece) for piece in found), key=lambda row: (row[0], row[2]))


def _row(piece: Piece) -> Row:
    fields: dict[str, Any] = dict(piece.fields)
    days = str(fields["holds_from"]), str(fields["holds_until"])
    return piece.type, str(fields["in_force"]), *days, ", ".join(fields["awaits"])


def party(facts: Sequence[Fact], actor: str) -> list[tuple[str, str, str]]:
    return [row[1:4] for row in rows(derive(AGREEMENT, facts), actor, AGREEMENT)]


SIGNED = [act("signature", "2024-06-19", "A"), act("signature", "2024-06-19", "B")]
IN_FORCE = [
    *SIGNED,
    act("ratification", "2024-12-04", "A"),
    act("ratification", "2024-12-04", "B"),
    act("entry_into_force", "2024-12-04", verified_on=date(2024, 12, 5)),
    term("duration", "indefinite"),
    term("consent", "ratification"),
]


def test_a_ratified_treaty_is_pending_then_definite_then_presumed() -> None:
    expected = [
        ("pending", "2024-06-19", "2024-12-04"),
        ("definite", "2024-12-04", "2024-12-06"),
        ("presumed", "2024-12-06", "9999-12-31"),
    ]
    assert party(IN_FORCE, "A") == party(IN_FORCE, "B") == expected


def test_a_mutual_clause_follows_both_parties_in_both_directions() -> None:
    pieces = derive(AGREEMENT, [*IN_FORCE, clause()])
    waits = "ratification by A, ratification by B, entry into force"
    for start, end in (("A", "B"), ("B", "A")):
        assert rows(pieces, start, end) == [
            ("COMMITS_TO", "pending", "2024-06-19", "2024-12-04", waits),
            ("COMMITS_TO", "definite", "2024-12-04", "2024-12-06", ""),
            ("COMMITS_TO", "presumed", "2024-12-06", "9999-12-31", ""),
        ]


def test_each_piece_names_the_facts_it_rests_on() -> None:
    pieces = {str(p.fields["in_force"]): p for p in derive(AGREEMENT, [*IN_FORCE, clause()]) if p.type == "COMMITS_TO"}
    assert pieces["pending"].fields["rests_on"] == ["clause", "signature.A.1", "signature.B.1"]
    assert pieces["definite"].fields["rests_on"] == [
        "clause",
        "entry_into_force.all.1",
        "ratification.A.1",
        "ratification.B.1",
        "term.duration",
    ]


def test_what_is_awaited_shrinks_as_parties_ratify() -> None:
    facts: list[Fact] = [
        *SIGNED,
        act("ratification", "2024-08-01", "A"),
        act("ratification", "2024-12-04", "B"),
        act("entry_into_force", "2024-12-04"),
        term("consent", "ratification"),
        clause(),
    ]
    assert rows(derive(AGREEMENT, facts), "A", "B")[:2] == [
        ("COMMITS_TO", "pending", "2024-06-19", "2024-08-01", "ratification by A, ratification by B, entry into force"),
        ("COMMITS_TO", "pending", "2024-08-01", "2024-12-04", "ratification by B, entry into force"),
    ]


def test_domestic_steps_make_nobody_a_party() -> None:
    facts = [*SIGNED, act("lower_house", "2024-10-24", "A.duma"), act("decree", "2024-11-11", "B")]
    assert party(facts, "A.duma") == []
    assert party(facts, "B") == [("pending", "2024-06-19", "9999-12-31")]


def test_a_participation_ended_by_termination_is_possible_then_definite_on_the_last_day_it_can_have_begun() -> None:
    span = {"begins": "[2000-02-09..2024-12-03]", "ends": "unknown"}
    facts: list[Fact] = [part("A", span), part("B", span), act("termination", "2024-12-04")]
    assert party(facts, "A") == [("possible", "2000-02-09", "2024-12-03"), ("definite", "2024-12-03", "2024-12-04")]


def test_without_entry_into_force_the_second_consent_makes_at_best_possible() -> None:
    facts: list[Fact] = [
        *SIGNED,
        act("ratification", "2024-07-01", "A"),
        act("ratification", "2024-08-01", "B"),
        clause(),
    ]
    assert party(facts, "A") == [
        ("pending", "2024-06-19", "2024-07-01"),
        ("pending", "2024-07-01", "2024-08-01"),
        ("possible", "2024-08-01", "9999-12-31"),
    ]
    assert party(facts[:-2], "A")[-1] == ("pending", "2024-07-01", "9999-12-31")
    assert [row[1:4] for row in rows(derive(AGREEMENT, facts), "A", "B")] == [
        ("pending", "2024-06-19", "2024-07-01"),
        ("pending", "2024-07-01", "2024-08-01"),
        ("possible", "2024-08-01", "9999-12-31"),
    ]


def test_a_signature_that_binds_makes_a_party_on_entry_into_force() -> None:
    facts = [act("signature", "2001-01-01", "A", binds=True), act("entry_into_force", "2001-02-01")]
    assert party(facts, "A")[:2] == [("pending", "2001-01-01", "2001-02-01"), ("definite", "2001-02-01", "2001-02-02")]


def test_an_end_shows_that_the_treaty_had_been_in_force() -> None:
    assert party([*SIGNED, act("termination", "2030-01-01")], "A") == [("possible", "2024-06-19", "2030-01-01")]


def test_a_denunciation_by_one_ends_a_bilateral_treaty_for_both() -> None:
    facts: list[Fact] = [*IN_FORCE, act("denunciation", "2026-01-01", "A", effect_day="2027-01-01"), clause()]
    assert party(facts, "B")[-1] == ("definite", "2024-12-04", "2027-01-01")
    assert rows(derive(AGREEMENT, facts), "A", "B")[-1][1:4] == ("definite", "2024-12-04", "2027-01-01")


def test_a_withdrawal_from_a_treaty_of_three_leaves_the_others() -> None:
    facts = [*IN_FORCE, act("accession", "2025-01-01", "C"), act("withdrawal", "2026-01-01", "A")]
    assert party(facts, "A")[-1][2] == "2026-01-01"
    assert party(facts, "B")[-1][2] == party(facts, "C")[-1][2] == "9999-12-31"


def test_an_uncertain_day_makes_a_stretch_that_is_possible() -> None:
    facts: list[Fact] = [*SIGNED, act("ratification", "2024-12", "A"), act("entry_into_force", "2024-12", "A")]
    assert party(facts, "A")[1:3] == [
        ("possible", "2024-12-01", "2024-12-31"),
        ("definite", "2024-12-31", "2025-01-01"),
    ]


def test_competing_days_are_read_as_one_uncertain_day() -> None:
    facts: list[Fact] = [
        act("ratification", "2024-11-11", "A", key="r1"),
        act("ratification", "2024-11-13", "A", key="r2"),
        act("entry_into_force", "2024-11-01"),
    ]
    assert party(facts, "A")[:2] == [("possible", "2024-11-11", "2024-11-13"), ("definite", "2024-11-13", "2024-11-14")]


def test_a_coarser_day_that_contains_a_finer_one_does_not_compete() -> None:
    facts: list[Fact] = [
        act("ratification", "2024-11", "A", key="r1"),
        act("ratification", "2024-11-12", "A", key="r2"),
        act("entry_into_force", "2024-11-01"),
    ]
    assert party(facts, "A")[0] == ("definite", "2024-11-12", "2024-11-13")


def test_a_denied_withdrawal_may_not_have_happened() -> None:
    facts: list[Fact] = [
        act("accession", "1985-12-12", "A"),
        act("entry_into_force", "1970-03-05"),
        term("duration", "indefinite"),
        act("withdrawal", "2003-01-10", "A", verified_on=None),
        denial("withdrawal.A.1"),
    ]
    assert party(facts, "A") == [("definite", "1985-12-12", "2003-01-10"), ("possible", "2003-01-10", "9999-12-31")]


def test_what_is_only_claimed_feeds_nothing() -> None:
    facts: list[Fact] = [act("ratification", "2000", "A", standing="only_claimed"), act("entry_into_force", "2000")]
    assert party(facts, "A") == []


def test_a_party_that_comes_back_has_two_spells() -> None:
    facts: list[Fact] = [
        act("accession", "1976-09-23", "A"),
        act("entry_into_force", "1964-12-13"),
        act("accession", "1964-12-13", "B"),
        act("denunciation", "2012-01-01", "A"),
        act("accession", "2013-02-10", "A", spell=2),
        term("duration", "indefinite"),
        act("accession", "1964-12-13", "C"),
    ]
    assert party(facts, "A") == [
        ("definite", "1976-09-23", "2012-01-01"),
        ("definite", "2013-02-10", "2013-02-11"),
        ("presumed", "2013-02-11", "9999-12-31"),
    ]


def test_a_participation_says_when_a_consent_without_entry_into_force_took_hold() -> None:
    consent = act("ratification", "[1990-01-05..1990-01-09]", "A")
    taking_part = {"begins": "1990-01-06", "ends": "open", "verified_on": "1990-02-01"}
    assert party([consent, part("A", taking_part)], "A") == [
        ("possible", "1990-01-06", "1990-01-09"),
        ("definite", "1990-01-09", "1990-02-02"),
        ("presumed", "1990-02-02", "9999-12-31"),
    ]


def test_nobody_takes_part_before_the_agreement_is_in_force() -> None:
    coded = part("A", {"begins": "1949-04-04", "ends": "open", "verified_on": "2018-12-31"})
    assert party([coded, act("entry_into_force", "1949-08-24")], "A")[0] == ("definite", "1949-08-24", "2019-01-01")
    waits = party([coded, act("entry_into_force", "1949-08-01", not_yet=True)], "A")
    assert waits[0] == ("definite", "1949-08-02", "2019-01-01")


def test_the_own_act_of_leaving_decides_over_a_stated_end() -> None:
    taking_part = part("A", {"begins": "1950-01-01", "ends": "1960-01-01", "ends_are": "first_day_without"})
    left = act("withdrawal", "1961-01-01", "A")
    assert party([taking_part, left], "A") == [("definite", "1950-01-01", "1961-01-01")]
    over = act("termination", "1961-01-01")
    assert party([taking_part, over], "A") == [("definite", "1950-01-01", "1960-01-01")]
    assert party([taking_part, left, denial(left.key)], "A") == [
        ("definite", "1950-01-01", "1960-01-01"),
        ("possible", "1960-01-01", "1961-01-01"),
    ]


def test_a_notice_is_taken_back_in_time_only_before_the_day_of_its_effect() -> None:
    notice = act("withdrawal", "2025-01-01", "A", effect_day="2026-01-01", key="notice")
    for day, ends in (("2025-12-31", "9999-12-31"), ("2026-01-01", "2026-01-01")):
        facts = [*IN_FORCE, act("accession", "2025-01-01", "C"), notice, act("revocation", day, "A", revokes="notice")]
        assert party(facts, "A")[-1][2] == ends


def test_one_of_three_that_may_never_have_been_a_party_leaves_the_last_one_possible() -> None:
    doubtful = act("accession", "2024-12-20", "C")
    facts = [*IN_FORCE, doubtful, denial(doubtful.key), act("withdrawal", "2025-06-01", "B")]
    assert party(facts, "A")[-3:] == [
        ("definite", "2024-12-04", "2024-12-06"),
        ("presumed", "2024-12-06", "2025-06-01"),
        ("possible", "2025-06-01", "9999-12-31"),
    ]


def test_a_signatory_waits_no_longer_when_the_others_have_left() -> None:
    both_left = [act("withdrawal", "2025-06-01", "B"), act("withdrawal", "2025-06-01", "A")]
    facts = [*IN_FORCE, act("signature", "2025-01-01", "C"), *both_left]
    assert party(facts, "C") == [("pending", "2025-01-01", "2025-06-01")]


def test_a_newer_clause_takes_its_own_days_whatever_is_uncertain_of_the_parties() -> None:
    uncertain: list[Fact] = [
        act("ratification", "2000-01-01", "A"),
        act("ratification", "2000-01-01", "B"),
        act("entry_into_force", "2000-01"),
        term("duration", "indefinite"),
    ]
    newer = clause(span={"begins": "1999-01-01", "ends": "unlimited"}).model_copy(
        update={"key": "newer", "replaces": ("clause",)}
    )
    pieces = [p for p in derive(AGREEMENT, [*uncertain, clause(), newer]) if p.type == "COMMITS_TO"]
    assert {p.fields["fact"] for p in pieces if p.fields["in_force"] != "pending"} == {"newer"}


def test_a_political_commitment_has_only_its_own_limits() -> None:
    promise = Commitment(
        key="promise",
        kind="political_support",
        binding="political",
        bearers="named",
        beneficiaries="named",
        owed_by=["A"],
        owed_to=["B"],
        voiced_at="meeting",
        until="the day of victory",
        attested_by=SOURCE,
        span={"begins": "2024-11-01", "ends": "open", "verified_on": "2024-11-01"},
    )
    assert rows(derive("promise", [promise]), "A", "B") == [
        ("COMMITS_TO", "definite", "2024-11-01", "2024-11-02", ""),
        ("COMMITS_TO", "presumed", "2024-11-02", "9999-12-31", ""),
    ]


def test_a_commitment_until_an_event_ends_with_it_once_it_is_recorded() -> None:
    lasting = clause(until="the end of the war", until_thing="war-over")
    over = Event(key="war-over", kind="other", text="It is over.", span="2025-05-09", attested_by=SOURCE)
    found = [row[1:4] for row in rows(derive(AGREEMENT, [*IN_FORCE, lasting, over]), "A", "B")]
    assert found[-2:] == [("presumed", "2024-12-06", "2025-05-09"), ("possible", "2025-05-09", "2025-05-10")]
    assert rows(derive(AGREEMENT, [*IN_FORCE, lasting]), "A", "B")[-1][3] == "9999-12-31"


def test_a_third_state_is_owed_by_the_bearers_span_alone() -> None:
    guarantee = clause(beneficiaries="named", owed_to=["C"])
    assert [row[1] for row in rows(derive(AGREEMENT, [*IN_FORCE, guarantee]), "A", "C")] == [
        "pending",
        "definite",
        "presumed",
    ]


def test_owed_to_some_other_party_is_never_better_than_possible() -> None:
    some = clause(bearers="named", owed_by=["A"], beneficiaries="some_other_party")
    assert {row[1] for row in rows(derive(AGREEMENT, [*IN_FORCE, some]), "A", "B")} == {"pending", "possible"}


def test_what_is_owed_to_the_community_makes_no_pairs() -> None:
    community = clause(beneficiaries="community")
    assert [p for p in derive(AGREEMENT, [*IN_FORCE, community]) if p.type == "COMMITS_TO"] == []


@pytest.mark.parametrize(("parties", "pairs"), [(LARGEST_MUTUAL_CLAUSE, 9900), (LARGEST_MUTUAL_CLAUSE + 1, 0)])
def test_a_mutual_clause_of_too_many_parties_makes_no_pairs(parties: int, pairs: int) -> None:
    many = [act("ratification", "1999-01-01", f"S{i}") for i in range(parties)]
    pieces = derive(AGREEMENT, [*many, act("entry_into_force", "2000-01-01"), term("duration", "indefinite"), clause()])
    definite = [p for p in pieces if p.type == "COMMITS_TO" and p.fields["in_force"] == "definite"]
    assert len(definite) == pairs


def test_the_order_of_facts_does_not_matter() -> None:
    facts = [*IN_FORCE, clause()]
    assert {repr(p) for p in derive(AGREEMENT, facts)} == {repr(p) for p in derive(AGREEMENT, facts[::-1])}
