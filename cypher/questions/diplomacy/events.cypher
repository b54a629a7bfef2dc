/*
title: Events
about: Which events are recorded, of what kind, on which days and where, who took part and for whom?
timeless: It lists events by their keys, with their days.
path: /events
pages: own
params:
  kind:        {type: event_kind, about: Only this kind, optional: true, example: meeting}
  participant: {type: actor, about: "Only those in which this actor took part, or somebody on its behalf", optional: true}
  from:        {type: day, about: Only what may have happened on this day or later, optional: true}
  to:          {type: day, about: Only what may have happened on this day or earlier, optional: true}
returns:
  fact:         {type: event, about: "The event, for its evidence"}
  kind:         {type: event_kind, about: What kind of event}
  text:         {type: string, about: What happened in a sentence}
  begins:       {type: string, about: "Begin as written, an EDTF date or `unknown`"}
  ends:         {type: string, about: "End as written, an EDTF date, `open` or `unknown`"}
  place:        {type: place, about: Where, optional: true}
  participants: {type: list of actor, about: Who took part}
  on_behalf_of: {type: list of actor, about: Those for whom somebody took part}
  standing:     {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:     {type: list of evidence, about: "Source, locator and quote of each attestation"}
order: [fact]
*/
CALL () {
  WITH true AS took_part
  WHERE $participant IS NOT NULL
  CALL () {
    MATCH (:Thing {key: $participant})<-[:PARTICIPANT]-(e:Event)
    WHERE e.recorded_from <= $known_at < e.recorded_until
    RETURN e
    UNION
    MATCH (e:Event)-[taking:PARTICIPANT]->(:Actor)
    WHERE taking.on_behalf_of = $participant
      AND e.recorded_from <= $known_at < e.recorded_until
    RETURN e
  }
  RETURN e
  UNION ALL
  WITH true AS of_a_kind
  WHERE $participant IS NULL AND $kind IS NOT NULL
  MATCH (e:Event)
  WHERE e.kind = $kind AND e.key > coalesce($after[0], '')
    AND e.recorded_from <= $known_at < e.recorded_until
    AND ($from IS NULL OR e.ends_latest > $from)
    AND ($to IS NULL OR e.begins_earliest <= $to)
  RETURN e
  // The index gives this order, and with it the page stops where it is full.
  ORDER BY e.kind, e.key
  LIMIT $row_limit
  UNION ALL
  WITH true AS all
  WHERE $participant IS NULL AND $kind IS NULL
  MATCH (e:Event)
  WHERE e.key > coalesce($after[0], '')
    AND e.recorded_from <= $known_at < e.recorded_until
    AND ($from IS NULL OR e.ends_latest > $from)
    AND ($to IS NULL OR e.begins_earliest <= $to)
  RETURN e
  ORDER BY e.key
  LIMIT $row_limit
}
WITH e
WHERE e.key > coalesce($after[0], '')
  AND ($kind IS NULL OR e.kind = $kind)
  AND ($from IS NULL OR e.ends_latest > $from)
  AND ($to IS NULL OR e.begins_earliest <= $to)
WITH e
ORDER BY e.key
LIMIT $row_limit
RETURN e.key AS fact,
       e.kind AS kind,
       e.text AS text,
       e.begins AS begins,
       e.ends AS ends,
       head([(e)-[:AT]->(place:Place) | place.key]) AS place,
       COLLECT {
         MATCH (e)-[:PARTICIPANT]->(who:Actor)
         RETURN DISTINCT who.key AS key
         ORDER BY key
       } AS participants,
       COLLECT {
         MATCH (e)-[taking:PARTICIPANT]->(:Actor)
         WHERE taking.on_behalf_of IS NOT NULL
         RETURN DISTINCT taking.on_behalf_of AS key
         ORDER BY key
       } AS on_behalf_of,
       e.standing AS standing,
       COLLECT {
         MATCH (e)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence
