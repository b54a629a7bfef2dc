/*
title: Ledger of contributions
about: What was asked for, promised, set aside and delivered, stage by stage, and how much of each stage has not come at the next?
timeless: It follows contributions from stage to stage, whatever their days.
params:
  contribution: {type: fact, about: "Only the stages before and after this contribution", optional: true}
  giver:        {type: actor, about: Only what this actor gives, optional: true, example: PRK}
  receiver:     {type: actor, about: Only what this actor gets, optional: true, example: RUS}
  kind:         {type: contribution_kind, about: Only this kind, optional: true}
returns:
  earliest:         {type: day, about: "First day on which it may have held, or have been asked for"}
  begins:           {type: string, about: "Begin as written, an EDTF date or `unknown`; of a request its day"}
  ends:             {type: string, about: "End as written, an EDTF date, `open` or `unknown`", optional: true}
  what:             {type: string, about: "Contribution, or Claim where it is the request that others follow"}
  kind:             {type: contribution_kind, about: What is given, optional: true}
  text:             {type: string, about: What it is in a sentence}
  giver:            {type: list of actor, about: "Who gives; of a request, who is asked"}
  giver_name:       {type: list of string, about: Their names as known}
  receiver:         {type: list of key, about: "To whom; of a request, who asks"}
  receiver_name:    {type: list of string, about: Their names as known}
  stage:            {type: stage, about: "How far it has come; nothing for a request, by which nobody has promised anything", optional: true}
  stage_as_written: {type: string, about: "The source's own word for the stage", optional: true}
  measure:          {type: measure, about: "Whether those present at one time or all sent within the days are counted", optional: true}
  low:              {type: number, about: Lowest number that an estimate leaves open, optional: true}
  high:             {type: number, about: Highest number that an estimate leaves open, optional: true}
  unit:             {type: string, about: What is counted, optional: true}
  quantity:         {type: string, about: "The quantity in the words of the source, where it is no number", optional: true}
  part_of:          {type: key, about: "The whole it is a part of; never add a part to its whole", optional: true}
  follows:          {type: list of key, about: "The earlier stage, or the claim that asked for it"}
  step:             {type: integer, about: "Place of the next stage, from 1 prepared to 6 withdrawn; 0 where nothing follows"}
  next_stage:       {type: stage, about: "The stage at which something follows it; one row for each", optional: true}
  next:             {type: list of key, about: What follows it at that stage}
  next_low:         {type: number, about: "Least that has come there; nothing where what follows must not be added up, or counts another thing", optional: true}
  next_high:        {type: number, about: "Most that has come there", optional: true}
  gap_low:          {type: number, about: "Least of it that has not come at that stage; below nothing where more has come", optional: true}
  gap_high:         {type: number, about: "Most of it that has not come at that stage", optional: true}
  left_out:         {type: list of key, about: What follows and is in no sum}
  left_out_because: {type: list of string, about: "Why, one for each of them"}
  standing:         {type: standing, about: Whether a source states it or it is there only because claims are about it}
  contested:        {type: boolean, about: Whether a claim denies it or a fact contradicts it}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation"}
  rests_on:         {type: list of key, about: "What is compared, and the claims that give numbers for it"}
  fact:             {type: key, about: "The contribution or request, for its evidence"}
order: [earliest, fact, step]
identity: [fact, step]
edge: {from: fact, to: next, label: step}
then: contribution_ledger
*/
// One of these is done: what an UNWIND of nothing comes before is not, while a WHERE would be looked at after it.
CALL () {
  UNWIND CASE WHEN $contribution IS NOT NULL THEN [1] ELSE [] END AS once
  MATCH (asked:Thing {key: $contribution})
  RETURN asked
  UNION
  UNWIND CASE WHEN $contribution IS NULL AND $giver IS NOT NULL THEN [1] ELSE [] END AS once
  MATCH (:Thing {key: $giver})<-[:BY]-(version)-[:VERSION_OF]->(asked:Thing)
  WHERE version:Contribution
  RETURN asked
  UNION
  UNWIND CASE WHEN $contribution IS NULL AND $giver IS NULL AND $receiver IS NOT NULL THEN [1] ELSE [] END AS once
  MATCH (:Thing {key: $receiver})<-[:FOR]-(version)-[:VERSION_OF]->(asked:Thing)
  WHERE version:Contribution
  RETURN asked
  UNION
  UNWIND CASE WHEN $contribution IS NULL AND $giver IS NULL AND $receiver IS NULL THEN [1] ELSE [] END AS once
  MATCH (version:Contribution)
  WHERE version.kind IN ['troops', 'arms', 'money', 'training', 'intelligence', 'other']
    AND version.begins_earliest <= date('9999-12-31') AND version.ends_latest > date('0001-01-01')
    AND version.recorded_from <= $known_at < version.recorded_until
  MATCH (version)-[:VERSION_OF]->(asked:Thing)
  RETURN asked
}
MATCH (asked)<-[:VERSION_OF]-(one:Contribution)
WHERE one.recorded_from <= $known_at < one.recorded_until
  AND ($kind IS NULL OR one.kind = $kind)
  AND ($giver IS NULL OR EXISTS { MATCH (one)-[:BY]->(:Thing {key: $giver}) })
  AND ($receiver IS NULL OR EXISTS { MATCH (one)-[:FOR]->(:Thing {key: $receiver}) })
