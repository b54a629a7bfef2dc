/*
title: Events about an agreement
about: When and where was an agreement talked about, signed, exchanged or published, who took part, and which acts on it fall on the same days?
timeless: It lists events by their days.
params:
  agreement: {type: agreement, about: The agreement, example: PRK-RUS.2024-strategic-partnership}
  kind:      {type: event_kind, about: Only this kind of event, optional: true}
  from:      {type: day, about: Only what may have happened on this day or later, optional: true}
  to:        {type: day, about: Only what may have happened on this day or earlier, optional: true}
returns:
  earliest:          {type: day, about: First day on which it may have happened}
  begins:            {type: string, about: "Begin as written, an EDTF date or `unknown`"}
  ends:              {type: string, about: "End as written, an EDTF date, `open` or `unknown`"}
  kind:              {type: event_kind, about: What kind of event}
  text:              {type: string, about: What happened in a sentence}
  place:             {type: place, about: Where, optional: true}
  place_name:        {type: string, about: Its name as known, optional: true}
  participants:      {type: list of actor, about: Who took part}
  participants_name: {type: list of string, about: Their names as known}
  on_behalf_of:      {type: list of actor, about: All those for whom somebody took part}
  concerns:          {type: list of key, about: "What of the agreement it concerns: the agreement itself, its provisions, or facts about it"}
  voiced:            {type: list of key, about: Commitments under the agreement that were voiced there}
  acts:              {type: list of key, about: "Acts on the agreement on days that may be the same, by or for somebody who took part, or of the whole agreement"}
  acts_kind:         {type: list of act_kind, about: "What kind of act, one for each of them"}
  acts_day:          {type: list of string, about: "Its day as an EDTF date, one for each of them"}
  standing:          {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:          {type: list of evidence, about: "Source, locator and quote of each attestation"}
  fact:              {type: key, about: "The event, for its evidence"}
order: [earliest, fact]
identity: [fact]
edge: {from: fact, to: $agreement, label: kind}
*/
// What belongs to the agreement: itself, its provisions, and the facts that name it as theirs.
WITH COLLECT {
       MATCH (:Thing {key: $agreement})<-[:ON|UNDER|OF|IN|TO]-(part:Version)-[:VERSION_OF]->(thing:Thing)
       WHERE part.recorded_from <= $known_at < part.recorded_until
       RETURN DISTINCT thing.key
     } + [$agreement] AS parts
CALL (parts) {
  UNWIND parts AS part
  MATCH (:Thing {key: part})<-[:CONCERNS]-(event)
  WHERE event:Event
  RETURN event
  UNION
  UNWIND parts AS part
  MATCH (:Thing {key: part})<-[:VERSION_OF]-(voiced:Commitment)-[:VOICED_AT]->(:Thing)<-[:VERSION_OF]-(event)
  WHERE voiced.recorded_from <= $known_at < voiced.recorded_until
  RETURN event
}
WITH event, parts
WHERE event.recorded_from <= $known_at < event.recorded_until
  AND ($kind IS NULL OR event.kind = $kind)
  AND ($from IS NULL OR event.ends_latest > $from)
  AND ($to IS NULL OR event.begins_earliest <= $to)
MATCH (event)-[:VERSION_OF]->(fact:Thing)
OPTIONAL MATCH (event)-[:AT]->(place:Place)
WITH event, fact, place, parts,
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
WITH event, fact, place, parts, people, [one IN people | one.key] + [one IN people | one.for] AS present
WITH event, fact, place, parts, people,
     COLLECT {
       MATCH (:Thing {key: $agreement})<-[:ON]-(act:Act)
       WHERE act.recorded_from <= $known_at < act.recorded_until
         AND act.day_earliest < event.ends_latest AND act.day_latest >= event.begins_earliest
         AND NOT act.not_yet
         AND (NOT EXISTS { MATCH (act)-[:BY]->() }
           OR EXISTS { MATCH (act)-[:BY|SIGNED_BY]->(who:Thing) WHERE who.key IN present })
       RETURN {key: act.key, kind: act.kind, day: act.day_edtf}
       ORDER BY act.key
     } AS acts
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
       [one IN people | one.key] AS participants,
       [one IN people WHERE one.name IS NOT NULL | one.name] AS participants_name,
       COLLECT {
         UNWIND people AS one
         WITH one
         WHERE one.for IS NOT NULL
         RETURN DISTINCT one.for AS key
         ORDER BY key
       } AS on_behalf_of,
       COLLECT {
         MATCH (event)-[:CONCERNS]->(thing:Thing)
         WHERE thing.key IN parts
         RETURN thing.key
         ORDER BY thing.key
       } AS concerns,
       COLLECT {
         MATCH (fact)<-[:VOICED_AT]-(commitment:Commitment)
         WHERE commitment.recorded_from <= $known_at < commitment.recorded_until
           AND commitment.key IN parts
         RETURN commitment.key
         ORDER BY commitment.key
       } AS voiced,
       [one IN acts | one.key] AS acts,
       [one IN acts | one.kind] AS acts_kind,
       [one IN acts | one.day] AS acts_day,
       event.standing AS standing,
       COLLECT {
         MATCH (event)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       fact.key AS fact
