/*
title: Conditional commitments
about: What does a state owe, or is owed, on a day only on conditions, or in a certain manner, and what are they, one by one?
params:
  state:     {type: state, about: The state that owes or is owed to, example: PRK}
  kind:      {type: commitment_kind, about: Only this kind, optional: true}
  condition: {type: condition_kind, about: Only those with a condition of this kind, optional: true, example: state_of_war}
  names:     {type: thing, about: "Only those with a condition that names this state, organization, place or event", optional: true}
  in_force:  {type: list of in_force, about: Only these; all of them when left out, optional: true}
returns:
  bearer:           {type: actor, about: Who owes it}
  bearer_name:      {type: string, about: Its name as known, optional: true}
  beneficiary:      {type: actor, about: To whom it is owed}
  beneficiary_name: {type: string, about: Its name as known, optional: true}
  kind:             {type: commitment_kind, about: What is owed}
  text:             {type: string, about: What is owed in a sentence, optional: true}
  binding:          {type: binding, about: "In what way it binds: by law or politically, or contested where sources disagree"}
  agreement:        {type: agreement, about: Under which agreement, optional: true}
  agreement_title:  {type: string, about: Its title, optional: true}
  in_force:         {type: in_force, about: "definite, presumed, possible, suspended or pending on that day"}
  conditions:       {type: list of condition, about: "Each condition, triggers first; those with one number hold together, different numbers are alternatives"}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation of the commitment"}
  rests_on:         {type: list of key, about: The facts that make it so on that day}
  fact:             {type: key, about: "The commitment, for its evidence"}
order: [bearer, beneficiary, fact]
pages: own
edge: {from: bearer, to: beneficiary, label: kind}
covered_by: [Commitment, Condition]
*/
CALL () {
  MATCH ()-[c:COMMITS_TO]->()
  WHERE c.bearer = $state AND c.holds_from <= $on < c.holds_until
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c
  UNION ALL
  MATCH ()-[c:COMMITS_TO]->()
  WHERE c.beneficiary = $state AND c.holds_from <= $on < c.holds_until
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c
}
WITH c
WHERE ($kind IS NULL OR c.kind = $kind)
  AND ($in_force IS NULL OR c.in_force IN $in_force)
  AND ($after IS NULL OR [c.bearer, c.beneficiary, c.fact] > $after)
// One commitment is owed among many; its conditions are looked up once.
WITH c.fact AS key, collect(c) AS owed
MATCH (fact:Thing {key: key})
WHERE EXISTS {
  MATCH (fact)<-[:OF]-(condition:Condition)
  WHERE condition.recorded_from <= $known_at < condition.recorded_until
    AND ($condition IS NULL OR condition.kind = $condition)
    AND ($names IS NULL OR EXISTS { (condition)-[:NAMES]->(:Thing {key: $names}) })
}
UNWIND owed AS c
WITH c, fact
ORDER BY c.bearer, c.beneficiary, c.fact
LIMIT $row_limit
MATCH (fact)<-[:VERSION_OF]-(commitment:Commitment)
WHERE commitment.recorded_from <= $known_at < commitment.recorded_until
RETURN c.bearer AS bearer,
       head(COLLECT {
         MATCH (:Thing {key: c.bearer})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS bearer_name,
       c.beneficiary AS beneficiary,
       head(COLLECT {
         MATCH (:Thing {key: c.beneficiary})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS beneficiary_name,
       c.kind AS kind,
       commitment.text AS text,
       c.binding AS binding,
       c.agreement AS agreement,
       head(COLLECT {
         MATCH (:Thing {key: c.agreement})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.title
       }) AS agreement_title,
       c.in_force AS in_force,
       COLLECT {
         MATCH (fact)<-[:OF]-(condition:Condition)
         WHERE condition.recorded_from <= $known_at < condition.recorded_until
         RETURN {
           kind: condition.kind, sentence: condition.sentence, role: condition.role, negated: condition.negated,
           alternative: condition.alternative, or_allies: condition.or_allies, fact: condition.key,
           names: COLLECT {
             MATCH (condition)-[:NAMES]->(named:Thing)
             RETURN named.key
             ORDER BY named.key
           }
         }
         ORDER BY condition.role = 'manner', condition.alternative, condition.key
       } AS conditions,
       COLLECT {
         MATCH (commitment)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       c.rests_on AS rests_on,
       c.fact AS fact
