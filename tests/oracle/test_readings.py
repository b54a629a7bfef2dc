"""The oracle itself, on treaties worked by hand: the shipped ones in miniature, and older and larger ones."""

from tests.oracle.readings import Expected, expected
from tests.oracle.worlds import NEVER, OPEN, UNKNOWN, Act, Clause, Days, Ending, Limits, Part, Reserve, World

Changes = list[tuple[int, str]]


def act(kind: str, by: str | None, day: int | Days, **more: object) -> Act:
    days = (day, day) if isinstance(day, int) else day
    return Act(f"{kind}.{by}.{day}", kind, by, days, **more)  # type: ignore[arg-type]


def changes(days: list[str]) -> Changes:
    """Return the days on which the answer changes, with the new answer; `none` on day 0 goes without saying."""
    told = [(day, answer) for day, answer in enumerate(days) if day == 0 or days[day - 1] != answer]
    return told[1:] if told[0] == (0, "none") else told


def party(world: World, actor: str) -> Changes:
    return changes(expected(world).parties[actor])


def owed(world: World, bearer: str, beneficiary: str, clause: str = "clause") -> Changes:
    found: Expected = expected(world)
    return changes(found.owed.get((bearer, beneficiary, clause), ["none"] * NEVER))


def in_force(*actors: str, since: int = 1, verified: int = 20) -> tuple[Act, ...]:
    entry = act("entry_into_force", None, since, verified=verified)
    return (*(act("ratification", actor, since) for actor in actors), entry)


LASTING: Changes = [(1, "definite"), (21, "presumed")]
MUTUAL = (Clause("clause"),)


def test_the_treaty_of_2024_is_pending_then_definite_then_presumed() -> None:
    signed = act("signature", "PRK", 1), act("signature", "RUS", 1)
    acts = (*signed, *in_force("PRK", "RUS", since=5, verified=6))
    world = World(acts, clauses=MUTUAL, duration="indefinite")
    expected_days = [(1, "pending"), (5, "definite"), (7, "presumed")]
    assert party(world, "PRK") == party(world, "RUS") == expected_days
    assert owed(world, "PRK", "RUS") == owed(world, "RUS", "PRK") == expected_days


def test_the_treaty_of_2000_is_possible_then_definite_on_its_last_day() -> None:
    reported = [Part(f"part.{actor}", actor, Limits((2, 5), UNKNOWN)) for actor in ("PRK", "RUS")]
    world = World((act("termination", None, 6),), tuple(reported))
    assert party(world, "PRK") == party(world, "RUS") == [(2, "possible"), (5, "definite"), (6, "none")]


def test_nato_has_members_that_came_later() -> None:
    acts = (*in_force("USA", "FRA"), act("accession", "TUR", 3), act("entry_into_force", "TUR", 4))
    world = World(acts, clauses=MUTUAL, duration="indefinite")
    assert owed(world, "USA", "FRA") == LASTING
    assert owed(world, "USA", "TUR") == [(3, "pending"), (4, "definite"), (21, "presumed")]


def test_a_clause_changed_on_one_accession_is_two_clauses() -> None:
    clauses = Clause("old"), Clause("new", limits=Limits((6, 6)), article="2", replaces="old")
    world = World(in_force("USA", "TUR"), clauses=clauses, duration="indefinite")
    assert owed(world, "USA", "TUR", "old") == [(1, "definite"), (6, "none")]
    assert owed(world, "USA", "TUR", "new") == [(6, "definite"), (21, "presumed")]


def test_the_older_clause_stands_where_either_end_is_not_under_the_newer_one() -> None:
    newer = Clause("new", ("A",), ("B",), article="2", replaces="old")
    world = World(in_force("A", "B", "C"), clauses=(Clause("old"), newer), duration="indefinite")
    assert owed(world, "A", "B", "old") == []
    assert owed(world, "B", "A", "old") == owed(world, "A", "C", "old") == LASTING


def test_sino_soviet_1950_is_certain_for_its_term_and_presumed_after_renewal() -> None:
    acts = act("ratification", "CHN", 2), act("ratification", "SUN", 2), act("entry_into_force", None, 2)
    assert party(World(acts, duration=8), "CHN") == [(2, "definite"), (10, "none")]
    assert party(World(acts, duration=8, renews=True), "CHN") == [(2, "definite"), (10, "presumed")]
    denounced = (*acts, act("denunciation", "CHN", 8, effect=(10, 10)))
    assert party(World(denounced, duration=8, renews=True), "SUN") == [(2, "definite"), (10, "none")]


