"""Facts: what holds, what happened, and who says so. Each has a source."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from graph.model.records import (
    UNLIMITED,
    Count,
    Day,
    Fact,
    Flag,
    Flat,
    Key,
    Link,
    Name,
    Part,
    PointFact,
    Quantity,
    Reference,
    Sentence,
    SpanFact,
    Target,
    Text,
    WrittenDay,
    WrittenSpan,
)
from graph.model.rules import Rule, broken
from graph.model.vocabulary import (
    ActKind,
    Authority,
    Bearers,
    Beneficiaries,
    Binding,
    CommitmentKind,
    ConditionKind,
    ConditionRole,
    ContributionKind,
    EventKind,
    Evidence,
    Extent,
    IdentifierScheme,
    Measure,
    ParticipantRole,
    ParticipationBasis,
    ReservationEffect,
    Stage,
    Stance,
    StatehoodBegin,
    StatehoodEnd,
    SuccessionKind,
    TermKind,
    Towards,
)

Spell = Annotated[
    int,
    Field(
        ge=1,
        le=1000,
        strict=True,
        description="Which participation it belongs to, counted from 1, when a party leaves and comes back.",
    ),
]


class Identifier(SpanFact):
    """A code that a scheme gives an entity, with the days on which it stood for it."""

    scheme: IdentifierScheme = Field(description="The scheme.")
    code: Name = Field(description="The code in it.")
    of: Annotated[Key, Link("OF", "Thing")] = Field(description="The entity it stands for.")


class Statehood(SpanFact):
    """One episode of a state's independence."""

    began_by: StatehoodBegin | None = Field(None, description="How it began.")
    ended_by: StatehoodEnd | None = Field(None, description="How it ended.")
    of: Annotated[Key, Link("OF", "State")] = Field(description="The state.")


class Succession(PointFact):
    """One state follows another."""

    kind: SuccessionKind = Field(description="In what way.")
    ends_predecessor: Flag = Field(description="Whether the earlier state ends by it.")
    predecessor: Annotated[Key, Link("FROM", "State")] = Field(description="The earlier state.")
    successor: Annotated[Key, Link("TO", "State")] = Field(description="The later state.")

    @model_validator(mode="after")
    def _another_follows(self) -> Self:
        if self.predecessor == self.successor:
            raise ValueError("A state does not follow itself.")
        return self


class Membership(SpanFact):
    """An actor belongs to an organization, or to a part of it."""

    part: Name | None = Field(None, description="The part of the organization, where it is not the whole.")
    of: Annotated[Key, Link("OF", "Actor")] = Field(description="The member.")
    organization: Annotated[Key, Link("IN", "Organization")] = Field(description="The organization.")


class Tenure(SpanFact):
    """An official holds an office."""

    of: Annotated[Key, Link("OF", "Official")] = Field(description="The holder.")
    office: Annotated[Key, Link("IN", "Office")] = Field(description="The office.")


class Act(PointFact):
    """A legal act on an agreement, or a domestic step towards one. `by` is absent for an act of the whole agreement."""

    kind: ActKind = Field(description="What kind of act.")
    effect_day: WrittenDay | None = Field(
        None, description="First day of the new state of things, where it is not the act's own day."
    )
    not_yet: Flag = Field(False, description="For an entry into force: it had not happened on that day.")
    binds: Flag = Field(False, description="For a signature: it expresses consent to be bound (VCLT 12).")
    spell: Spell = 1
    verified_on: Day | None = Field(
        None, description="Latest day on which a source says that what it brought about still holds."
    )
    authority: Authority = Field(Authority.UNKNOWN, description="By what authority it was performed (VCLT 7).")
    grounds: Sentence | None = Field(None, description="Grounds of a termination or suspension.")
    on: Annotated[Key, Link("ON", "Agreement")] = Field(description="The agreement.")
    by: Annotated[Key | None, Link("BY", "Actor")] = Field(None, description="The party or organ that acts.")
    signed_by: Annotated[tuple[Key, ...], Link("SIGNED_BY", "Official")] = Field((), description="Who signed for it.")
    at: Annotated[Key | None, Link("AT", "Place")] = Field(None, description="Where.")
    revokes: Annotated[Key | None, Link("OF", "Fact")] = Field(None, description="The act a revocation takes back.")

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if (self.kind is ActKind.REVOCATION) != (self.revokes is not None):
            raise ValueError("A revocation, and nothing else, names the act it `revokes`.")
        if self.not_yet and self.kind is not ActKind.ENTRY_INTO_FORCE:
            raise ValueError("Only an entry into force can be `not_yet`.")
        if self.binds and self.kind is not ActKind.SIGNATURE:
            raise ValueError("`binds` is for signatures; every other consent binds by its kind.")
        return self


class Participation(SpanFact):
    """A source states that an actor takes part in an agreement and names no act."""

    basis: ParticipationBasis = Field(description="Coded by a data set, or reported in passing.")
    spell: Spell = 1
    of: Annotated[Key, Link("OF", "Actor")] = Field(description="The participant.")
    agreement: Annotated[Key, Link("IN", "Agreement")] = Field(description="The agreement.")


