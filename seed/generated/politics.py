"""What two generated states say to each other beside agreements: meetings, and the promises voiced at them."""

from collections.abc import Iterator
from datetime import timedelta

from graph.bulk.load import Parcel
from graph.model import Record
from graph.model.facts import Commitment, Event
from graph.model.records import WrittenSpan
from graph.model.vocabulary import Bearers, Beneficiaries, Binding, CommitmentKind, EventKind, ParticipantRole
from seed.generated.size import Size
from seed.generated.stage import HEADS_AND_MINISTERS, LAST_DAY, TENURES_OF_OFFICE, attested, data_set, place, stage

DAYS_BACK = 25 * 365
KINDS = (CommitmentKind.POLITICAL_SUPPORT, CommitmentKind.ECONOMIC_AID, CommitmentKind.MILITARY_AID)


def politics(size: Size, first: int, number: int) -> Parcel:
    """Return so many meetings, from the one with number `first`, each with one promise."""
    return Parcel([record for meeting in range(first, first + number) for record in _meeting(size, meeting)])


def _meeting(size: Size, number: int) -> Iterator[Record]:
    chance = size.chance("meeting", number)
    day = LAST_DAY - timedelta(days=chance.randrange(1, DAYS_BACK))
    host, guest = stage(size).two(chance, day.year)
    source = attested(data_set(number), f"meeting {number}")
    ministers = [
        f"{state.key}.{HEADS_AND_MINISTERS[1]}.{chance.randint(1, TENURES_OF_OFFICE)}" for state in (host, guest)
    ]
    meeting = Event(
        key=f"M{number:06d}",
        kind=EventKind.MEETING,
        text=f"{host.name} and {guest.name} meet.",
        at=place(host),
        participants=tuple(
            {"actor": minister, "role": role, "on_behalf_of": state.key}
            for minister, role, state in zip(
                ministers, (ParticipantRole.HOST, ParticipantRole.PARTICIPANT), (host, guest), strict=True
            )
        ),
        span=WrittenSpan.model_validate(day.isoformat()),
        attested_by=source,
    )
    yield meeting
    kind = chance.choice(KINDS)
    yield Commitment(
        key=f"{meeting.key}.promise",
        kind=kind,
        text=kind.about,
        bearers=Bearers.NAMED,
        beneficiaries=Beneficiaries.NAMED,
        binding=Binding.POLITICAL,
        voiced_at=meeting.key,
        owed_by=(host.key,),
        owed_to=(guest.key,),
        span=WrittenSpan(begins=day.isoformat(), ends="open"),
        attested_by=source,
    )
