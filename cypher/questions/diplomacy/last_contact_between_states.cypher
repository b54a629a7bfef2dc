/*
title: Last contact between two states
about: When and where did two states last meet on or before a day, who took part for each, and is it certain that nothing came after it?
params:
  state: {type: state, about: One state, example: PRK}
  other: {type: state, about: The other one, example: RUS}
  kind:  {type: event_kind, about: "Only this kind of event; whatever is no incident, combat or armed conflict when left out", optional: true}
returns:
  earliest:       {type: day, about: First day on which it may have happened}
  begins:         {type: string, about: "Begin as written, an EDTF date or `unknown`"}
  ends:           {type: string, about: "End as written, an EDTF date, `open` or `unknown`"}
  happened:       {type: boolean, about: Whether it had surely begun on that day}
  surely_last:    {type: boolean, about: Whether nothing else that is recorded may have come after it}
  kind:           {type: event_kind, about: What kind of event}
  text:           {type: string, about: What happened in a sentence}
  place:          {type: place, about: Where, optional: true}
  place_name:     {type: string, about: Its name as known, optional: true}
  for_state:      {type: list of actor, about: "Who took part for the one state: itself, its organs, or somebody on their behalf"}
  for_state_name: {type: list of string, about: Their names as known}
  for_other:      {type: list of actor, about: The same for the other}
  for_other_name: {type: list of string, about: Their names as known}
  others:         {type: list of actor, about: Everybody else who took part}
  concerns:       {type: list of key, about: "What it concerns, as an agreement"}
  voiced:         {type: list of key, about: Commitments that were voiced there}
  standing:       {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:       {type: list of evidence, about: "Source, locator and quote of each attestation"}
  fact:           {type: key, about: "The event, for its evidence"}
order: [earliest, fact]
identity: [fact]
edge: {from: for_state, to: for_other, label: kind}
reaches: [earlier_days]
*/
// Who acts for a state: itself and its organs, and whoever does so on their behalf.
WITH [$state] + COLLECT {
       MATCH (:Thing {key: $state})<-[:OF]-(d:Description)-[:VERSION_OF]->(organ:Organ)
       WHERE d.recorded_from <= $known_at < d.recorded_until
       RETURN organ.key
     } AS voices,
     [$other] + COLLECT {
       MATCH (:Thing {key: $other})<-[:OF]-(d:Description)-[:VERSION_OF]->(organ:Organ)
       WHERE d.recorded_from <= $known_at < d.recorded_until
       RETURN organ.key
     } AS others
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
  AND event.begins_earliest <= $on
  AND CASE
    WHEN $kind IS NULL THEN NOT event.kind IN ['incident', 'combat', 'armed_conflict']
    ELSE event.kind = $kind
  END
  AND EXISTS {
    MATCH (event)-[took:PARTICIPANT]->(who:Actor)
    WHERE (who.key IN others OR took.on_behalf_of IN others)
      AND NOT who.key IN voices AND NOT coalesce(took.on_behalf_of IN voices, false)
  }
WITH voices, others, collect(event) AS events
// Nobody knows what came last where days may be the same: whatever nothing else surely came after is told.
WITH voices, others, events, reduce(newest = date('0001-01-01'), one IN events | CASE
       WHEN one.standing = 'asserted' AND one.begins_latest <= $on AND one.begins_earliest > newest
         THEN one.begins_earliest
       ELSE newest
     END) AS newest
WITH voices, others, [one IN events WHERE one.ends_latest > newest] AS last
UNWIND last AS event
WITH voices, others, event, none(one IN last
       WHERE one.key <> event.key AND one.ends_latest > event.begins_earliest) AS surely_last
MATCH (event)-[:VERSION_OF]->(fact:Thing)
OPTIONAL MATCH (event)-[:AT]->(place:Place)
WITH event, surely_last, fact, place,
     COLLECT {
       MATCH (event)-[took:PARTICIPANT]->(who:Actor)
       RETURN {
         key: who.key,
         name: head(COLLECT {
           MATCH (who)<-[:VERSION_OF]-(d:Description)
           WHERE d.recorded_from <= $known_at < d.recorded_until
           RETURN d.name
         }),
         side: CASE
           WHEN who.key IN voices OR took.on_behalf_of IN voices THEN 'state'
           WHEN who.key IN others OR took.on_behalf_of IN others THEN 'other'
           ELSE ''
         END
       }
       ORDER BY who.key, took.on_behalf_of
     } AS people
RETURN toString(event.begins_earliest) AS earliest,
       event.begins AS begins,
       event.ends AS ends,
       event.begins_latest <= $on AS happened,
       surely_last AS surely_last,
       event.kind AS kind,
       event.text AS text,
       place.key AS place,
       head(COLLECT {
         MATCH (place)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS place_name,
       [one IN people WHERE one.side = 'state' | one.key] AS for_state,
       [one IN people WHERE one.side = 'state' AND one.name IS NOT NULL | one.name] AS for_state_name,
       [one IN people WHERE one.side = 'other' | one.key] AS for_other,
       [one IN people WHERE one.side = 'other' AND one.name IS NOT NULL | one.name] AS for_other_name,
       [one IN people WHERE one.side = '' | one.key] AS others,
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
