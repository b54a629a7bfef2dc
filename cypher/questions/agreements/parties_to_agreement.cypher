/*
title: Parties to an agreement
about: Who is party to an agreement on a day, or has signed it and waits, how sure is that, and on what does it rest?
params:
  agreement: {type: agreement, about: The agreement, example: PRK-RUS.2024-strategic-partnership}
  in_force:  {type: list of in_force, about: Only these; all of them when left out, optional: true}
returns:
  party:        {type: actor, about: "The party, or who waits to become one"}
  party_name:   {type: string, about: Its name as known, optional: true}
  in_force:     {type: in_force, about: "definite, presumed, possible, suspended or pending for it on that day"}
  since:        {type: day, about: First day on which that is the answer}
  until:        {type: day, about: First day on which it is no longer; nothing where no such day is known, optional: true}
  awaits:       {type: list of string, about: What a pending one waits for}
  provisional:  {type: boolean, about: Whether the agreement is only applied provisionally}
  basis:        {type: list of string, about: "acts where acts decide; coded or reported where a source names the party and no act"}
  signed:       {type: list of string, about: "Days of its signatures, each an EDTF date"}
  consents:     {type: list of act_kind, about: Acts by which it consented to be bound}
  consented:    {type: list of string, about: "Their days, each an EDTF date"}
  reservations: {type: list of key, about: "Its reservations, declarations and objections, whatever their days"}
  evidence:     {type: list of evidence, about: "Source, locator and quote of each fact it rests on"}
  rests_on:     {type: list of key, about: The facts that make it so on that day}
order: [party]
edge: {from: party, to: $agreement, label: in_force}
*/
MATCH (party:Actor)-[p:PARTY_TO]->(agreement:Thing)
WHERE p.unit = $agreement AND p.holds_from <= $on < p.holds_until
  AND p.recorded_from <= $known_at < p.recorded_until
  AND ($in_force IS NULL OR p.in_force IN $in_force)
// Acts and reservations are read once for all parties: for each by itself, all of them would be read each time.
WITH agreement, collect({party: party, p: p}) AS pieces
WITH pieces,
     COLLECT {
       MATCH (agreement)<-[:ON]-(act:Act)-[:BY]->(by:Actor)
       WHERE act.recorded_from <= $known_at < act.recorded_until AND act.standing = 'asserted'
         AND act.kind IN ['signature', 'ratification', 'acceptance', 'approval', 'accession', 'succession',
           'formal_confirmation', 'exchange_of_instruments', 'notification']
       RETURN {by: by.key, kind: act.kind, day: act.day_edtf, binds: act.binds OR act.kind <> 'signature'}
       ORDER BY act.day_earliest, act.key
     } AS acts,
     COLLECT {
       CALL (agreement) {
         MATCH (agreement)<-[:TO]-(made:Reservation)
         WHERE made.recorded_from <= $known_at < made.recorded_until
         RETURN made
         UNION
         MATCH (agreement)<-[:OF]-(provision:Description)-[:VERSION_OF]->(:Provision)<-[:TO]-(made:Reservation)
         WHERE provision.recorded_from <= $known_at < provision.recorded_until
           AND made.recorded_from <= $known_at < made.recorded_until
         RETURN made
       }
       // An objection is made to a reservation.
       CALL (made) {
         RETURN made AS one
         UNION
         MATCH (made)-[:VERSION_OF]->(:Thing)<-[:TO]-(one:Reservation)
         WHERE one.recorded_from <= $known_at < one.recorded_until
         RETURN one
       }
       WITH DISTINCT one
       MATCH (one)-[:BY]->(by:Actor)
       RETURN {by: by.key, key: one.key}
       ORDER BY one.key
     } AS reservations
UNWIND pieces AS piece
WITH piece.party AS party, piece.p AS p, acts, reservations
WITH party, p, [act IN acts WHERE act.by = p.party] AS acts, [one IN reservations WHERE one.by = p.party] AS reservations
RETURN party.key AS party,
       head(COLLECT {
         MATCH (party)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS party_name,
       p.in_force AS in_force,
       toString(p.holds_from) AS since,
       CASE WHEN p.holds_until < date('9999-12-31') THEN toString(p.holds_until) END AS until,
       p.awaits AS awaits,
       coalesce(p.provisional, false) AS provisional,
       COLLECT {
         UNWIND p.rests_on AS key
         MATCH (:Thing {key: key})<-[:VERSION_OF]-(fact:Act|Participation)
         WHERE fact.recorded_from <= $known_at < fact.recorded_until
         RETURN DISTINCT coalesce(fact.basis, 'acts') AS basis
         ORDER BY basis
       } AS basis,
       [act IN acts WHERE act.kind = 'signature' | act.day] AS signed,
       [act IN acts WHERE act.binds | act.kind] AS consents,
       [act IN acts WHERE act.binds | act.day] AS consented,
       [one IN reservations | one.key] AS reservations,
       COLLECT {
         UNWIND p.rests_on AS key
         MATCH (:Thing {key: key})<-[:VERSION_OF]-(fact:Version)-[stated:ATTESTED_BY]->(source:Source)
         WHERE fact.recorded_from <= $known_at < fact.recorded_until
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY key, source.key, stated.locator, stated.quote
       } AS evidence,
       p.rests_on AS rests_on
