/*
title: An event with its links
about: What happened, when and where, who took part in which role and for whom, what did it concern, what was promised there, and what is claimed about it?
timeless: An event is told with its days.
path: /events/{event}
params:
  event: {type: event, about: The event, example: event.2024-11-01-choe-lavrov}
returns:
  fact:          {type: event, about: "The event, for its evidence"}
  kind:          {type: event_kind, about: What kind of event}
  text:          {type: string, about: What happened in a sentence}
  begins:        {type: string, about: "Begin as written, an EDTF date or `unknown`"}
  ends:          {type: string, about: "End as written, an EDTF date, `open` or `unknown`"}
  place:         {type: place, about: Where, optional: true}
  place_name:    {type: string, about: Its name as known, optional: true}
  participants:  {type: list of linked, about: "Who took part, in which role and for whom; the first 100"}
  concerns:      {type: list of linked, about: "What it concerns, the first 100"}
  commitments:   {type: list of linked, about: "Commitments voiced there, the first 100"}
  claims:        {type: list of linked, about: "Claims about it, the first 100; `claims` lists all"}
  standing:      {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:      {type: list of evidence, about: "Source, locator and quote of each attestation"}
  version:       {type: integer, about: Number of the version}
  recorded_from: {type: instant, about: When that version was recorded}
order: [fact]
*/
MATCH (fact:Thing {key: $event})<-[:VERSION_OF]-(e:Event)
WHERE e.recorded_from <= $known_at < e.recorded_until
OPTIONAL MATCH (e)-[:AT]->(place:Place)
RETURN fact.key AS fact,
       e.kind AS kind,
       e.text AS text,
       e.begins AS begins,
       e.ends AS ends,
       place.key AS place,
       head(COLLECT {
         MATCH (place)<-[:VERSION_OF]-(named:Description)
         WHERE named.recorded_from <= $known_at < named.recorded_until
         RETURN named.name
       }) AS place_name,
       COLLECT {
         MATCH (e)-[taking:PARTICIPANT]->(who:Actor)
         RETURN {
           key: who.key,
           label: head([l IN labels(who) WHERE NOT l IN ['Thing', 'Actor']]),
           says: taking.role + coalesce(' for ' + taking.on_behalf_of, ''),
           begins: null,
           ends: null
         }
         ORDER BY who.key, taking.role, taking.on_behalf_of
         LIMIT 100
       } AS participants,
       COLLECT {
         MATCH (e)-[:CONCERNS]->(thing:Thing)<-[:VERSION_OF]-(v:Version)
         WHERE v.recorded_from <= $known_at < v.recorded_until
         RETURN {
           key: thing.key,
           label: head([l IN labels(v) + labels(thing) WHERE NOT l IN ['Version', 'Description', 'Thing', 'Fact']]),
           says: coalesce(v.name, v.title, v.text, v.sentence, v.heading, v.kind),
           begins: coalesce(v.day_edtf, v.made_on_edtf, v.begins),
           ends: v.ends
         }
         ORDER BY thing.key
         LIMIT 100
       } AS concerns,
       COLLECT {
         MATCH (fact)<-[:VOICED_AT]-(c:Commitment)
         WHERE c.recorded_from <= $known_at < c.recorded_until
         RETURN {
           key: c.key,
           label: 'Commitment',
           says: replace(c.kind, '_', ' ') + coalesce(': ' + c.text, ''),
           begins: c.begins,
           ends: c.ends
         }
         ORDER BY c.key
         LIMIT 100
       } AS commitments,
       COLLECT {
         MATCH (fact)<-[:ABOUT]-(claim:Claim)
         WHERE claim.recorded_from <= $known_at < claim.recorded_until
         RETURN {
           key: claim.key,
           label: 'Claim',
           says: claim.stance + ': ' + claim.sentence,
           begins: claim.made_on_edtf,
           ends: null
         }
         ORDER BY claim.made_on_earliest, claim.key
         LIMIT 100
       } AS claims,
       e.standing AS standing,
       COLLECT {
         MATCH (e)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       e.version AS version,
       e.recorded_from AS recorded_from
