/*
title: Meetings of an official
about: When, where and for whom has somebody met whom, and what was it about?
timeless: It lists events by their days.
params:
  official:    {type: official, about: The official, example: lavrov-sergey}
  counterpart: {type: actor, about: "Only where this actor, or somebody on its behalf, took part as well", optional: true}
  kind:        {type: event_kind, about: "Only this kind of event; meetings, visits, signings and exchanges of instruments when left out", optional: true}
  from:        {type: day, about: Only what may have happened on this day or later, optional: true}
  to:          {type: day, about: Only what may have happened on this day or earlier, optional: true}
returns:
  earliest:            {type: day, about: First day on which it may have happened}
  begins:              {type: string, about: "Begin as written, an EDTF date or `unknown`"}
  ends:                {type: string, about: "End as written, an EDTF date, `open` or `unknown`"}
  kind:                {type: event_kind, about: What kind of event}
  text:                {type: string, about: What happened in a sentence}
  place:               {type: place, about: Where, optional: true}
  place_name:          {type: string, about: Its name as known, optional: true}
  role:                {type: string, about: "In what role the official took part: participant, host, signatory, speaker and so on"}
  on_behalf_of:        {type: actor, about: For whom, optional: true}
  others:              {type: list of actor, about: Everybody else who took part}
  others_name:         {type: list of string, about: Their names as known}
  others_on_behalf_of: {type: list of actor, about: All those for whom they did}
  concerns:            {type: list of key, about: "What it concerns, as an agreement"}
  voiced:              {type: list of key, about: Commitments that were voiced there}
  standing:            {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:            {type: list of evidence, about: "Source, locator and quote of each attestation"}
  fact:                {type: key, about: "The event, for its evidence"}
order: [earliest, fact]
identity: [fact]
edge: {from: $official, to: others, label: kind}
*/
MATCH (:Thing {key: $official})<-[took:PARTICIPANT]-(event:Event)
WHERE event.recorded_from <= $known_at < event.recorded_until
  AND event.kind IN CASE
    WHEN $kind IS NULL THEN ['meeting', 'visit', 'signing', 'exchange_of_instruments']
    ELSE [$kind]
  END
  AND ($from IS NULL OR event.ends_latest > $from)
  AND ($to IS NULL OR event.begins_earliest <= $to)
WITH event, took
ORDER BY took.role, took.on_behalf_of
WITH event, collect(took)[0] AS took
MATCH (event)-[:VERSION_OF]->(fact:Thing)
OPTIONAL MATCH (event)-[:AT]->(place:Place)
WITH event, took, fact, place,
     COLLECT {
       MATCH (event)-[part:PARTICIPANT]->(who:Actor)
       RETURN {
         key: who.key,
         name: head(COLLECT {
           MATCH (who)<-[:VERSION_OF]-(d:Description)
           WHERE d.recorded_from <= $known_at < d.recorded_until
           RETURN d.name
         }),
         for: part.on_behalf_of
       }
       ORDER BY who.key, part.on_behalf_of
     } AS people
WITH event, took, fact, place, [one IN people WHERE one.key <> $official] AS others
WHERE $counterpart IS NULL OR any(one IN others WHERE $counterpart IN [one.key, coalesce(one.for, '')])
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
       took.role AS role,
       took.on_behalf_of AS on_behalf_of,
       [one IN others | one.key] AS others,
       [one IN others WHERE one.name IS NOT NULL | one.name] AS others_name,
       COLLECT {
         UNWIND others AS one
         WITH one
         WHERE one.for IS NOT NULL
         RETURN DISTINCT one.for AS key
         ORDER BY key
       } AS others_on_behalf_of,
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