WITH DISTINCT asked
// Back to the request and the earliest stage, and from there on to every later one. Twenty steps are more than any
// chain of stages has.
MATCH (asked)
      ((:Thing)<-[:VERSION_OF]-(later:Contribution)-[:FOLLOWS]->(:Thing)
       WHERE later.recorded_from <= $known_at < later.recorded_until){0,20}
      (first:Thing)
WITH DISTINCT first
MATCH (first)
      ((:Thing)<-[:FOLLOWS]-(next:Contribution)-[:VERSION_OF]->(:Thing)
       WHERE next.recorded_from <= $known_at < next.recorded_until){0,20}
      (fact:Thing)
WITH DISTINCT fact
MATCH (fact)<-[:VERSION_OF]-(given:Contribution|Claim)
WHERE given.recorded_from <= $known_at < given.recorded_until
WITH given, fact,
     // Every estimate counts, and its own number like one.
     COLLECT {
       MATCH (fact)<-[:ABOUT]-(claim:Claim)
       WHERE claim.recorded_from <= $known_at < claim.recorded_until
         AND claim.standing = 'asserted'
         AND NOT claim.stance IN ['denies', 'evades', 'questions', 'requests']
         AND coalesce(claim.quantity_low, claim.quantity_best, claim.quantity_high) IS NOT NULL
       RETURN {key: claim.key, low: claim.quantity_low, high: claim.quantity_high, unit: claim.quantity_unit}
       ORDER BY claim.key
     } + CASE
       WHEN coalesce(given.quantity_low, given.quantity_high) IS NOT NULL
         THEN [{key: fact.key, low: given.quantity_low, high: given.quantity_high, unit: given.quantity_unit}]
       ELSE []
     END AS numbers
RETURN fact.key AS fact,
       CASE WHEN given:Claim THEN 'Claim' ELSE 'Contribution' END AS what,
       CASE WHEN given:Contribution THEN given.kind END AS kind,
       coalesce(given.text, given.sentence) AS text,
       given.stage AS stage,
       given.stage_as_written AS stage_as_written,
       coalesce(given.measure, given.quantity_measure) AS measure,
       COLLECT {
         // Who is asked would give it.
         MATCH (given)-[gives:BY|ADDRESSED_TO]->(who:Actor)
         WHERE type(gives) = 'ADDRESSED_TO' OR given:Contribution
         RETURN who.key
         ORDER BY who.key
       } AS giver,
       COLLECT {
         MATCH (given)-[gives:BY|ADDRESSED_TO]->(who:Actor)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
           AND (type(gives) = 'ADDRESSED_TO' OR given:Contribution)
         RETURN d.name
         ORDER BY who.key
       } AS giver_name,
       COLLECT {
         MATCH (given)-[gets:FOR|BY]->(who:Thing)
         WHERE type(gets) = 'FOR' OR given:Claim
         RETURN who.key
         ORDER BY who.key
       } AS receiver,
       COLLECT {
         MATCH (given)-[gets:FOR|BY]->(who:Thing)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
           AND (type(gets) = 'FOR' OR given:Claim)
         RETURN coalesce(d.name, d.title)
         ORDER BY who.key
       } AS receiver_name,
       toString(coalesce(given.begins_earliest, given.made_on_earliest)) AS earliest,
       toString(coalesce(given.ends_latest, given.made_on_latest + duration('P1D'))) AS over,
       coalesce(given.begins, given.made_on_edtf) AS begins,
       given.ends AS ends,
       numbers AS numbers,
       given.quantity_unit AS own_unit,
       given.quantity_text AS quantity,
       head([(given)-[:PART_OF]->(whole:Thing) | whole.key]) AS part_of,
       EXISTS {
         MATCH (given)-[:PART_OF]->(whole:Thing)<-[:VERSION_OF]-(of:Contribution)
         WHERE of.recorded_from <= $known_at < of.recorded_until
           AND of.parts_disjoint AND coalesce(of.quantity_low, of.quantity_high) IS NULL
           AND NOT EXISTS {
             MATCH (whole)<-[:ABOUT]-(estimate:Claim)
             WHERE estimate.recorded_from <= $known_at < estimate.recorded_until
               AND coalesce(estimate.quantity_low, estimate.quantity_high) IS NOT NULL
           }
       } AS whole_is_its_parts,
       COLLECT {
         MATCH (given)-[:FOLLOWS]->(earlier:Thing)
         RETURN earlier.key
         ORDER BY earlier.key
       } AS follows,
       given.standing AS standing,
       EXISTS {
         MATCH (fact)<-[:ABOUT]-(denial:Claim)
         WHERE denial.recorded_from <= $known_at < denial.recorded_until
           AND denial.stance = 'denies' AND denial.towards = 'fact'
       } OR EXISTS {
         MATCH (given)-[:CONTRADICTS]->()
       } OR EXISTS {
         MATCH (fact)<-[:CONTRADICTS]-(other:Version)
         WHERE other.recorded_from <= $known_at < other.recorded_until
       } AS contested,
       COLLECT {
         MATCH (given)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence
