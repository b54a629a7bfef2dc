/*
title: Evidence of a fact
about: Which sources state this fact, where and in which words, and which claims are for it, against it or about it? Its earlier versions are what history_of_fact tells.
timeless: Evidence is of a fact as a whole, whatever its days.
path: /facts/{fact}/evidence
params:
  fact: {type: fact, about: Key of the fact, example: contribution.PRK-RUS.troops-in-russia.in-kursk-oblast}
returns:
  position:     {type: integer, about: "Place in this answer: sources, then claims for it, against it and about it"}
  role:         {type: string, about: "source, claim_for, claim_against or claim_about"}
  said_by:      {type: key, about: The source or the claim}
  number:       {type: integer, about: "Which of its attestations it is, where a source states the fact in several places"}
  source:       {type: source, about: The source that states the fact, optional: true}
  source_title: {type: string, about: Its title, optional: true}
  published:    {type: string, about: Its day of publication as an EDTF date, optional: true}
  locator:      {type: string, about: Where in the source, optional: true}
  quote:        {type: string, about: "Words of the source, or of the claimant", optional: true}
  claim:        {type: key, about: The claim, optional: true}
  stance:       {type: stance, about: What the claimant does with it, optional: true}
  claimant:     {type: string, about: Who makes the claim in the words of the source, optional: true}
  by:           {type: list of key, about: "Who makes the claim: actors, or the source itself"}
  made_on:      {type: string, about: The day the claim was made as an EDTF date, optional: true}
  sentence:     {type: string, about: What is claimed in a sentence, optional: true}
  evidence:     {type: list of evidence, about: "Source, locator and quote of each attestation of the claim"}
order: [position]
identity: [role, said_by, number]
edge: {from: said_by, to: $fact, label: role}
*/
MATCH (fact:Thing {key: $fact})
CALL (fact) {
  MATCH (fact)<-[:VERSION_OF]-(version:Version)-[stated:ATTESTED_BY]->(source:Source)
  WHERE version.recorded_from <= $known_at < version.recorded_until
  RETURN 0 AS rank, 'source' AS role, source, stated, null AS claim
  UNION ALL
  MATCH (fact)<-[:ABOUT]-(claim:Claim)
  WHERE claim.recorded_from <= $known_at < claim.recorded_until
  // A stance towards the claim's own sentence leaves open whether the fact holds.
  WITH claim, CASE
         WHEN claim.towards = 'fact' AND claim.stance IN ['asserts', 'confirms'] THEN 1
         WHEN claim.towards = 'fact' AND claim.stance = 'denies' THEN 2
         ELSE 3
       END AS rank
  RETURN rank, ['claim_for', 'claim_against', 'claim_about'][rank - 1] AS role, null AS source, null AS stated, claim
}
WITH rank, role, source, stated, claim
ORDER BY rank, source.key, stated.locator, stated.quote, claim.made_on_earliest, claim.key
WITH collect({
       role: role, source: source, stated: stated, claim: claim, said_by: coalesce(source.key, claim.key)
     }) AS found
UNWIND range(1, size(found)) AS position
WITH position, found[position - 1] AS one, found[..position] AS so_far
WITH position, one.role AS role, one.source AS source, one.stated AS stated, one.claim AS claim,
     one.said_by AS said_by, size([other IN so_far WHERE other.said_by = one.said_by]) AS number
OPTIONAL MATCH (source)<-[:VERSION_OF]-(described:Description)
WHERE described.recorded_from <= $known_at < described.recorded_until
RETURN position AS position,
       role AS role,
       said_by AS said_by,
       number AS number,
       source.key AS source,
       described.title AS source_title,
       described.published_edtf AS published,
       stated.locator AS locator,
       coalesce(stated.quote, claim.quote) AS quote,
       claim.key AS claim,
       claim.stance AS stance,
       claim.claimant_as_written AS claimant,
       COLLECT {
         MATCH (claim)-[made:BY]->(who:Thing)
         RETURN who.key
         ORDER BY who.key, made.on_behalf_of
       } AS by,
       claim.made_on_edtf AS made_on,
       claim.sentence AS sentence,
       COLLECT {
         MATCH (claim)-[attested:ATTESTED_BY]->(by:Source)
         RETURN {source: by.key, locator: attested.locator, quote: attested.quote}
         ORDER BY by.key, attested.locator, attested.quote
       } AS evidence
