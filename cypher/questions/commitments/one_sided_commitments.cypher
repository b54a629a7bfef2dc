/*
title: One-sided commitments
about: What does a state owe, or is owed, on a day with nothing of the same kind owed back, and what else is owed back? What is owed back politically counts, what is pending or suspended does not.
params:
  state:        {type: state, about: The state that owes or is owed to, example: PRK}
  kind:         {type: commitment_kind, about: Only this kind, optional: true}
  nothing_back: {type: boolean, about: "True for only those for which nothing of any kind is owed back, not even possibly", optional: true}
returns:
  bearer:            {type: actor, about: Who owes it}
  bearer_name:       {type: string, about: Its name as known, optional: true}
  beneficiary:       {type: actor, about: To whom it is owed}
  beneficiary_name:  {type: string, about: Its name as known, optional: true}
  kind:              {type: commitment_kind, about: What is owed}
  text:              {type: string, about: What is owed in a sentence, optional: true}
  binding:           {type: binding, about: "In what way it binds: by law or politically, or contested where sources disagree"}
  agreement:         {type: agreement, about: Under which agreement, optional: true}
  agreement_title:   {type: string, about: Its title, optional: true}
  in_force:          {type: in_force, about: How sure it is on that day}
  possibly_returned: {type: boolean, about: Whether something of the same kind is possibly owed back}
  owed_back:         {type: list of commitment_kind, about: "Other kinds that are owed back, surely or possibly"}
  evidence:          {type: list of evidence, about: "Source, locator and quote of each attestation"}
  rests_on:          {type: list of key, about: The facts that make it so on that day}
  fact:              {type: key, about: "The commitment, for its evidence"}
order: [bearer, beneficiary, fact]
pages: own
edge: {from: bearer, to: beneficiary, label: kind}
*/
CALL () {
  MATCH ()-[c:COMMITS_TO]->()
  WHERE c.bearer = $state AND c.holds_from <= $on < c.holds_until
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c, c.beneficiary AS other
  UNION ALL
  MATCH ()-[c:COMMITS_TO]->()
  WHERE c.beneficiary = $state AND c.holds_from <= $on < c.holds_until
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c, c.bearer AS other
}
WITH c, other
WHERE c.in_force IN ['definite', 'presumed', 'possible']
WITH other, collect(c) AS owed,
     collect(DISTINCT CASE WHEN c.in_force <> 'possible' THEN [c.bearer, c.kind] END) AS surely,
     collect(DISTINCT CASE WHEN c.in_force = 'possible' THEN [c.bearer, c.kind] END) AS possibly
UNWIND owed AS c
WITH c, [back IN surely WHERE back[0] = c.beneficiary | back[1]] AS surely,
     [back IN possibly WHERE back[0] = c.beneficiary | back[1]] AS possibly
WHERE NOT c.kind IN surely
  AND (NOT coalesce($nothing_back, false) OR surely + possibly = [])
  AND ($kind IS NULL OR c.kind = $kind)
  AND ($after IS NULL OR [c.bearer, c.beneficiary, c.fact] > $after)
WITH c, surely, possibly
ORDER BY c.bearer, c.beneficiary, c.fact
LIMIT $row_limit
MATCH (:Thing {key: c.fact})<-[:VERSION_OF]-(commitment:Commitment)
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
       c.kind IN possibly AS possibly_returned,
       COLLECT {
         UNWIND surely + possibly AS kind
         WITH kind
         WHERE kind <> c.kind
         RETURN DISTINCT kind
         ORDER BY kind
       } AS owed_back,
       COLLECT {
         MATCH (commitment)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       c.rests_on AS rests_on,
       c.fact AS fact
