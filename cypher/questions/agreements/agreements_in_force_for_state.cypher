/*
title: Agreements in force for a state
about: Which agreements are in force for a state on a day, since when and until when, how sure is that, and on what does it rest?
params:
  state:    {type: state, about: The state, example: RUS}
  in_force: {type: list of in_force, about: "Only these; definite, presumed and possible when left out", optional: true}
returns:
  agreement:       {type: agreement, about: The agreement}
  agreement_title: {type: string, about: Its title, optional: true}
  in_force:        {type: in_force, about: "How it is in force for the state on that day; suspended or pending only where asked for"}
  since:           {type: day, about: First day on which that is the answer}
  until:           {type: day, about: "First day on which it is no longer; nothing where no such day is known", optional: true}
  awaits:          {type: list of string, about: What a pending one waits for}
  provisional:     {type: boolean, about: Whether it is only applied provisionally}
  evidence:        {type: list of evidence, about: "Source, locator and quote of each fact it rests on"}
  rests_on:        {type: list of key, about: The facts that make it so on that day}
order: [agreement]
edge: {from: $state, to: agreement, label: in_force}
*/
MATCH (:Actor)-[p:PARTY_TO]->(agreement:Agreement)
WHERE p.party = $state AND p.holds_from <= $on < p.holds_until
  AND p.recorded_from <= $known_at < p.recorded_until
  AND p.in_force IN coalesce($in_force, ['definite', 'presumed', 'possible'])
RETURN agreement.key AS agreement,
       head(COLLECT {
         MATCH (agreement)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.title
       }) AS agreement_title,
       p.in_force AS in_force,
       toString(p.holds_from) AS since,
       CASE WHEN p.holds_until < date('9999-12-31') THEN toString(p.holds_until) END AS until,
       p.awaits AS awaits,
       coalesce(p.provisional, false) AS provisional,
       COLLECT {
         UNWIND p.rests_on AS key
         MATCH (:Thing {key: key})<-[:VERSION_OF]-(fact:Version)-[stated:ATTESTED_BY]->(source:Source)
         WHERE fact.recorded_from <= $known_at < fact.recorded_until
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY key, source.key, stated.locator, stated.quote
       } AS evidence,
       p.rests_on AS rests_on