class Term(Fact):
    """What an agreement says of itself."""

    kind: TermKind = Field(description="What it speaks of.")
    value: Name | None = Field(
        None, description="The gist in one word or number: `ratification`, `indefinite`, `30 years`."
    )
    sentence: Text | None = Field(None, description="What it says, in a sentence.")
    of: Annotated[Key, Link("OF", "Agreement")] = Field(description="The agreement.")
    provision: Annotated[Key | None, Link("IN", "Provision")] = Field(None, description="Where it says so.")
    concerns: Annotated[tuple[Key, ...], Link("CONCERNS", "Agreement")] = Field(
        (), description="Other agreements meant."
    )


class Reservation(SpanFact):
    """A reservation, a declaration, or an objection to one."""

    effect: ReservationEffect = Field(description="What it does.")
    spell: Spell = 1
    text: Text | None = Field(None, description="Its text, or a summary.")
    by: Annotated[Key, Link("BY", "Actor")] = Field(description="Who makes it.")
    to: Annotated[tuple[Key, ...], Link("TO", "Provision", "Agreement", "Fact")] = Field(
        min_length=1, description="What it is made to: provisions, the agreement, or a reservation."
    )


class Commitment(SpanFact):
    """Somebody shall do, or not do, something for somebody."""

    span: Annotated[WrittenSpan, Flat()] = Field(
        UNLIMITED, description="Limits of its own; usually none, the agreement's decide."
    )
    kind: CommitmentKind = Field(description="What is owed.")
    other_code: Name | None = Field(None, description="The source's own code for kind `other`.")
    text: Text | None = Field(None, description="What is owed, in a sentence.")
    bearers: Bearers = Field(description="Each party, or those named.")
    beneficiaries: Beneficiaries = Field(
        description="Each other party, those named, some other party, or all together."
    )
    binding: Binding = Field(Binding.LEGAL, description="Legal, political or contested.")
    until: Sentence | None = Field(None, description="An end that is an event and no day, as written.")
    extent: Extent = Field(Extent.NOT_SAID, description="How much of it is owed.")
    quantity: Quantity | None = Field(None, description="The stated quantity.")
    under: Annotated[Key | None, Link("UNDER", "Agreement")] = Field(None, description="The agreement it is under.")
    arises_from: Annotated[Key | None, Link("ARISES_FROM", "Provision")] = Field(None, description="The provision.")
    voiced_at: Annotated[Key | None, Link("VOICED_AT", "Fact")] = Field(None, description="The event it was voiced at.")
    owed_by: Annotated[tuple[Key, ...], Link("OWED_BY", "Actor")] = Field((), description="The named bearers.")
    owed_to: Annotated[tuple[Key, ...], Link("OWED_TO", "Actor")] = Field((), description="The named beneficiaries.")
    until_thing: Annotated[Key | None, Link("UNTIL", "Fact", "Agreement")] = Field(
        None, description="The event or agreement that ends it, once recorded."
    )
    replaces: Annotated[tuple[Key, ...], Link("REPLACES", "Fact")] = Field((), description="Commitments it replaces.")

    @model_validator(mode="after")
    def _ends_fit(self) -> Self:
        if (self.bearers is Bearers.NAMED) != bool(self.owed_by):
            raise broken(Rule.ENDS_MISFIT, "Bearers `named`, and no others, are listed in `owed_by`.")
        if (self.beneficiaries is Beneficiaries.NAMED) != bool(self.owed_to):
            raise broken(Rule.ENDS_MISFIT, "Beneficiaries `named`, and no others, are listed in `owed_to`.")
        by_party = self.bearers is Bearers.EACH_PARTY or self.beneficiaries is not Beneficiaries.NAMED
        if by_party and self.under is None:
            raise broken(Rule.ENDS_MISFIT, "A commitment of parties needs the agreement it is `under`.")
        if self.under is None and self.voiced_at is None:
            raise broken(Rule.ENDS_MISFIT, "A commitment is `under` an agreement or `voiced_at` an event.")
        return self

    @model_validator(mode="after")
    def _says_what(self) -> Self:
        if self.arises_from is not None and self.under is None:
            raise ValueError("A commitment that `arises_from` a provision is `under` its agreement.")
        if (self.kind is CommitmentKind.OTHER) != (self.other_code is not None):
            raise ValueError("Kind `other`, and no other kind, keeps the source's code in `other_code`.")
        if (self.extent is Extent.STATED_QUANTITY) != (self.quantity is not None):
            raise ValueError("Extent `stated_quantity`, and no other, comes with a `quantity`.")
        return self


