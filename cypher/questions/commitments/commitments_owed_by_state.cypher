/*
title: Commitments owed by a state
about: What does this state owe to whom on a day, under which agreement and article, on what conditions, and how sure is that?
params:
  state:    {type: state, about: The state that owes, example: PRK}
  kind:     {type: commitment_kind, about: Only this kind, optional: true, example: defence}
  in_force: {type: list of in_force, about: Only these; all of them when left out, optional: true, example: [definite, presumed]}
returns:
  beneficiary:      {type: actor, about: To whom it is owed}
  beneficiary_name: {type: string, about: Its name as known, optional: true}
  kind:             {type: commitment_kind, about: What is owed}
  text:             {type: string, about: What is owed in a sentence, optional: true}
  binding:          {type: binding, about: "In what way it binds: by law or politically, or contested where sources disagree"}
  agreement:        {type: agreement, about: Under which agreement, optional: true}
  agreement_title:  {type: string, about: Its title, optional: true}
  article:          {type: string, about: Article that says so, optional: true}
  until:            {type: string, about: An end that is an event and no day, optional: true}
  in_force:         {type: in_force, about: "definite, presumed, possible, suspended or pending on that day"}
  awaits:           {type: list of string, about: What a pending one waits for}
  provisional:      {type: boolean, about: Whether the agreement is only applied provisionally}
  modified_by:      {type: list of key, about: The reservations that change what it means between the two}
  conditions:       {type: list of string, about: "What must be so for it to be owed, then how it is carried out"}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation"}
  rests_on:         {type: list of key, about: The facts that make it so on that day}
  fact:             {type: key, about: "The commitment, for its evidence"}
order: [beneficiary, fact]
pages: own
edge: {from: $state, to: beneficiary, label: kind}
*/
MATCH ()-[c:COMMITS_TO]->(beneficiary:Actor)
WHERE c.bearer = $state AND c.holds_from <= $on < c.holds_until
  AND c.recorded_from <= $known_at < c.recorded_until
  AND ($kind IS NULL OR c.kind = $kind)
  AND ($in_force IS NULL OR c.in_force IN $in_force)
  AND ($after IS NULL OR [c.beneficiary, c.fact] > $after)
// Only what is in the page is looked up further: some owe more than ten thousand.
WITH beneficiary, c
ORDER BY c.beneficiary, c.fact
LIMIT $row_limit
MATCH (fact:Thing {key: c.fact})<-[:VERSION_OF]-(commitment:Commitment)
WHERE commitment.recorded_from <= $known_at < commitment.recorded_until
RETURN beneficiary.key AS beneficiary,
       head(COLLECT {
         MATCH (beneficiary)<-[:VERSION_OF]-(d:Description)
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
       head(COLLECT {
         MATCH (:Thing {key: c.provision})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.article
       }) AS article,
       commitment.until AS until,
       c.in_force AS in_force,
       c.awaits AS awaits,
       coalesce(c.provisional, false) AS provisional,
       coalesce(c.modified_by, []) AS modified_by,
       // Triggers first: they decide whether it is owed.
       COLLECT {
         MATCH (fact)<-[:OF]-(condition:Condition)
         WHERE condition.recorded_from <= $known_at < condition.recorded_until
         RETURN condition.sentence
         ORDER BY condition.role = 'manner', condition.alternative, condition.key
       } AS conditions,
       COLLECT {
         MATCH (commitment)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       c.rests_on AS rests_on,
       c.fact AS fact
