"""The closed vocabularies of the model: every member is a word of the field with a sentence that defines it.

The terms of treaty law are those of the Vienna Convention on the Law of Treaties (VCLT), the first five kinds of
commitment those of the Alliance Treaty Obligations and Provisions codebook (ATOP).
"""

from enum import StrEnum

from graph.days import EndConvention, InForce


class Vocabulary(StrEnum):
    """A closed list of words, each with a sentence in `about`."""

    about: str

    def __new__(cls, word: str, about: str) -> "Vocabulary":
        """Make a member whose value is the word."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.about = about
        return member


class Standing(Vocabulary):
    """How a fact is recorded."""

    ASSERTED = "asserted", "At least one source states it."
    ONLY_CLAIMED = "only_claimed", "It is there only because claims are about it; it feeds no derivation and no sum."


class StateStatus(Vocabulary):
    """What kind of polity a state is recorded as."""

    SOVEREIGN = "sovereign", "A sovereign state, present or former."
    TERRITORY = "territory", "A territory that depends on a state."
    OTHER = "other", "Anything else that sources treat like a state."


class OrganKind(Vocabulary):
    """What kind of organ acts for a state or an organization."""

    HEAD_OF_STATE = "head_of_state", "The office of the head of state acting as an organ."
    PARLIAMENT = "parliament", "A whole parliament."
    CHAMBER = "chamber", "One chamber of a parliament."
    GOVERNMENT = "government", "A government or cabinet as a whole."
    MINISTRY = "ministry", "A ministry or department of government."
    AGENCY = "agency", "An agency, an intelligence service among them."
    ARMED_FORCES = "armed_forces", "Armed forces or a part of them."
    SPOKESPERSON = "spokesperson", "Those who speak for a government, unnamed."
    OTHER = "other", "Any other organ."


class AgreementKind(Vocabulary):
    """The form of an agreement."""

    TREATY = "treaty", "A treaty in written form, whatever it is called."
    PROTOCOL = "protocol", "A protocol to another agreement."
    EXCHANGE_OF_NOTES = "exchange_of_notes", "An agreement made by an exchange of notes or letters."
    MEMORANDUM = "memorandum", "A memorandum of understanding."
    DECLARATION = "declaration", "A joint declaration or communique."
    OTHER = "other", "Any other form."


class SourceKind(Vocabulary):
    """What kind of source it is."""

    NEWS = "news", "A news article or agency report."
    TREATY_TEXT = "treaty_text", "The text of an agreement."
    OFFICIAL = "official", "A publication of a state or an organization."
    DATA_SET = "data_set", "A data set."
    SCHOLARLY = "scholarly", "A book or article of scholarship."
    OTHER = "other", "Any other source."


class FactLabel(Vocabulary):
    """A label of facts, as a source covers it."""

    IDENTIFIER = "Identifier", "Codes of entities."
    STATEHOOD = "Statehood", "Episodes of independence."
    SUCCESSION = "Succession", "That one state follows another."
    MEMBERSHIP = "Membership", "Who belongs to which organization."
    TENURE = "Tenure", "Who holds which office."
    ACT = "Act", "Legal acts on agreements, and domestic steps towards them."
    PARTICIPATION = "Participation", "Who takes part in which agreement."
    TERM = "Term", "What agreements say of themselves."
    RESERVATION = "Reservation", "Reservations, declarations and objections."
    COMMITMENT = "Commitment", "Who owes what to whom."
    CONDITION = "Condition", "On what commitments depend."
    CONTRIBUTION = "Contribution", "Troops, arms, money and the like, at some stage."
    EVENT = "Event", "What happened."
    CLAIM = "Claim", "What somebody asserts, denies or asks for."


class IdentifierScheme(Vocabulary):
    """A scheme of codes."""

    ISO3 = "iso3", "ISO 3166-1 alpha-3."
    ISO2 = "iso2", "ISO 3166-1 alpha-2."
    ISO_NUMERIC = "iso_numeric", "ISO 3166-1 numeric, three digits."
    WIKIDATA = "wikidata", "An item of Wikidata, such as Q159."
    COW = "cow", "Number of a state in the Correlates of War system."
    GW = "gw", "Number of a state in the Gleditsch-Ward system."
    GGO = "ggo", "Identifier in Global Governance Observations."
    ATOP = "atop", "Number of an alliance in ATOP."
    UNTC = "untc", "Registration number in the United Nations Treaty Collection."


class StatehoodBegin(Vocabulary):
    """How an episode of statehood began."""

    CONSOLIDATION = "consolidation", "Rule was gathered into one state."
    DECOLONISATION = "decolonisation", "A colony became independent."
    DISSOLUTION = "dissolution", "A state that fell apart left it behind."
    LIBERATION = "liberation", "An occupation ended."
    SECESSION = "secession", "It left another state."
    TRANSFORMATION = "transformation", "A state was made anew."
    UNIFICATION = "unification", "Several states became one."
    OTHER = "other", "In any other way."


class StatehoodEnd(Vocabulary):
    """How an episode of statehood ended."""

    ANNEXATION = "annexation", "Another state annexed it."
    COLONISATION = "colonisation", "It became a colony."
    UNIFICATION = "unification", "It became part of a larger state by union."
    DISSOLUTION = "dissolution", "It fell apart."
    OCCUPATION = "occupation", "It was occupied."
    PARTITION = "partition", "It was divided among others."
    REVOLUTION = "revolution", "A revolution ended it."
    TRANSFORMATION = "transformation", "It was made anew as another state."
    OTHER = "other", "In any other way."


class SuccessionKind(Vocabulary):
    """In what way one state follows another."""

    CONTINUATION = "continuation", "The same legal person goes on under another name."
    DISSOLUTION = "dissolution", "The earlier state fell apart."
    SECESSION = "secession", "A part left; the earlier state goes on."
    UNIFICATION = "unification", "The earlier state became part of the later one."
    CESSION = "cession", "A territory passed from one state to the other."
    INDEPENDENCE = "independence", "A dependent territory became a state."
    OTHER = "other", "In any other way."


class ActKind(Vocabulary):
    """A legal act on an agreement."""

    SIGNATURE = "signature", "Signature; it binds only where the terms or the act say so (VCLT 12)."
    RATIFICATION = "ratification", "Ratification as an act between states (VCLT 14)."
    ACCEPTANCE = "acceptance", "Acceptance (VCLT 14(2))."
    APPROVAL = "approval", "Approval (VCLT 14(2))."
    ACCESSION = "accession", "Accession (VCLT 15)."
    SUCCESSION = "succession", "A successor's own declaration that it takes part."
    FORMAL_CONFIRMATION = "formal_confirmation", "An international organization's counterpart of ratification."
    EXCHANGE_OF_INSTRUMENTS = "exchange_of_instruments", "Exchange of the instruments that make the treaty (VCLT 13)."
    NOTIFICATION = "notification", "Notification of consent, as where each side reports that its procedures are done."
    PROVISIONAL_APPLICATION = "provisional_application", "Application before entry into force (VCLT 25)."
    ENTRY_INTO_FORCE = "entry_into_force", "Entry into force, of the agreement or for one party (VCLT 24)."
    SUSPENSION = "suspension", "Operation is suspended (VCLT 57)."
    RESUMPTION = "resumption", "Operation is taken up again."
    WITHDRAWAL = "withdrawal", "One party leaves (VCLT 54, 56)."
    DENUNCIATION = "denunciation", "One party denounces (VCLT 54, 56)."
    TERMINATION = "termination", "The agreement is ended (VCLT 54, 59 to 62)."
    EXPIRY = "expiry", "The agreement ends because its term is over."
    REVOCATION = "revocation", "An earlier act is taken back: a notice before it takes effect, a signature."
    BILL = "bill", "Domestic step: a bill is brought in."
    LOWER_HOUSE = "lower_house", "Domestic step: the lower house agrees."
    UPPER_HOUSE = "upper_house", "Domestic step: the upper house agrees."
    PARLIAMENT = "parliament", "Domestic step: the parliament as a whole agrees."
    PROMULGATION = "promulgation", "Domestic step: the head of state signs the law."
    DECREE = "decree", "Domestic step: a decree of ratification is signed at home."


CONSENTS = frozenset(
    {
        ActKind.RATIFICATION,
        ActKind.ACCEPTANCE,
        ActKind.APPROVAL,
        ActKind.ACCESSION,
        ActKind.SUCCESSION,
        ActKind.FORMAL_CONFIRMATION,
        ActKind.EXCHANGE_OF_INSTRUMENTS,
        ActKind.NOTIFICATION,
    }
)
"""Acts by which an actor consents to be bound (VCLT 11 to 16); a signature joins them where it `binds`."""

DOMESTIC_STEPS = frozenset(
    {
        ActKind.BILL,
        ActKind.LOWER_HOUSE,
        ActKind.UPPER_HOUSE,
        ActKind.PARLIAMENT,
        ActKind.PROMULGATION,
        ActKind.DECREE,
    }
)
"""Steps at home, which bind nobody towards another state."""


class Authority(Vocabulary):
    """By what authority somebody performed an act (VCLT 7)."""

    OFFICE = "office", "By virtue of office."
    FULL_POWERS = "full_powers", "By full powers."
    PRACTICE = "practice", "By the practice of the states concerned."
    UNKNOWN = "unknown", "The source does not say."


class ParticipationBasis(Vocabulary):
    """On what a participation without acts rests."""

    CODED = "coded", "A data set codes it."
    REPORTED = "reported", "A source reports it in passing."


class TermKind(Vocabulary):
    """What an agreement says of itself."""

    CONSENT = "consent", "How parties consent to be bound."
    ENTRY_INTO_FORCE = "entry_into_force", "When it enters into force."
    DURATION = "duration", "How long it lasts."
    RENEWAL = "renewal", "Whether and how it is renewed."
    WITHDRAWAL = "withdrawal", "How a party leaves, and with what notice."
    ACCESSION = "accession", "Who may accede, and how."
    RESERVATIONS = "reservations", "Which reservations it allows."
    SECRECY = "secrecy", "Whether it, or a part, is secret."
    AMENDS = "amends", "That it amends another agreement."
    REPLACES = "replaces", "That it replaces another agreement; by itself this ends nothing."


class ReservationEffect(Vocabulary):
    """What a reservation or an objection does (VCLT 19 to 23)."""

    EXCLUDES = "excludes", "A provision does not apply to the reserving party."
    MODIFIES = "modifies", "A provision applies in a changed form."
    DECLARES = "declares", "An interpretation, without legal effect on others."
    OBJECTS = "objects", "A simple objection to a reservation (VCLT 21(3))."
    OBJECTS_AND_PRECLUDES = "objects_and_precludes", "An objection that keeps the treaty out of force between both."


class CommitmentKind(Vocabulary):
    """What somebody shall do, or not do, for somebody."""

    DEFENCE = "defence", "Come to the other's aid when it is attacked; a mutual military aid clause is one."
    OFFENCE = "offence", "Join the other in attacking somebody."
    NEUTRALITY = "neutrality", "Stay out of a conflict of the other."
    NON_AGGRESSION = "non_aggression", "Do not use force against the other."
    CONSULTATION = "consultation", "Consult the other in a crisis."
    MILITARY_AID = "military_aid", "Give military help short of joining in its defence."
    TROOP_PROVISION = "troop_provision", "Provide troops."
    ARMS_SUPPLY = "arms_supply", "Supply arms or ammunition."
    BASE_ACCESS = "base_access", "Let the other use bases."
    TRANSIT = "transit", "Let the other's forces or goods pass."
    INTELLIGENCE_SHARING = "intelligence_sharing", "Share intelligence."
    JOINT_DEFENCE_MEASURES = "joint_defence_measures", "Set up measures that strengthen the defence of both."
    GUARANTEE = "guarantee", "Guarantee the independence, territory or status of somebody."
    NO_AID_TO_ENEMIES = "no_aid_to_enemies", "Give no help to those who fight the other."
    NO_SEPARATE_PEACE = "no_separate_peace", "Make no peace without the other."
    NO_HOSTILE_AGREEMENTS = "no_hostile_agreements", "Enter into no agreement directed against the other."
    NON_USE_OF_TERRITORY = "non_use_of_territory", "Let nobody use one's territory against the other."
    NON_INTERFERENCE = "non_interference", "Do not interfere in the other's affairs."
    FOREIGN_POLICY_GUIDANCE = "foreign_policy_guidance", "Be guided by the other in foreign relations."
    NON_PROLIFERATION = "non_proliferation", "Do not spread or acquire certain weapons."
    ECONOMIC_AID = "economic_aid", "Give money, goods or services."
    TRADE = "trade", "Grant terms of trade."
    TERRITORY = "territory", "Respect, transfer or settle territory and borders."
    DISPUTE_SETTLEMENT = "dispute_settlement", "Settle disputes in an agreed way."
    EXTRADITION = "extradition", "Hand over persons."
    POLITICAL_SUPPORT = "political_support", "Stand by the other politically."
    OTHER = "other", "Anything else; `other_code` keeps the source's own code."


class Bearers(Vocabulary):
    """Who owes a commitment."""

    EACH_PARTY = "each_party", "Each party to the agreement."
    NAMED = "named", "Those named in `owed_by`."


class Beneficiaries(Vocabulary):
    """To whom a commitment is owed."""

    EACH_OTHER_PARTY = "each_other_party", "Each other party to the agreement."
    NAMED = "named", "Those named in `owed_to`."
    SOME_OTHER_PARTY = "some_other_party", "Some other parties, not said which; never better than possible."
    COMMUNITY = "community", "All parties together; listed, but it makes no pairs."


class Binding(Vocabulary):
    """In what way a commitment binds."""

    LEGAL = "legal", "Under international law."
    POLITICAL = "political", "Politically, not legally."
    CONTESTED = "contested", "Sources disagree."


class Extent(Vocabulary):
    """How much of it is owed."""

    ALL_MEANS = "all_means", "By all means at the bearer's disposal."
    AS_IT_DEEMS_NECESSARY = "as_it_deems_necessary", "As the bearer itself deems necessary."
    STATED_QUANTITY = "stated_quantity", "A stated quantity."
    NOT_SAID = "not_said", "The text does not say."


class ConditionKind(Vocabulary):
    """What a commitment depends on."""

    ARMED_ATTACK = "armed_attack", "An armed attack on the beneficiary."
    THREAT_OF_ATTACK = "threat_of_attack", "A threat of attack on the beneficiary."
    MOBILISATION = "mobilisation", "Mobilisation by an adversary."
    STATE_OF_WAR = "state_of_war", "The beneficiary is in a state of war."
    UNPROVOKED = "unprovoked", "The attack was not provoked."
    ADVERSARY = "adversary", "It is a certain adversary."
    SUPPORTED_BY = "supported_by", "The adversary is supported by somebody."
    LOCATION = "location", "It happens at a certain place."
    CONFLICT = "conflict", "It is a certain conflict."
    NUMBER_OF_ADVERSARIES = "number_of_adversaries", "There are so many adversaries."
    REFUSAL_OF_DEMAND = "refusal_of_demand", "The adversary refused a demand."
    REQUEST = "request", "The beneficiary asks for it."
    OWN_JUDGEMENT = "own_judgement", "The bearer judges for itself."
    PERFORMANCE_BY_OTHER = "performance_by_other", "The other performs its part."
    OWN_LAW = "own_law", "The bearer's own law."
    UN_CHARTER = "un_charter", "The Charter of the United Nations."
    CONSULTATION_FIRST = "consultation_first", "The parties consult first."
    OTHER = "other", "Anything else, in the sentence."


class ConditionRole(Vocabulary):
    """Whether a condition decides if something is owed, or only how."""

    TRIGGER = "trigger", "It decides whether it is owed."
    MANNER = "manner", "It says only how it is carried out."


class Incident(Vocabulary):
    """What has befallen a state, as whoever asks the obligation test puts it."""

    ARMED_ATTACK = "armed_attack", "An armed attack on the state, by whomever."
    THREAT = "threat", "A threat of attack, short of mobilisation."
    MOBILISATION = "mobilisation", "Mobilisation against the state, short of an attack."
    INDIRECT = "indirect", "Force through others, such as armed bands sent or supported."


class CouncilAction(Vocabulary):
    """What the Security Council has done about an incident (Charter of the United Nations, 39 to 42 and 51)."""

    NOTHING = "nothing", "It has taken no measures."
    AUTHORISED = "authorised", "It has authorised help."
    MEASURES = "measures", "It has taken the measures necessary to maintain peace, so that self-defence ends."
    FORBADE = "forbade", "It has decided that nobody shall step in."


class Truth(Vocabulary):
    """Whether something is so, in three values."""

    MET = "met", "It is so."
    NOT_MET = "not_met", "It is not so."
    CANNOT_TELL = "cannot_tell", "What is known does not decide it."


class Obligation(Vocabulary):
    """The answer of the obligation test."""

    MUST = "must", "At least one commitment that binds by law is owed."
    NO = "no", "None is owed, and a source covers all commitments of the two on that day."
    CANNOT_TELL = "cannot_tell", "What is known does not decide it."


class ContributionKind(Vocabulary):
    """What is contributed."""

    TROOPS = "troops", "Troops."
    ARMS = "arms", "Arms, ammunition, equipment."
    MONEY = "money", "Money."
    TRAINING = "training", "Training."
    INTELLIGENCE = "intelligence", "Intelligence."
    OTHER = "other", "Anything else."


class Stage(Vocabulary):
    """How far a contribution has come."""

    PREPARED = "prepared", "It is being prepared."
    PLEDGED = "pledged", "It is promised."
    AUTHORISED = "authorised", "It is authorised."
    ALLOCATED = "allocated", "Means are set aside for it."
    DELIVERED = "delivered", "It has arrived, or been deployed."
    WITHDRAWN = "withdrawn", "It has been taken back."


class QuantityBasis(Vocabulary):
    """Where a number comes from."""

    REPORTED = "reported", "A report gives it."
    ESTIMATED = "estimated", "Somebody estimates it."
    OFFICIAL = "official", "The one who acts states it."


class Measure(Vocabulary):
    """What a number of a contribution counts."""

    PRESENT = "present", "Those there at one time."
    SENT = "sent", "All sent within the span."


class EventKind(Vocabulary):
    """What happened."""

    MEETING = "meeting", "A meeting."
    VISIT = "visit", "A visit."
    STATEMENT = "statement", "A statement."
    SIGNING = "signing", "A signing ceremony."
    EXCHANGE_OF_INSTRUMENTS = "exchange_of_instruments", "Instruments of ratification are exchanged."
    PUBLICATION = "publication", "A text is published."
    INCIDENT = "incident", "An incident."
    COMBAT = "combat", "Combat."
    ARMED_CONFLICT = "armed_conflict", "An armed conflict."
    OTHER = "other", "Anything else."


class Stance(Vocabulary):
    """What a claimant does with what is claimed."""

    ASSERTS = "asserts", "States that it is so."
    CONFIRMS = "confirms", "States that it is so, as others did."
    DENIES = "denies", "States that it is not so."
    EVADES = "evades", "Does not answer."
    QUESTIONS = "questions", "Asks whether it is so."
    SUSPECTS = "suspects", "Holds it possible without saying so."
    EXPECTS = "expects", "Says that it will be so."
    ASSESSES = "assesses", "Judges it."
    ACCUSES = "accuses", "Blames somebody for it."
    REQUESTS = "requests", "Asks for it; nobody has promised anything by it."


class Evidence(Vocabulary):
    """Whether a claim came with evidence."""

    OFFERED = "offered", "The claimant offered evidence."
    NOT_OFFERED = "not_offered", "A source says that no evidence was offered."
    NOT_SAID = "not_said", "The source does not say."


class Towards(Vocabulary):
    """What the stance of a claim is directed at."""

    FACT = "fact", "The fact it is about: that it holds."
    SENTENCE = "sentence", "Its own sentence."


class ParticipantRole(Vocabulary):
    """In what role an actor takes part in an event."""

    PARTICIPANT = "participant", "Took part."
    HOST = "host", "Was the host."
    SIGNATORY = "signatory", "Signed."
    SPEAKER = "speaker", "Spoke."
    ATTACKER = "attacker", "Attacked."
    DEFENDER = "defender", "Was attacked."
    PUBLISHER = "publisher", "Published."


class Dispute(Vocabulary):
    """Why two things that sources say do not go together."""

    COMPETING_ACTS = "competing_acts", "Acts of one kind, actor and spell on an agreement have different days."
    CONTRADICTION = "contradiction", "A record says that both cannot hold."
    DENIAL = "denial", "A claim denies a fact."
    DISJOINT_QUANTITIES = (
        "disjoint_quantities",
        "Numbers of different claimants for one contribution exclude each other.",
    )
    FORCE_BEFORE_SIGNATURE = (
        "force_before_signature",
        "An agreement surely enters into force for a party before that party signs it.",
    )
    OPPOSED_CLAIMS = "opposed_claims", "One claim is for a fact and another against it."
    OVERLAPPING_TENURES = (
        "overlapping_tenures",
        "Two officials surely hold, on one day, an office that one person holds at a time.",
    )
    PART_ABOVE_WHOLE = "part_above_whole", "One claimant gives on one day more for a part than for its whole."
    UNAUTHORISED_SIGNATURE = (
        "unauthorised_signature",
        "Who signed is known by no office that may sign and by no full powers (VCLT 7).",
    )


VOCABULARIES: dict[str, type[StrEnum]] = {
    "state_status": StateStatus,
    "source_kind": SourceKind,
    "standing": Standing,
    "fact_label": FactLabel,
    "commitment_kind": CommitmentKind,
    "binding": Binding,
    "condition_kind": ConditionKind,
    "act_kind": ActKind,
    "contribution_kind": ContributionKind,
    "stage": Stage,
    "quantity_basis": QuantityBasis,
    "measure": Measure,
    "event_kind": EventKind,
    "stance": Stance,
    "evidence_offered": Evidence,
    "towards": Towards,
    "term_kind": TermKind,
    "reservation_effect": ReservationEffect,
    "agreement_kind": AgreementKind,
    "identifier_scheme": IdentifierScheme,
    "participation_basis": ParticipationBasis,
    "end_convention": EndConvention,
    "in_force": InForce,
    "condition_role": ConditionRole,
    "incident": Incident,
    "council_action": CouncilAction,
    "truth": Truth,
    "obligation": Obligation,
    "dispute": Dispute,
}
"""The vocabularies that a question's header may name as a type."""
