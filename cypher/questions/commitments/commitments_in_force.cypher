/*
title: Commitments in force
about: Which commitments are in force on a day, by kind, who owes each to whom, under which agreement, and how sure is that? What is owed to all parties of an agreement together makes no pairs and is listed under the agreement.
params:
  kind:     {type: commitment_kind, about: Only this kind, optional: true, example: defence}
  in_force: {type: list of in_force, about: "Only these; definite, presumed and possible when left out", optional: true}
returns:
  kind:             {type: commitment_kind, about: What is owed}
  bearer:           {type: actor, about: Who owes it}
  bearer_name:      {type: string, about: Its name as known, optional: true}
  beneficiary:      {type: actor, about: To whom it is owed}
  beneficiary_name: {type: string, about: Its name as known, optional: true}
  text:             {type: string, about: What is owed in a sentence, optional: true}
  binding:          {type: binding, about: "In what way it binds: by law or politically, or contested where sources disagree"}
  agreement:        {type: agreement, about: Under which agreement, optional: true}
  agreement_title:  {type: string, about: Its title, optional: true}
  article:          {type: string, about: Article that says so, optional: true}
  in_force:         {type: in_force, about: How sure it is on that day}
  awaits:           {type: list of string, about: What a pending one waits for}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation"}
  rests_on:         {type: list of key, about: The facts that make it so on that day}
  fact:             {type: key, about: "The commitment, for its evidence"}
order: [kind, bearer, beneficiary, fact]
pages: own
edge: {from: bearer, to: beneficiary, label: kind}
*/
// The index gives the order and the days. A page seeks what is left of its bearer, of its kind and of all kinds; where it
// need not, a bound is null, which the index answers with nothing. Days that stand in a WITH are read from the index,
// those in a MATCH from the relationship. Without the hint the planner takes an index that it has to sort.
CALL () {
  MATCH ()-[c:COMMITS_TO]->()
  USING INDEX c:COMMITS_TO(kind, bearer, beneficiary, fact, holds_from, holds_until)
  WHERE c.kind = $after[0] AND c.bearer = $after[1] AND c.beneficiary >= $after[2] AND c.fact IS NOT NULL
    AND c.holds_from IS NOT NULL AND c.holds_until IS NOT NULL
  WITH c, c.holds_from AS since, c.holds_until AS until
  WHERE [c.beneficiary, c.fact] > $after[2..] AND since <= $on < until
    AND c.recorded_from <= $known_at < c.recorded_until
    AND c.in_force IN coalesce($in_force, ['definite', 'presumed', 'possible'])
  RETURN c
  ORDER BY c.kind, c.bearer, c.beneficiary, c.fact
  LIMIT $row_limit
  UNION ALL
  MATCH ()-[c:COMMITS_TO]->()
  USING INDEX c:COMMITS_TO(kind, bearer, beneficiary, fact, holds_from, holds_until)
  WHERE c.kind = coalesce($after[0], $kind) AND c.bearer > coalesce($after[1], '')
    AND c.beneficiary IS NOT NULL AND c.fact IS NOT NULL
    AND c.holds_from IS NOT NULL AND c.holds_until IS NOT NULL
  WITH c, c.holds_from AS since, c.holds_until AS until
  WHERE since <= $on < until
    AND c.recorded_from <= $known_at < c.recorded_until
    AND c.in_force IN coalesce($in_force, ['definite', 'presumed', 'possible'])
  RETURN c
  ORDER BY c.kind, c.bearer, c.beneficiary, c.fact
  LIMIT $row_limit
  UNION ALL
  MATCH ()-[c:COMMITS_TO]->()
  USING INDEX c:COMMITS_TO(kind, bearer, beneficiary, fact, holds_from, holds_until)
  WHERE c.kind > CASE WHEN $kind IS NULL THEN coalesce($after[0], '') END
    AND c.bearer IS NOT NULL AND c.beneficiary IS NOT NULL AND c.fact IS NOT NULL
    AND c.holds_from IS NOT NULL AND c.holds_until IS NOT NULL
  WITH c, c.holds_from AS since, c.holds_until AS until
  WHERE since <= $on < until
    AND c.recorded_from <= $known_at < c.recorded_until
    AND c.in_force IN coalesce($in_force, ['definite', 'presumed', 'possible'])
  RETURN c
  ORDER BY c.kind, c.bearer, c.beneficiary, c.fact
  LIMIT $row_limit
}
WITH c
ORDER BY c.kind, c.bearer, c.beneficiary, c.fact
LIMIT $row_limit
MATCH (:Thing {key: c.fact})<-[:VERSION_OF]-(commitment:Commitment)
WHERE commitment.recorded_from <= $known_at < commitment.recorded_until
RETURN c.kind AS kind,
       c.bearer AS bearer,
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
       commitment.text AS text,
       c.binding AS binding,
       c.agreement AS agreement,
       head(COLLECT {
         MATCH (:Thing {key: c.agreement})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.title
       }) AS agreement_title,
       head(COLLECT {
         MATCH (:Thing {key: c.provision})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.article
       }) AS article,
       c.in_force AS in_force,
       c.awaits AS awaits,
       COLLECT {
         MATCH (commitment)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       c.rests_on AS rests_on,
       c.fact AS fact
