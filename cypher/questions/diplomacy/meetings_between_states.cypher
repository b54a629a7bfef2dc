/*
title: Meetings between two states
about: When and where have two states met, who took part for each, and what was it about?
timeless: It lists events by their days.
params:
  state: {type: state, about: One state, example: PRK}
  other: {type: state, about: "The other one; any other when left out", optional: true, example: RUS}
  kind:  {type: event_kind, about: "Only this kind of event; meetings, visits, signings and exchanges of instruments when left out", optional: true}
  from:  {type: day, about: Only what may have happened on this day or later, optional: true}
  to:    {type: day, about: Only what may have happened on this day or earlier, optional: true}
returns:
  earliest:        {type: day, about: First day on which it may have happened}
  begins:          {type: string, about: "Begin as written, an EDTF date or `unknown`"}
  ends:            {type: string, about: "End as written, an EDTF date, `open` or `unknown`"}
  kind:            {type: event_kind, about: What kind of event}
  text:            {type: string, about: What happened in a sentence}
  place:           {type: place, about: Where, optional: true}
  place_name:      {type: string, about: Its name as known, optional: true}
  for_state:       {type: list of actor, about: "Who took part for the one state: itself, its organs, or somebody on their behalf"}
  for_state_name:  {type: list of string, about: Their names as known}
  for_others:      {type: list of actor, about: Everybody else who took part}
  for_others_name: {type: list of string, about: Their names as known}
  on_behalf_of:    {type: list of actor, about: All those for whom somebody took part}
  concerns:        {type: list of key, about: "What it concerns, as an agreement"}
  voiced:          {type: list of key, about: Commitments that were voiced there}
  standing:        {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:        {type: list of evidence, about: "Source, locator and quote of each attestation"}
  fact:            {type: key, about: "The event, for its evidence"}
order: [earliest, fact]
identity: [fact]
edge: {from: for_state, to: for_others, label: kind}
*/
// Who acts for a state: itself and its organs, and whoever does so on their behalf.
WITH [$state] + COLLECT {
       MATCH (:Thing {key: $state})<-[:OF]-(d:Description)-[:VERSION_OF]->(organ:Organ)
       WHERE d.recorded_from <= $known_at < d.recorded_until
       RETURN organ.key
     } AS voices,
     CASE WHEN $other IS NOT NULL THEN [$other] + COLLECT {
       MATCH (:Thing {key: $other})<-[:OF]-(d:Description)-[:VERSION_OF]->(organ:Organ)
       WHERE d.recorded_from <= $known_at < d.recorded_until
       RETURN organ.key
     } END AS others
CALL (voices) {
  UNWIND voices AS voice
  MATCH (:Thing {key: voice})<-[:PARTICIPANT]-(event:Event)
  RETURN event
  UNION
  UNWIND voices AS voice
  MATCH (event)-[took:PARTICIPANT]->()
  WHERE took.on_behalf_of = voice
  RETURN event
}
WITH event, voices, others
WHERE event.recorded_from <= $known_at < event.recorded_until
  AND event.kind IN CASE
    WHEN $kind IS NULL THEN ['meeting', 'visit', 'signing', 'exchange_of_instruments']
    ELSE [$kind]
  END
  AND ($from IS NULL OR event.ends_latest > $from)
  AND ($to IS NULL OR event.begins_earliest <= $to)
MATCH (event)-[:VERSION_OF]->(fact:Thing)
OPTIONAL MATCH (event)-[:AT]->(place:Place)
WITH event, fact, place, voices, others,
     COLLECT {
       MATCH (event)-[took:PARTICIPANT]->(who:Actor)
       RETURN {
         key: who.key,
         name: head(COLLECT {
           MATCH (who)<-[:VERSION_OF]-(d:Description)
           WHERE d.recorded_from <= $known_at < d.recorded_until
           RETURN d.name
         }),
         for: took.on_behalf_of
       }
       ORDER BY who.key, took.on_behalf_of
     } AS people
WITH event, fact, place, others, people,
     [one IN people WHERE one.key IN voices OR coalesce(one.for IN voices, false)] AS ours,
     [one IN people WHERE NOT one.key IN voices AND NOT coalesce(one.for IN voices, false)] AS theirs
WHERE CASE
  WHEN others IS NULL THEN theirs <> []
  ELSE any(one IN theirs WHERE one.key IN others OR coalesce(one.for IN others, false))
END
RETURN toString(event.begins_earliest) AS earliest,
       event.begins AS begins,
       event.ends AS ends,
       event.kind AS kind,
       event.text AS text,
       place.key AS place,
       head(COLLECT {
         MATCH (place)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS place_name,
       [one IN ours | one.key] AS for_state,
       [one IN ours WHERE one.name IS NOT NULL | one.name] AS for_state_name,
       [one IN theirs | one.key] AS for_others,
       [one IN theirs WHERE one.name IS NOT NULL | one.name] AS for_others_name,
       COLLECT {
         UNWIND people AS one
         WITH one
         WHERE one.for IS NOT NULL
         RETURN DISTINCT one.for AS key
         ORDER BY key
       } AS on_behalf_of,
       COLLECT {
         MATCH (event)-[:CONCERNS]->(thing:Thing)
         RETURN thing.key
         ORDER BY thing.key
       } AS concerns,
       COLLECT {
         MATCH (fact)<-[:VOICED_AT]-(commitment:Commitment)
         WHERE commitment.recorded_from <= $known_at < commitment.recorded_until
         RETURN commitment.key
         ORDER BY commitment.key
       } AS voiced,
       event.standing AS standing,
       COLLECT {
         MATCH (event)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       fact.key AS fact
