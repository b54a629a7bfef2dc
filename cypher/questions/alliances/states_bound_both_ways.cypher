/*
title: States bound to defend one and to spare the other
about: Who owes defence to a state on a day and has promised the other to keep out or not to attack, by which commitments, and how sure is that?
params:
  defended: {type: state, about: The state that it must defend, example: RUS}
  spared:   {type: state, about: The state that it must spare, example: PRK}
  kind:     {type: list of commitment_kind, about: What counts as a promise to spare; neutrality and non-aggression when left out, optional: true}
  in_force: {type: list of in_force, about: "Only these; definite, presumed and possible when left out", optional: true}
returns:
  bearer:      {type: actor, about: Who is bound both ways}
  bearer_name: {type: string, about: Its name as known, optional: true}
  beneficiary: {type: actor, about: To which of the two it owes this}
  kind:        {type: commitment_kind, about: What is owed}
  text:        {type: string, about: What is owed in a sentence, optional: true}
  binding:     {type: binding, about: "In what way it binds: by law or politically, or contested where sources disagree"}
  agreement:   {type: agreement, about: Under which agreement, optional: true}
  in_force:    {type: in_force, about: How sure it is on that day}
  evidence:    {type: list of evidence, about: "Source, locator and quote of each attestation"}
  rests_on:    {type: list of key, about: The facts that make it so on that day}
  fact:        {type: key, about: "The commitment, for its evidence"}
order: [bearer, beneficiary, fact]
edge: {from: bearer, to: beneficiary, label: kind}
*/
MATCH ()-[c:COMMITS_TO]->()
WHERE c.beneficiary IN [$defended, $spared] AND c.holds_from <= $on < c.holds_until
  AND c.recorded_from <= $known_at < c.recorded_until
  AND c.in_force IN coalesce($in_force, ['definite', 'presumed', 'possible'])
WITH c,
     c.beneficiary = $defended AND c.kind = 'defence' AS defends,
     c.beneficiary = $spared AND c.kind IN coalesce($kind, ['neutrality', 'non_aggression']) AS spares
WHERE defends OR spares
WITH c.bearer AS bearer, collect(c) AS owed, collect(defends) AS defending, collect(spares) AS sparing
WHERE true IN defending AND true IN sparing
UNWIND owed AS c
MATCH (fact:Thing {key: c.fact})<-[:VERSION_OF]-(commitment:Commitment)
WHERE commitment.recorded_from <= $known_at < commitment.recorded_until
RETURN bearer AS bearer,
       head(COLLECT {
         MATCH (:Thing {key: bearer})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS bearer_name,
       c.beneficiary AS beneficiary,
       c.kind AS kind,
       commitment.text AS text,
       c.binding AS binding,
       c.agreement AS agreement,
       c.in_force AS in_force,
       COLLECT {
         MATCH (commitment)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       c.rests_on AS rests_on,
       c.fact AS fact
