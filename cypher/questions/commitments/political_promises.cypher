/*
title: Political promises without an agreement
about: Who has promised support to whom, binding politically and under no agreement, where was it voiced, and does the promise stand on a day?
params:
  bearer:      {type: state, about: Only promises of this state, optional: true}
  beneficiary: {type: state, about: Only promises to this state, optional: true}
  in_force:    {type: list of in_force, about: Only these; all of them when left out, optional: true}
returns:
  bearer:           {type: actor, about: Who promised}
  bearer_name:      {type: string, about: Its name as known, optional: true}
  beneficiary:      {type: actor, about: To whom}
  beneficiary_name: {type: string, about: Its name as known, optional: true}
  kind:             {type: commitment_kind, about: What is promised}
  text:             {type: string, about: What is promised in a sentence, optional: true}
  until:            {type: string, about: An end that is an event and no day, optional: true}
  in_force:         {type: in_force, about: "definite, presumed or possible on that day"}
  voiced_at:        {type: key, about: The event at which it was voiced, optional: true}
  event:            {type: string, about: What happened there, optional: true}
  begins:           {type: string, about: "Begin of the promise as written, an EDTF date or `unknown`"}
  conditions:       {type: list of string, about: "What must be so for it to be owed, then how it is carried out"}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation"}
  rests_on:         {type: list of key, about: The facts that make it so on that day}
  fact:             {type: key, about: "The promise, for its evidence"}
order: [bearer, beneficiary, fact]
pages: own
edge: {from: bearer, to: beneficiary, label: kind}
*/
MATCH (bearer:Actor)-[c:COMMITS_TO]->(beneficiary:Actor)
WHERE c.binding = 'political' AND c.holds_from <= $on < c.holds_until
  AND c.recorded_from <= $known_at < c.recorded_until
  // What a memorandum or a declaration says is listed under that agreement.
  AND c.agreement IS NULL
  AND ($bearer IS NULL OR c.bearer = $bearer)
  AND ($beneficiary IS NULL OR c.beneficiary = $beneficiary)
  AND ($in_force IS NULL OR c.in_force IN $in_force)
  AND ($after IS NULL OR [c.bearer, c.beneficiary, c.fact] > $after)
WITH bearer, c, beneficiary
ORDER BY c.bearer, c.beneficiary, c.fact
LIMIT $row_limit
MATCH (fact:Thing {key: c.fact})<-[:VERSION_OF]-(promise:Commitment)
WHERE promise.recorded_from <= $known_at < promise.recorded_until
OPTIONAL MATCH (promise)-[:VOICED_AT]->(voiced:Thing)
RETURN bearer.key AS bearer,
       head(COLLECT {
         MATCH (bearer)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS bearer_name,
       beneficiary.key AS beneficiary,
       head(COLLECT {
         MATCH (beneficiary)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS beneficiary_name,
       c.kind AS kind,
       promise.text AS text,
       promise.until AS until,
       c.in_force AS in_force,
       voiced.key AS voiced_at,
       head(COLLECT {
         MATCH (voiced)<-[:VERSION_OF]-(event:Event)
         WHERE event.recorded_from <= $known_at < event.recorded_until
         RETURN event.text
       }) AS event,
       promise.begins AS begins,
       // Triggers first: they decide whether it is owed.
       COLLECT {
         MATCH (fact)<-[:OF]-(condition:Condition)
         WHERE condition.recorded_from <= $known_at < condition.recorded_until
         RETURN condition.sentence
         ORDER BY condition.role = 'manner', condition.alternative, condition.key
       } AS conditions,
       COLLECT {
         MATCH (promise)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       c.rests_on AS rests_on,
       c.fact AS fact