def test_belgium_owes_france_nothing() -> None:
    world = World(in_force("BEL", "FRA"), clauses=(Clause("clause", ("FRA",), ("BEL",)),), duration="indefinite")
    assert owed(world, "FRA", "BEL") == LASTING
    assert owed(world, "BEL", "FRA") == []


def test_a_third_state_is_owed_by_the_bearers_span_alone() -> None:
    world = World(in_force("AUT", "FRA", "GBR"), clauses=(Clause("clause", None, ("OTT",)),), duration="indefinite")
    assert owed(world, "GBR", "OTT") == LASTING
    noticed = World((*world.acts, act("withdrawal", "OTT", 3)), clauses=world.clauses, duration="indefinite")
    assert owed(noticed, "GBR", "OTT") == [], "any act on the agreement, a bare notice too, makes it no third state"


def test_one_sides_notice_ends_a_treaty_of_two() -> None:
    notice = act("denunciation", "USA", 5, effect=(9, 9))
    world = World((*in_force("USA", "TWN"), notice), clauses=MUTUAL, duration="indefinite")
    assert party(world, "TWN") == owed(world, "TWN", "USA") == [(1, "definite"), (9, "none")]


def test_bolivia_leaves_and_comes_back_with_a_reservation() -> None:
    acts = (*in_force("BOL", "PER", "ECU"), act("denunciation", "BOL", 4), act("accession", "BOL", 7, spell=2))
    reserve = Reserve("reserve", "BOL", "excludes", "all", spell=2)
    world = World(acts, clauses=MUTUAL, reserves=(reserve,), duration="indefinite")
    assert party(world, "BOL") == [(1, "definite"), (4, "none"), (7, "definite"), (21, "presumed")]
    assert owed(world, "BOL", "PER") == [(1, "definite"), (4, "none")]
    assert owed(world, "PER", "ECU") == LASTING


def test_a_notice_withdrawn_in_time_leaves_no_gap() -> None:
    notice = act("withdrawal", "A", 4, effect=(8, 8))
    kept = World((*in_force("A", "B", "C"), notice, act("revocation", "A", 7, revokes=notice.key)))
    assert party(kept, "A") == LASTING
    late = World((*in_force("A", "B", "C"), notice, act("revocation", "A", 8, revokes=notice.key)))
    assert party(late, "A") == [(1, "definite"), (8, "none")]
    perhaps = World((*in_force("A", "B", "C"), notice, act("revocation", "A", (7, 8), revokes=notice.key)))
    assert party(perhaps, "A") == [(1, "definite"), (8, "possible")]


def test_what_was_signed_and_unsigned_is_pending_no_longer() -> None:
    signed = act("signature", "USA", 2)
    unsigned = act("revocation", "USA", 6, revokes=signed.key)
    assert party(World((signed, unsigned)), "USA") == [(2, "pending"), (6, "none")]
    assert party(World((signed, act("ratification", "USA", 4), unsigned)), "USA") == [(2, "pending")]


def test_a_denied_withdrawal_leaves_the_party_possible() -> None:
    acts = (*in_force("PRK", "KOR", "RUS", verified=1), act("withdrawal", "PRK", 9, denied=True))
    assert party(World(acts, duration="indefinite"), "PRK") == [(1, "definite"), (9, "possible")]


def test_competing_days_are_one_uncertain_day_and_the_finer_stands() -> None:
    entry = act("entry_into_force", None, 1, verified=20)
    competing = World((entry, act("ratification", "A", 3), act("ratification", "A", 6)))
    assert party(competing, "A") == [(3, "possible"), (6, "definite"), (21, "presumed")]
    finer = World((entry, act("ratification", "A", (2, 8)), act("ratification", "A", 6)))
    assert party(finer, "A") == [(6, "definite"), (21, "presumed")]
    denied = World((entry, act("ratification", "A", (2, 8)), act("ratification", "A", 6, denied=True)))
    assert party(denied, "A") == [(2, "possible"), (8, "definite"), (21, "presumed")]


def test_with_no_known_entry_into_force_two_consents_make_possible_parties() -> None:
    one = act("ratification", "A", 2)
    assert party(World((one,)), "A") == [(2, "pending")]
    world = World((one, act("ratification", "B", 5), act("entry_into_force", None, 6, not_yet=True)))
    assert party(world, "A") == [(2, "pending"), (7, "possible")]
    assert party(world, "B") == [(5, "pending"), (7, "possible")]


def test_an_end_shows_that_the_treaty_had_been_in_force() -> None:
    world = World((act("signature", "A", 2), act("signature", "B", 3), act("termination", None, 9)))
    assert party(world, "A") == [(2, "possible"), (9, "none")]


