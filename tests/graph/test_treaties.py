"""Older and larger treaties, worked by hand: what they taught the derivation, with their days."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from graph.derive import derive
from graph.model.facts import Act, Claim, Commitment, Membership, Participation, Reservation, Succession, Tenure, Term
from graph.model.records import Fact

SOURCE: Any = [{"source": "s"}]
T = "treaty"
Stretches = list[tuple[str, str, str]]


def act(kind: str, day: str, by: str | None = None, **fields: Any) -> Act:
    key = fields.pop("key", f"{kind}.{by}.{day}")
    return Act(key=key, kind=kind, day=day, by=by, on=T, attested_by=SOURCE, **fields)


def term(kind: str, value: str) -> Term:
    return Term(key=f"term.{kind}", kind=kind, value=value, of=T, attested_by=SOURCE)


def clause(key: str = "clause", **fields: Any) -> Commitment:
    given = {"kind": "defence", "bearers": "each_party", "beneficiaries": "each_other_party", "under": T}
    return Commitment(key=key, attested_by=SOURCE, **given | fields)


def reservation(key: str, effect: str, by: str, to: str, **fields: Any) -> Reservation:
    span = {"begins": "unlimited", "ends": "unlimited"}
    return Reservation(key=key, effect=effect, by=by, to=[to], span=span, attested_by=SOURCE, **fields)


def between(facts: Sequence[Fact], start: str, end: str, fact: str | None = None) -> Stretches:
    found = [p for p in derive(T, facts) if (p.start, p.end) == (start, end) and p.fields.get("fact") == fact]
    return sorted((str(p.fields["holds_from"]), str(p.fields["holds_until"]), str(p.fields["in_force"])) for p in found)


def in_force(*states: str, on: str = "1950-01-01") -> list[Fact]:
    return [
        *(act("ratification", on, state) for state in states),
        act("entry_into_force", on, verified_on=date(2000, 1, 1)),
        term("duration", "indefinite"),
    ]


CERTAIN = ("1950-01-01", "2000-01-02", "definite")
PRESUMED = ("2000-01-02", "9999-12-31", "presumed")


def test_sino_soviet_1950_renews_itself_and_is_over_in_april_1980() -> None:
    facts: list[Fact] = [
        act("ratification", "1950-04-11", "CHN"),
        act("ratification", "1950-04-11", "SUN"),
        act("entry_into_force", "1950-04-11"),
        term("duration", "30 years"),
    ]
    assert between(facts, "CHN", T) == [("1950-04-11", "1980-04-11", "definite")]
    renewed = [*facts, term("renewal", "5 years unless denounced")]
    assert between(renewed, "CHN", T) == [
        ("1950-04-11", "1980-04-11", "definite"),
        ("1980-04-11", "9999-12-31", "presumed"),
    ]
    notice = act("denunciation", "1979-04-03", "CHN", effect_day="1980-04-11")
    assert between([*renewed, notice], "SUN", T) == [("1950-04-11", "1980-04-11", "definite")]


def test_franco_russian_1892_owes_one_sided_things_under_one_agreement() -> None:
    facts = [*in_force("FRA", "RUS", on="1894-01-04"), clause("fr", bearers="named", owed_by=["FRA"]),
             clause("ru", bearers="named", owed_by=["RUS"])]  # fmt: skip
    assert between(facts, "FRA", "RUS", "fr")
    assert between(facts, "RUS", "FRA", "fr") == []
    assert between(facts, "RUS", "FRA", "ru")


def test_belgium_owes_france_nothing_in_1832() -> None:
    facts = [*in_force("BEL", "FRA"), clause(bearers="named", owed_by=["FRA"], beneficiaries="named", owed_to=["BEL"])]
    assert between(facts, "FRA", "BEL", "clause") == [CERTAIN, PRESUMED]
    assert between(facts, "BEL", "FRA", "clause") == []


def test_the_ottoman_empire_is_owed_a_guarantee_it_never_signed() -> None:
    facts = [*in_force("AUT", "FRA", "GBR"), clause(kind="guarantee", beneficiaries="named", owed_to=["OTT"])]
    assert between(facts, "GBR", "OTT", "clause") == [CERTAIN, PRESUMED]
    assert between(facts, "OTT", T) == []


def test_one_notice_ends_the_treaty_of_1954_for_both() -> None:
    facts = [*in_force("USA", "TWN"), act("denunciation", "1979-01-01", "USA", effect_day="1980-01-01"), clause()]
    ended = [("1950-01-01", "1980-01-01", "definite")]
    assert between(facts, "TWN", T) == between(facts, "TWN", "USA", "clause") == ended


def test_bolivia_comes_back_with_a_reservation_that_belongs_to_its_second_spell() -> None:
    facts = [
        *in_force("BOL", "PER", "ECU"),
        act("denunciation", "1960-01-01", "BOL"),
        act("accession", "1961-01-01", "BOL", spell=2),
        clause(),
        reservation("r", "excludes", "BOL", T, spell=2),
    ]
    assert between(facts, "BOL", "PER", "clause") == [("1950-01-01", "1960-01-01", "definite")]
    assert [row[0] for row in between(facts, "BOL", T)] == ["1950-01-01", "1961-01-01", "2000-01-02"]
    assert between(facts, "PER", "ECU", "clause") == [CERTAIN, PRESUMED]


def test_a_notice_withdrawn_before_it_took_effect_leaves_no_gap() -> None:
    notice = act("withdrawal", "1999-01-01", "A", effect_day="1999-07-01", key="notice")
    facts = [*in_force("A", "B", "C"), notice]
    back = act("revocation", "1999-03-01", "A", revokes="notice")
    assert between(facts, "A", T) == [("1950-01-01", "1999-07-01", "definite")]
    assert between([*facts, back], "A", T) == [CERTAIN, PRESUMED]
    too_late = act("revocation", "1999-08-01", "A", revokes="notice")
    assert between([*facts, too_late], "A", T) == [("1950-01-01", "1999-07-01", "definite")]


def test_what_was_signed_and_unsigned_is_pending_no_longer() -> None:
    facts: list[Fact] = [
        act("signature", "2000-12-31", "USA", key="signed"),
        act("revocation", "2002-05-06", "USA", revokes="signed"),
    ]
    assert between(facts, "USA", T) == [("2000-12-31", "2002-05-06", "pending")]


def test_a_withdrawal_that_is_denied_leaves_the_party_possible() -> None:
    facts = [*in_force("PRK", "KOR", "RUS", on="1985-12-12"), act("withdrawal", "2003-01-10", "PRK", key="w")]
    denial = Claim(
        key="d", stance="denies", towards="fact", sentence="It is still bound.", made_on="2003", about=["w"],
        claimant_as_written="others", attested_by=SOURCE,
    )  # fmt: skip
    assert between([*facts, denial], "PRK", T) == [
        ("1985-12-12", "2003-01-10", "definite"),
        ("2003-01-10", "9999-12-31", "possible"),
    ]


def test_not_yet_in_force_moves_the_begin() -> None:
    facts: list[Fact] = [
        act("ratification", "1990-01-01", "A"),
        act("entry_into_force", "1995-06-30", not_yet=True),
        act("ratification", "1990-01-01", "B"),
    ]
    assert between(facts, "A", T) == [("1990-01-01", "1995-07-01", "pending"), ("1995-07-01", "9999-12-31", "possible")]


def test_provisional_application_holds_and_is_marked_until_entry_into_force() -> None:
    facts: list[Fact] = [
        act("provisional_application", "1994-12-01", "A"),
        act("provisional_application", "1994-12-01", "B"),
        act("ratification", "1997-12-01", "A"),
        act("ratification", "1998-04-01", "B"),
        act("entry_into_force", "1998-04-16"),
        term("duration", "indefinite"),
        clause(),
    ]
    assert between(facts, "A", "B", "clause")[:2] == [
        ("1994-12-01", "1998-04-16", "definite"),
        ("1998-04-16", "1998-04-17", "definite"),
    ]
    marked = [p.fields.get("provisional", False) for p in derive(T, facts) if p.type == "COMMITS_TO" and p.start == "A"]
    assert marked == [True, False, False]


def test_a_suspension_takes_days_out_of_what_would_hold() -> None:
    facts = [*in_force("A", "B"), clause(), act("suspension", "1960-01-01"), act("resumption", "1970-01-01")]
    for found in (between(facts, "A", T), between(facts, "A", "B", "clause")):
        assert found == [
            ("1950-01-01", "1960-01-01", "definite"),
            ("1960-01-01", "1970-01-01", "suspended"),
            ("1970-01-01", "2000-01-02", "definite"),
            PRESUMED,
        ]


def test_a_suspension_by_one_party_leaves_the_others_alone() -> None:
    facts = [*in_force("A", "B", "C"), clause(), act("suspension", "1960-01-01", "A")]
    assert between(facts, "A", T) == [
        ("1950-01-01", "1960-01-01", "definite"),
        ("1960-01-01", "9999-12-31", "suspended"),
    ]
    assert between(facts, "B", "C", "clause") == [CERTAIN, PRESUMED]


def test_a_state_that_ends_is_party_no_longer_and_its_successor_only_by_its_own_act() -> None:
    gone = Succession(
        key="end", kind="unification", ends_predecessor=True, day="1990-10-03", predecessor="DDR", successor="DEU",
        attested_by=SOURCE,
    )  # fmt: skip
    facts = [*in_force("DDR", "POL", "SUN"), gone]
    assert between(facts, "DDR", T) == [("1950-01-01", "1990-10-03", "definite")]
    assert between(facts, "DEU", T) == []
    own = act("succession", "1990-10-03", "DEU")
    assert between([*facts, own], "DEU", T)[0][0] == "1990-10-03"


def test_reservations_and_objections_act_between_pairs() -> None:
    facts = [*in_force("A", "B", "C"), clause("x", arises_from="article.1"), clause("y", arises_from="article.2")]
    excluded = [*facts, reservation("r", "excludes", "A", "article.1")]
    assert between(excluded, "A", "B", "x") == between(excluded, "B", "A", "x") == []
    assert between(excluded, "B", "C", "x") == between(excluded, "A", "B", "y") == [CERTAIN, PRESUMED]
    simple = [*excluded, reservation("o", "objects", "B", "r")]
    assert between(simple, "A", "B", "x") == []
    strong = [*excluded, reservation("o", "objects_and_precludes", "B", "r")]
    assert between(strong, "A", "B", "y") == between(strong, "B", "A", "y") == []
    assert between(strong, "A", "C", "y") == [CERTAIN, PRESUMED]


def test_a_reservation_that_modifies_keeps_and_marks() -> None:
    facts = [*in_force("A", "B"), clause(arises_from="article.1"), reservation("r", "modifies", "A", "article.1")]
    pieces = [p for p in derive(T, facts) if p.type == "COMMITS_TO"]
    assert between(facts, "A", "B", "clause") == [CERTAIN, PRESUMED]
    assert {tuple(p.fields["modified_by"]) for p in pieces} == {("r",)}  # type: ignore[arg-type]


def test_a_newer_clause_replaces_the_older_between_those_that_have_it() -> None:
    facts = [
        *in_force("A", "B", "C"),
        clause("old"),
        clause("new", replaces=["old"], bearers="named", owed_by=["A", "B"], beneficiaries="named", owed_to=["A", "B"],
               span={"begins": "1951-10-22", "ends": "unlimited"}),
    ]  # fmt: skip
    assert between(facts, "A", "B", "old") == [("1950-01-01", "1951-10-22", "definite")]
    assert between(facts, "A", "C", "old") == [CERTAIN, PRESUMED]
    assert between(facts, "A", "B", "new")[0][0] == "1951-10-22"


def test_each_accession_to_the_north_atlantic_treaty_has_its_own_entry_into_force() -> None:
    greece = [
        act("accession", "1952-02-18", "GRC"),
        act("entry_into_force", "1952-02-18", "GRC", verified_on=date(2000, 1, 1)),
    ]
    facts = [*in_force("USA", "FRA", on="1949-08-24"), *greece, clause()]
    since_1952 = [("1952-02-18", "2000-01-02", "definite"), PRESUMED]
    assert between(facts, "GRC", T) == since_1952
    assert between(facts, "USA", "GRC", "clause") == between(facts, "GRC", "USA", "clause") == since_1952
    assert between(facts, "USA", "FRA", "clause")[0][0] == "1949-08-24"


def test_india_and_bhutan_1949_owe_different_things_without_an_end() -> None:
    facts = [
        *in_force("IND", "BTN", on="1949-08-08"),
        clause("guidance", kind="foreign_policy_guidance", bearers="named", owed_by=["BTN"]),
        clause(
            "subsidy", kind="economic_aid", bearers="named", owed_by=["IND"], beneficiaries="named", owed_to=["BTN"]
        ),
        clause("extradition", kind="extradition"),
    ]
    forever = [("1949-08-08", "2000-01-02", "definite"), PRESUMED]
    assert between(facts, "BTN", "IND", "guidance") == between(facts, "IND", "BTN", "subsidy") == forever
    assert between(facts, "IND", "BTN", "guidance") == between(facts, "BTN", "IND", "subsidy") == []
    assert between(facts, "IND", "BTN", "extradition") == between(facts, "BTN", "IND", "extradition") == forever


def test_participations_without_acts_stand_alone_and_spells_join() -> None:
    def row(key: str, span: dict[str, str]) -> Participation:
        return Participation(key=key, of="USA", agreement=T, basis="coded", span=span, attested_by=SOURCE)

    first = row("p1", {"begins": "1949-04-04", "ends": "1951-10-22", "ends_are": "first_day_without"})
    second = row("p2", {"begins": "1951-10-22", "ends": "open", "verified_on": "2018-12-31"})
    assert between([first, second], "USA", T) == [
        ("1949-04-04", "1951-10-22", "definite"),
        ("1951-10-22", "2019-01-01", "definite"),
        ("2019-01-01", "9999-12-31", "presumed"),
    ]


def test_offices_and_memberships_are_cut_the_same_way() -> None:
    tenure = Tenure(key="t", of="lavrov", office="minister", span="2004-03-09/..", attested_by=SOURCE)
    member = Membership(
        key="m", of="FRA", organization="NATO", part="integrated command", attested_by=SOURCE,
        span={"begins": "1949-08-24", "ends": "1966-07-01", "ends_are": "first_day_without"},
    )  # fmt: skip
    assert [(p.type, str(p.fields["holds_from"])) for p in derive("lavrov", [tenure])] == [
        ("HELD", "2004-03-09"),
        ("HELD", "2004-03-10"),
    ]
    assert [(p.type, str(p.fields["holds_until"])) for p in derive("FRA", [member])] == [("BELONGED_TO", "1966-07-01")]