class Condition(Fact):
    """What must be so for a commitment to be owed, or how it is carried out."""

    kind: ConditionKind = Field(description="What it is about.")
    sentence: Text = Field(description="The condition in a sentence.")
    role: ConditionRole = Field(description="Whether it decides if something is owed, or only how.")
    negated: Flag = Field(False, description="Whether it must not be so.")
    alternative: Count = Field(
        1, ge=1, description="Conditions with one number hold together; numbers are alternatives."
    )
    or_allies: Flag = Field(False, description="Whether allies of those named count as well.")
    at_least: Annotated[int, Field(ge=1, le=1000, strict=True)] | None = Field(
        None, description="For a number of adversaries: how many at least, where the text gives a number."
    )
    of: Annotated[Key, Link("OF", "Fact")] = Field(description="The commitment.")
    names: Annotated[tuple[Key, ...], Link("NAMES", "State", "Organization", "Place", "Fact")] = Field(
        (), description="States, organizations, places or events it names."
    )


class Contribution(SpanFact):
    """Troops, arms, money, training or intelligence at one stage."""

    kind: ContributionKind = Field(description="What is contributed.")
    text: Text = Field(description="What it is, in a sentence.")
    stage: Stage = Field(description="How far it has come.")
    stage_as_written: Sentence | None = Field(None, description="The source's own word for the stage.")
    measure: Measure | None = Field(None, description="Whether it counts those present, or all sent within the span.")
    quantity: Quantity | None = Field(None, description="How much, where that is not disputed; else see the claims.")
    parts_disjoint: Flag = Field(False, description="Whether its parts share nothing, so that they may be added.")
    by: Annotated[tuple[Key, ...], Link("BY", "Actor")] = Field(min_length=1, description="Who gives.")
    to: Annotated[tuple[Key, ...], Link("FOR", "Actor")] = Field(min_length=1, description="Who receives.")
    at: Annotated[tuple[Key, ...], Link("AT", "Place")] = Field((), description="Where.")
    part_of: Annotated[Key | None, Link("PART_OF", "Fact")] = Field(None, description="The whole it is a part of.")
    follows: Annotated[tuple[Key, ...], Link("FOLLOWS", "Fact")] = Field(
        (), description="The earlier stage, or the claim that asked for it."
    )


class Participant(Part):
    """That an actor takes part in an event."""

    actor: Annotated[Key, Target("Actor")] = Field(description="Who.")
    role: ParticipantRole = Field(ParticipantRole.PARTICIPANT, description="In what role.")
    on_behalf_of: Annotated[Key | None, Reference("Actor")] = Field(None, description="For whom.")


class Event(SpanFact):
    """Something that happened."""

    kind: EventKind = Field(description="What kind.")
    text: Text = Field(description="What happened, in a sentence.")
    at: Annotated[Key | None, Link("AT", "Place")] = Field(None, description="Where.")
    participants: Annotated[tuple[Participant, ...], Link("PARTICIPANT", "Actor")] = Field(
        (), description="Who took part."
    )
    concerns: Annotated[tuple[Key, ...], Link("CONCERNS", "Thing")] = Field((), description="What it concerns.")


class Claimant(Part):
    """Who makes a claim, and for whom."""

    actor: Annotated[Key, Target("Actor", "Source")] = Field(description="An actor, or the source itself.")
    on_behalf_of: Annotated[Key | None, Reference("Actor")] = Field(None, description="For whom.")


class Claim(Fact):
    """Somebody asserts, denies, expects, requests something. It is evidence for no more than that it was said."""

    stance: Stance = Field(description="What the claimant does with it.")
    sentence: Text = Field(description="What is claimed, in a sentence.")
    quote: Text | None = Field(None, description="The claimant's own words.")
    made_on: WrittenDay = Field(description="The day it was made.")
    speaks_of: WrittenSpan | None = Field(None, description="The day or span it speaks of.")
    quantity: Quantity | None = Field(None, description="The number it gives.")
    evidence: Evidence = Field(Evidence.NOT_SAID, description="Whether evidence was offered.")
    towards: Towards = Field(description="Whether the stance is towards the fact it is about, or its own sentence.")
    claimant_as_written: Sentence | None = Field(None, description="The claimant in the source's words.")
    addressed_as_written: Sentence | None = Field(None, description="The addressee in the source's words.")
    by: Annotated[tuple[Claimant, ...], Link("BY", "Actor", "Source")] = Field((), description="Who makes it.")
    addressed_to: Annotated[tuple[Key, ...], Link("ADDRESSED_TO", "Actor")] = Field((), description="To whom.")
    about: Annotated[tuple[Key, ...], Link("ABOUT", "Thing")] = Field(
        min_length=1, description="The entities or facts it is about."
    )
    fulfils: Annotated[tuple[Key, ...], Link("FULFILS", "Fact")] = Field(
        (), description="The commitments that the contribution it is about is said to fulfil."
    )
    at: Annotated[Key | None, Link("AT", "Place")] = Field(None, description="The place it speaks of.")

    @model_validator(mode="after")
    def _somebody_claims(self) -> Self:
        if not self.by and self.claimant_as_written is None:
            raise ValueError("A claim says who makes it, in `by` or as written in `claimant_as_written`.")
        return self


FACTS: tuple[type[Fact], ...] = (
    Identifier, Statehood, Succession, Membership, Tenure, Act, Participation, Term, Reservation,
    Commitment, Condition, Contribution, Event, Claim,
)  # fmt: skip