def test_provisional_application_lasts_until_the_party_is_one() -> None:
    acts = (act("provisional_application", "A", 2), act("ratification", "A", 5), act("entry_into_force", None, (7, 9)))
    world = World(acts, duration="indefinite")
    assert party(world, "A") == [(2, "definite"), (7, "possible"), (9, "definite"), (10, "presumed")]
    assert changes(expected(world).at_most["A",]) == [(2, "definite"), (10, "presumed")], "one or the other held"


def test_a_suspension_takes_its_days_out() -> None:
    world = World((*in_force("A", "B"), act("suspension", None, (4, 5)), act("resumption", None, 8)), clauses=MUTUAL)
    between = [(1, "definite"), (4, "possible"), (5, "suspended"), (8, "definite"), (21, "presumed")]
    assert party(world, "A") == owed(world, "A", "B") == between
    own = World((*in_force("A", "B", "C"), act("suspension", "A", 4)))
    assert party(own, "A") == [(1, "definite"), (4, "suspended")]
    assert party(own, "B") == LASTING


def test_a_state_that_ends_is_party_no_longer() -> None:
    gone = Ending("ending", "DDR", (6, 6))
    world = World(in_force("DDR", "POL", "SUN"), endings=(gone,), duration="indefinite")
    assert party(world, "DDR") == [(1, "definite"), (6, "none")]
    assert party(world, "POL") == LASTING


def test_reservations_act_between_pairs() -> None:
    clauses = Clause("x", article="1"), Clause("y", article="2")
    excludes = Reserve("reserve", "A", "excludes", "1", Limits((1, 1), (6, 6)))
    world = World(in_force("A", "B", "C"), clauses=clauses, reserves=(excludes,))
    assert owed(world, "A", "B", "x") == owed(world, "B", "A", "x") == [(6, "definite"), (21, "presumed")]
    assert owed(world, "B", "C", "x") == owed(world, "A", "B", "y") == LASTING
    for effect, other_clause in (("objects", LASTING), ("objects_and_precludes", [(6, "definite"), (21, "presumed")])):
        objected = World(world.acts, clauses=clauses, reserves=(excludes, Reserve("objection", "B", effect, "reserve")))
        assert owed(objected, "A", "B", "y") == other_clause
        assert owed(objected, "A", "C", "y") == LASTING
    modified = World(world.acts, clauses=clauses, reserves=(Reserve("reserve", "A", "modifies", "1"),))
    assert owed(modified, "A", "B", "x") == LASTING


def test_a_participation_narrows_what_acts_leave_open() -> None:
    part = Part("part", "A", Limits((2, 4), OPEN, verified=9))
    assert party(World((), (part,)), "A") == [(2, "possible"), (4, "definite"), (10, "presumed")]
    consented = World((act("ratification", "A", (3, 5)),), (part,))
    assert party(consented, "A") == [(3, "possible"), (5, "definite"), (10, "presumed")]
    entered = World((act("entry_into_force", None, 6),), (part,))
    assert party(entered, "A") == [(6, "definite"), (10, "presumed")]
    refuted = World((act("entry_into_force", None, 6, not_yet=True),), (part,))
    assert party(refuted, "A") == [(7, "definite"), (10, "presumed")]
    denied = World((*in_force(verified=20), act("accession", "A", 6, denied=True)), (part,))
    assert party(denied, "A") == [(2, "possible"), (6, "definite"), (21, "presumed")]


def test_a_participations_end_gives_way_to_the_partys_own_notice() -> None:
    part = Part("part", "A", Limits((2, 2), (8, 8)))
    assert party(World((), (part,)), "A") == [(2, "definite"), (8, "none")]
    left = World((act("withdrawal", "A", 10),), (part,))
    assert party(left, "A") == [(2, "definite"), (10, "none")]
    perhaps = World((act("withdrawal", "A", 10, denied=True),), (part,))
    assert party(perhaps, "A") == [(2, "definite"), (8, "possible"), (10, "none")]
    over = World((act("termination", None, 5),), (part,))
    assert party(over, "A") == [(2, "definite"), (5, "none")]


def test_a_term_counts_from_entry_into_force_only() -> None:
    part = Part("part", "A", Limits((2, 2), OPEN, verified=3))
    assert party(World((), (part,), duration=5), "A") == [(2, "definite"), (4, "presumed")]
    own = World((act("entry_into_force", "B", 3),), (part,), duration=5)
    assert party(own, "A") == [(2, "definite"), (8, "none")]


def test_owed_to_some_other_party_is_never_better_than_possible() -> None:
    clause = Clause("clause", ("A",), "some")
    assert owed(World(in_force("A", "B"), clauses=(clause,)), "A", "B") == [(1, "possible")]
    community = Clause("clause", None, "community")
    assert owed(World(in_force("A", "B"), clauses=(community,)), "A", "B") == []
