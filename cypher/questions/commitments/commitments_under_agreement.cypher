/*
title: Commitments under an agreement
about: What does an agreement oblige its parties or those it names to do, in which article and on what conditions, and who owes it to whom on a day?
params:
  agreement: {type: agreement, about: The agreement, example: PRK-RUS.2024-strategic-partnership}
  kind:      {type: commitment_kind, about: Only this kind, optional: true}
  article:   {type: string, about: Only what this article says, optional: true}
returns:
  provision:           {type: provision, about: Where the agreement says so, optional: true}
  article:             {type: string, about: Article that says so, optional: true}
  heading:             {type: string, about: Its heading, optional: true}
  kind:                {type: commitment_kind, about: What is owed}
  other_code:          {type: string, about: "The source's own code where the kind is `other`", optional: true}
  text:                {type: string, about: What is owed in a sentence, optional: true}
  binding:             {type: binding, about: "In what way it binds: by law or politically, or contested where sources disagree"}
  owed_by:             {type: string, about: "each_party, or named"}
  owed_to:             {type: string, about: "each_other_party, named, some_other_party, or community: all parties together, which makes no pairs"}
  named_bearers:       {type: list of actor, about: Those it names as owing it}
  named_beneficiaries: {type: list of actor, about: Those it names as the ones it is owed to}
  extent:              {type: string, about: "all_means, as_it_deems_necessary, stated_quantity or not_said"}
  begins:              {type: string, about: "Its own begin, an EDTF date, `unknown`, or `unlimited` where the agreement decides"}
  ends:                {type: string, about: "Its own end, an EDTF date, `open`, `unknown`, or `unlimited` where the agreement decides"}
  until:               {type: string, about: An end that is an event and no day, optional: true}
  conditions:          {type: list of string, about: "What must be so for it to be owed, then how it is carried out"}
  bearers:             {type: list of actor, about: Those who owe it on that day or wait to}
  beneficiaries:       {type: list of actor, about: Those it is owed to on that day or would be}
  in_force:            {type: list of in_force, about: "How sure it is on that day, one for each answer among its pairs; empty when nobody owes it"}
  awaits:              {type: list of string, about: What pending pairs wait for}
  standing:            {type: standing, about: Whether a source states it or it is there only because claims are about it}
  evidence:            {type: list of evidence, about: "Source, locator and quote of each attestation"}
  rests_on:            {type: list of key, about: The facts that make it so on that day}
  fact:                {type: key, about: "The commitment, for its evidence"}
order: [fact]
edge: {from: $agreement, to: fact, label: kind}
*/
// Its pairs once, whatever the number of its commitments.
CALL () {
  MATCH ()-[c:COMMITS_TO]->()
  WHERE c.unit = $agreement AND c.holds_from <= $on < c.holds_until
    AND c.recorded_from <= $known_at < c.recorded_until
  WITH c.fact AS owed,
       collect({bearer: c.bearer, beneficiary: c.beneficiary, is: c.in_force, awaits: c.awaits, facts: c.rests_on}) AS pairs
  RETURN collect({owed: owed, pairs: pairs}) AS groups
}
MATCH (:Thing {key: $agreement})<-[:UNDER]-(commitment:Commitment)
WHERE commitment.recorded_from <= $known_at < commitment.recorded_until
  AND ($kind IS NULL OR commitment.kind = $kind)
MATCH (commitment)-[:VERSION_OF]->(fact:Thing)
OPTIONAL MATCH (commitment)-[:ARISES_FROM]->(provision:Provision)<-[:VERSION_OF]-(described:Description)
WHERE described.recorded_from <= $known_at < described.recorded_until
WITH commitment, fact, provision, described,
     coalesce(head([group IN groups WHERE group.owed = fact.key | group.pairs]), []) AS pairs
WHERE $article IS NULL OR described.article = $article
RETURN provision.key AS provision,
       described.article AS article,
       described.heading AS heading,
       commitment.kind AS kind,
       commitment.other_code AS other_code,
       commitment.text AS text,
       commitment.binding AS binding,
       commitment.bearers AS owed_by,
       commitment.beneficiaries AS owed_to,
       COLLECT {
         MATCH (commitment)-[:OWED_BY]->(who:Actor)
         RETURN who.key
         ORDER BY who.key
       } AS named_bearers,
       COLLECT {
         MATCH (commitment)-[:OWED_TO]->(who:Actor)
         RETURN who.key
         ORDER BY who.key
       } AS named_beneficiaries,
       commitment.extent AS extent,
       commitment.begins AS begins,
       commitment.ends AS ends,
       commitment.until AS until,
       // Triggers first: they decide whether it is owed.
       COLLECT {
         MATCH (fact)<-[:OF]-(condition:Condition)
         WHERE condition.recorded_from <= $known_at < condition.recorded_until
         RETURN condition.sentence
         ORDER BY condition.role = 'manner', condition.alternative, condition.key
       } AS conditions,
       COLLECT {
         UNWIND pairs AS pair
         RETURN DISTINCT pair.bearer AS key
         ORDER BY key
       } AS bearers,
       COLLECT {
         UNWIND pairs AS pair
         RETURN DISTINCT pair.beneficiary AS key
         ORDER BY key
       } AS beneficiaries,
       // From surest to not yet.
       [one IN ['definite', 'presumed', 'possible', 'suspended', 'pending']
        WHERE any(pair IN pairs WHERE pair.is = one)] AS in_force,
       COLLECT {
         UNWIND pairs AS pair
         UNWIND pair.awaits AS act
         RETURN DISTINCT act
         ORDER BY act = 'entry into force', act
       } AS awaits,
       commitment.standing AS standing,
       COLLECT {
         MATCH (commitment)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       COLLECT {
         UNWIND pairs AS pair
         UNWIND pair.facts AS key
         RETURN DISTINCT key
         ORDER BY key
       } AS rests_on,
       fact.key AS fact
