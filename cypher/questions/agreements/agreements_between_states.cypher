/*
title: Agreements between two states
about: Which agreements have both of two states as parties on a day, how sure is that for each and for both together, and on what does it rest?
params:
  state:    {type: state, about: One of the two, example: RUS}
  other:    {type: state, about: The other, example: PRK}
  in_force: {type: list of in_force, about: "Only where this is the answer for both together; all of them when left out", optional: true}
returns:
  agreement:       {type: agreement, about: The agreement}
  agreement_title: {type: string, about: Its title, optional: true}
  in_force:        {type: in_force, about: "For both together on that day: the weaker of the two"}
  state_in_force:  {type: in_force, about: "For the one: definite, presumed, possible, suspended, or pending where it has signed and waits"}
  other_in_force:  {type: in_force, about: For the other}
  since:           {type: day, about: First day on which that is the answer for each of them}
  until:           {type: day, about: "First day on which it no longer is for one of them; nothing where no such day is known", optional: true}
  awaits:          {type: list of string, about: What is still awaited for one or the other}
  provisional:     {type: boolean, about: Whether one of them only applies it provisionally}
  evidence:        {type: list of evidence, about: "Source, locator and quote of each fact it rests on"}
  rests_on:        {type: list of key, about: The facts that make it so for both on that day}
order: [agreement]
edge: {from: $state, to: $other, label: agreement_title}
*/
// What each of the two is party to is sought by itself: the other parties of those agreements are many.
MATCH (:Actor)-[p:PARTY_TO]->(agreement:Agreement)<-[q:PARTY_TO]-(:Actor)
USING INDEX p:PARTY_TO(party, holds_from, holds_until)
USING INDEX q:PARTY_TO(party, holds_from, holds_until)
WHERE p.party = $state AND p.holds_from <= $on < p.holds_until
  AND p.recorded_from <= $known_at < p.recorded_until
  AND q.party = $other AND q.holds_from <= $on < q.holds_until
  AND q.recorded_from <= $known_at < q.recorded_until
WITH agreement, p, q,
     last([word IN ['definite', 'presumed', 'possible', 'suspended', 'pending']
       WHERE word IN [p.in_force, q.in_force]]) AS in_force,
     COLLECT {
       UNWIND p.rests_on + q.rests_on AS key
       RETURN DISTINCT key
       ORDER BY key
     } AS rests_on
WHERE $in_force IS NULL OR in_force IN $in_force
RETURN agreement.key AS agreement,
       head(COLLECT {
         MATCH (agreement)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.title
       }) AS agreement_title,
       in_force AS in_force,
       p.in_force AS state_in_force,
       q.in_force AS other_in_force,
       toString(CASE WHEN p.holds_from < q.holds_from THEN q.holds_from ELSE p.holds_from END) AS since,
       CASE
         WHEN p.holds_until < q.holds_until THEN toString(p.holds_until)
         WHEN q.holds_until < date('9999-12-31') THEN toString(q.holds_until)
       END AS until,
       COLLECT {
         UNWIND p.awaits + q.awaits AS awaited
         RETURN DISTINCT awaited
         ORDER BY awaited = 'entry into force', awaited
       } AS awaits,
       coalesce(p.provisional, false) OR coalesce(q.provisional, false) AS provisional,
       COLLECT {
         UNWIND rests_on AS key
         MATCH (:Thing {key: key})<-[:VERSION_OF]-(fact:Version)-[stated:ATTESTED_BY]->(source:Source)
         WHERE fact.recorded_from <= $known_at < fact.recorded_until
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY key, source.key, stated.locator, stated.quote
       } AS evidence,
       rests_on AS rests_on
