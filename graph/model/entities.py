"""Entities: who and what the facts are about."""

from typing import Annotated

from pydantic import Field

from graph.days import EndConvention
from graph.model.records import Day, Entity, Flag, Key, Link, Name, Sentence, Text, WrittenDay
from graph.model.vocabulary import AgreementKind, FactLabel, OrganKind, SourceKind, StateStatus

Aliases = Annotated[tuple[Name, ...], Field(description="Other names it goes by, in any script.")]


class State(Entity, actor=True):
    """A state, present or former, or what sources treat like one."""

    name: Name = Field(description="Its usual name in English.")
    aliases: Aliases = ()
    status: StateStatus = Field(StateStatus.SOVEREIGN, description="Sovereign, a territory, or something else.")
    region: Name | None = Field(None, description="The region of the world it lies in.")


class Organization(Entity, actor=True):
    """An international organization, or any other that acts across borders."""

    name: Name = Field(description="Its usual name in English.")
    aliases: Aliases = ()
    kind: Name = Field(description="What it is: military alliance, news agency, economic union.")


class Organ(Entity, actor=True):
    """A part of a state or an organization that acts for it."""

    name: Name = Field(description="Its usual name in English.")
    aliases: Aliases = ()
    kind: OrganKind = Field(description="Parliament, ministry, agency and so on.")
    of: Annotated[Key, Link("OF", "Actor")] = Field(description="Whose organ it is.")


class Official(Entity, actor=True):
    """A person who acts, or acted, for a state or an organization."""

    name: Name = Field(description="Name in English.")
    name_in_own_script: Name | None = Field(None, description="Name as written at home.")
    aliases: Aliases = ()


class Office(Entity):
    """A post that officials hold."""

    title: Name = Field(description="Its title in English.")
    aliases: Aliases = ()
    of: Annotated[Key, Link("OF", "Actor")] = Field(description="Whose office it is.")
    may_sign_treaties: Flag | None = Field(
        None, description="Whether its holder may sign treaties by virtue of office (VCLT 7); absent when unknown."
    )
    exclusive: Flag | None = Field(None, description="Whether one person holds it at a time; absent when unknown.")


class Place(Entity):
    """A place on the map; a region has no state, since who holds it may be disputed."""

    name: Name = Field(description="Its usual name in English.")
    aliases: Aliases = ()
    latitude: float | None = Field(None, strict=True, ge=-90, le=90, description="Degrees north.")
    longitude: float | None = Field(None, strict=True, ge=-180, le=180, description="Degrees east.")
    within: Annotated[tuple[Key, ...], Link("WITHIN", "Place")] = Field((), description="Larger places it lies in.")


class Agreement(Entity):
    """A treaty or another agreement between actors."""

    title: Name = Field(description="Its title in English.")
    aliases: Aliases = ()
    kind: AgreementKind = Field(AgreementKind.TREATY, description="Its form.")
    subject: Sentence | None = Field(None, description="What it is about.")
    text_address: Sentence | None = Field(None, description="Where its text can be read.")


class Provision(Entity):
    """An article, or a smaller part, of an agreement."""

    article: Name | None = Field(None, description="Number of the article; absent when no source gives it.")
    heading: Sentence | None = Field(None, description="Its heading.")
    text: Text | None = Field(None, description="Its text, or a summary.")
    language: Name | None = Field(None, description="Language of the text, as a BCP 47 tag.")
    of: Annotated[Key, Link("OF", "Agreement")] = Field(description="The agreement it belongs to.")


class Source(Entity):
    """What states a fact: an article, a text, a data set."""

    title: Name = Field(description="Its title, or a short description where it has none.")
    publisher: Name | None = Field(None, description="Who published it.")
    kind: SourceKind = Field(description="What kind of source it is.")
    address: Sentence | None = Field(None, description="Where it can be read.")
    published: WrittenDay | None = Field(None, description="Day of publication.")
    retrieved: Day | None = Field(None, description="Day on which it was read; absent when unknown.")
    licence: Name | None = Field(None, description="Licence under which it may be used; absent when unknown.")
    citation: Text | None = Field(None, description="How to cite it.")
    covers_from: Day | None = Field(None, description="First day of the window it covers, if it covers one.")
    covers_until: Day | None = Field(None, description="First day after that window.")
    covers: tuple[FactLabel, ...] = Field(
        (),
        description="Labels of the facts that it means to state whole within that window; none when it does not say.",
    )
    covers_actors: Annotated[tuple[Key, ...], Link("COVERS", "Actor")] = Field(
        (), description="The actors whose facts it means to state whole; everybody when none are named."
    )
    ends_are: EndConvention = Field(EndConvention.NOT_SAID, description="What it means by the end of a span.")
    fingerprint: Name | None = Field(
        None,
        description="Hash of the files of an imported data set, once all that they say is recorded.",
    )


ENTITIES: tuple[type[Entity], ...] = (
    State, Organization, Organ, Official, Office, Place, Agreement, Provision, Source,
)  # fmt: skip
