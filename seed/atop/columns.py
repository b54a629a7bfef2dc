"""What becomes of each column of ATOP's files: the one declared table, for versions 4.01 and 5.1 alike.

The codebook was not at hand: what a code means beyond "said" and "not said" is never guessed, and the code is kept in
words. docs/atop.md tells it to whoever brings the files.
"""

from dataclasses import dataclass

from graph.model.vocabulary import CommitmentKind, ConditionKind, TermKind


@dataclass(frozen=True)
class Pledge:
    """One of the five obligations: its kind, the column that says it is conditional, and what is owed."""

    kind: CommitmentKind
    conditional: str | None
    text: str


PLEDGES = {
    "defense": Pledge(CommitmentKind.DEFENCE, "defcon", "Active military support if a partner is attacked."),
    "offense": Pledge(CommitmentKind.OFFENCE, "offcon", "Active military support that does not depend on an attack."),
    "neutral": Pledge(CommitmentKind.NEUTRALITY, "neucon", "Neutrality."),
    "nonagg": Pledge(CommitmentKind.NON_AGGRESSION, None, "No use of force between members."),
    "consul": Pledge(CommitmentKind.CONSULTATION, "concon", "Consultation in a militarised crisis."),
}

_CONDITIONS = {
    "adv": (ConditionKind.ADVERSARY, "It holds only against certain adversaries, which are not said."),
    "loc": (ConditionKind.LOCATION, "It holds only in certain places, which are not said."),
    "con": (ConditionKind.CONFLICT, "It holds only for a certain conflict, which is not said."),
    "num": (
        ConditionKind.NUMBER_OF_ADVERSARIES,
        "It holds only for a certain number of adversaries, not said how many.",
    ),
    "dem": (ConditionKind.REFUSAL_OF_DEMAND, "It holds only once the adversary has refused a demand."),
    "npr": (ConditionKind.UNPROVOKED, "It holds only if the attack was not provoked."),
    "att": (ConditionKind.ARMED_ATTACK, "It holds only in case of an attack."),
    "req": (ConditionKind.REQUEST, "It holds only on request."),
}

CONDITIONS: dict[str, dict[str, tuple[ConditionKind, str]]] = {
    pledge: {f"{prefix}co{kind}": _CONDITIONS[kind] for kind in kinds.split()}
    for pledge, prefix, kinds in (
        ("defense", "def", "adv loc con num dem npr"),
        ("offense", "off", "adv loc con num dem"),
        ("neutral", "neu", "adv loc con num dem npr att"),
        ("consul", "con", "adv loc con req"),
    )
}
"""The conditions of each pledge, by column. Where one pledge has a column of a kind, others may have none."""

LIMITED = "olimob"
"""Says that obligations are limited, and not which nor how: it is a condition of each pledge of the row."""


@dataclass(frozen=True)
class Beside:
    """What a column beside the five obligations becomes where it is not 0; its codes go up to `highest`, if known.

    `towards_partners` says that it is owed to the other members as the pledges are. All else is listed as owed to all
    together, which makes no pairs, since a member's row does not say who gives what to whom.
    """

    says: str
    highest: int | None
    kind: CommitmentKind = CommitmentKind.OTHER
    towards_partners: bool = False


BESIDE = {
    "notaiden": Beside("Not to aid an enemy", 4, CommitmentKind.NO_AID_TO_ENEMIES, towards_partners=True),
    "seppeace": Beside("No separate peace", 3, CommitmentKind.NO_SEPARATE_PEACE, towards_partners=True),
    "noothall": Beside("No opposing alliances", 1, CommitmentKind.NO_HOSTILE_AGREEMENTS, towards_partners=True),
    "thirdcom": Beside("Limits on commitments to third parties", 1),
    "dipaid": Beside("Diplomatic aid", 1, CommitmentKind.POLITICAL_SUPPORT),
    "terrres": Beside("Territory or resources made available", 1),
    "specthrt": Beside("A specific threat is named", 6),
    "statthr1": Beside("State named as a threat, by its COW number", None),
    "statthr2": Beside("Second state named as a threat, by its COW number", None),
    "conwtin": Beside("Conflict among members", 3),
    "medarb": Beside("Mediation or arbitration", 1, CommitmentKind.DISPUTE_SETTLEMENT),
    "milcon": Beside("Contact between militaries in peace", 3, CommitmentKind.JOINT_DEFENCE_MEASURES),
    "milaid": Beside("Military aid", 4, CommitmentKind.MILITARY_AID),
    "intcom": Beside("Integrated command in peace", 1, CommitmentKind.JOINT_DEFENCE_MEASURES),
    "subord": Beside("Subordination of forces in war", 2),
    "organ1": Beside("Organisation created", 3),
    "orgpurp1": Beside("Purpose of the organisation", 5),
    "organ2": Beside("Second organisation created", 3),
    "orgpurp2": Beside("Purpose of the second organisation", 5),
    "base": Beside("Bases", 3, CommitmentKind.BASE_ACCESS),
    "contrib": Beside("Specific contributions are stated", 1),
    "armred": Beside("Increase or reduction of arms", 2),
    "acqterr": Beside("Acquisition of territory", None),
    "divgains": Beside("Division of gains", None),
    "demwith": Beside("Demobilisation or withdrawal", None),
    "reflnun": Beside("Reference to the League of Nations or the United Nations", None),
    "refothio": Beside("Reference to another organisation", None),
    "natrefal": Beside("Reference to acts that are no treaties", None),
    "compag": Beside("Companion agreement", 6),
    "nomicoop": Beside("Other, non-military cooperation", None),
    "conres": Beside("Provision coded conres", None),
    "agprois": Beside("Provision coded agprois", None),
    "conmen": Beside("Provision coded conmen", None),
    "ecaid": Beside("Economic aid", None, CommitmentKind.ECONOMIC_AID),
    "interv": Beside("Provision coded interv", None),
}


@dataclass(frozen=True)
class Said:
    """What an agreement says of itself: the columns that say it, and the one that counts months."""

    columns: tuple[str, ...]
    months: str | None = None


TERMS = {
    TermKind.CONSENT: Said(("estmode",)),
    TermKind.DURATION: Said(("speclgth", "length"), "length"),
    TermKind.RENEWAL: Said(("proren", "renewlgt"), "renewlgt"),
    TermKind.WITHDRAWAL: Said(("renounce",)),
    TermKind.ACCESSION: Said(("proadd", "futmem")),
    TermKind.SECRECY: Said(("pubsecr", "secrart")),
}

ENDED = ("term", "termmode", "termcaus")
"""How and why it ended."""

DATES = ("yrent", "moent", "dayent", "yrexit", "moexit", "dayexit")

_FLAGS = {column for columns in CONDITIONS.values() for column in columns}
_CONDITIONAL = {pledge.conditional for pledge in PLEDGES.values() if pledge.conditional}

MEMBER_COLUMNS = frozenset({"atopid", "member", "phase", "obvary", "version", *DATES, *PLEDGES, *_FLAGS, *_CONDITIONAL})
"""Without one of these a member's row would say something else than it does; all other columns may be lacking."""

ALLIANCE_COLUMNS = frozenset({"atopid", "begyr", "begmo", "begday", "endyr", "endmo", "endday"})

TOLD = frozenset(
    {"atopid", "member", "phase", "obvary", "version", LIMITED, *DATES, *PLEDGES, *_FLAGS, *_CONDITIONAL, *BESIDE}
    | {column for said in TERMS.values() for column in said.columns}
)
"""Columns of a member's row of which records are made. All others, and codes beyond those known, are quoted."""
