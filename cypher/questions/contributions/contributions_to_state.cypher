/*
title: Contributions to a state
about: What has a state been given by whom, in which years, at which stage, and between which numbers do the sums lie? Nothing is counted twice.
timeless: It adds up contributions by the years of their days.
params:
  state: {type: state, about: The state that receives, example: RUS}
  giver: {type: actor, about: Only what this actor gives, optional: true}
  kind:  {type: contribution_kind, about: Only this kind, optional: true}
  stage: {type: stage, about: Only at this stage, optional: true}
  from:  {type: day, about: Only what may have held on this day or later, optional: true}
  to:    {type: day, about: Only what may have held on this day or earlier, optional: true}
returns:
  position:      {type: integer, about: "Place in this answer: by givers, years, kinds and stages"}
  giver:         {type: list of actor, about: "Who gives; several give it together"}
  giver_name:    {type: list of string, about: Their names as known}
  receiver:      {type: list of actor, about: "To whom; where others stand beside the state, what they get together"}
  years:         {type: string, about: "The year, or the years that the days cross, which are never split: `2002/2003`, `2003/..` without a known end, `../2003` without a known begin"}
  first_year:    {type: integer, about: "The first of them; 1 where the begin is unknown"}
  kind:          {type: contribution_kind, about: What is given}
  stage:         {type: stage, about: "How far it has come; stages are never added to each other"}
  measure:       {type: measure, about: "Whether those present at one time or all sent within the days are counted", optional: true}
  low:           {type: number, about: "Least that the sum can be; nothing where a number has no least", optional: true}
  high:          {type: number, about: "Most that the sum can be; nothing where one only says at least", optional: true}
  unit:          {type: string, about: What is counted, optional: true}
  quantity:      {type: list of string, about: "Quantities in the words of sources, where they are no numbers"}
  contributions: {type: list of key, about: "The contributions whose numbers make the sum, mostly one"}
  stands_alone:  {type: string, about: "Why this one must not be added to the others: it is a part, only claimed, on days that may overlap, and so on", optional: true}
  standing:      {type: standing, about: Whether a source states it or it is there only because claims are about it}
  contested:     {type: list of key, about: Those of the contributions that a claim denies or a fact contradicts}
  evidence:      {type: list of evidence, about: "Source, locator and quote of each attestation"}
  rests_on:      {type: list of key, about: "The contributions, and the claims that give numbers for them"}
order: [position]
identity: [contributions]
edge: {from: giver, to: $state, label: stage}
then: contributions_by_giver_and_year
*/
MATCH (:Thing {key: $state})<-[:FOR]-(given:Contribution)
WHERE given.recorded_from <= $known_at < given.recorded_until
  AND ($kind IS NULL OR given.kind = $kind)
  AND ($stage IS NULL OR given.stage = $stage)
  AND ($from IS NULL OR given.ends_latest > $from)
  AND ($to IS NULL OR given.begins_earliest <= $to)
  AND ($giver IS NULL OR EXISTS { MATCH (given)-[:BY]->(:Thing {key: $giver}) })
MATCH (given)-[:VERSION_OF]->(fact:Thing)
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
       given.kind AS kind,
       given.stage AS stage,
       given.measure AS measure,
       COLLECT {
         MATCH (given)-[:BY]->(who:Actor)
         RETURN who.key
         ORDER BY who.key
       } AS giver,
       COLLECT {
         MATCH (given)-[:BY]->(who:Actor)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
         ORDER BY who.key
       } AS giver_name,
       COLLECT {
         MATCH (given)-[:FOR]->(who:Actor)
         RETURN who.key
         ORDER BY who.key
       } AS receiver,
       toString(given.begins_earliest) AS earliest,
       toString(given.ends_latest) AS over,
       toString(given.ends_latest - duration('P1D')) AS last,
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
