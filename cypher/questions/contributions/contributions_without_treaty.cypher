/*
title: Contributions without a treaty
about: Which contributions, on which of their days, does no treaty in force between giver and receiver cover, and which clause does somebody say that they fulfil?
timeless: Each contribution has its own days, and the clauses are those of these days.
params:
  giver:    {type: actor, about: Only what this actor gives, optional: true, example: PRK}
  receiver: {type: actor, about: Only what this actor gets, optional: true, example: RUS}
  kind:     {type: contribution_kind, about: Only this kind, optional: true}
  stage:    {type: stage, about: "Only at this stage; what was withdrawn needs no clause and is never listed", optional: true, example: delivered}
  from:     {type: day, about: Only days without a clause that lie on this day or later, optional: true}
  to:       {type: day, about: Only days without a clause that lie on this day or earlier, optional: true}
returns:
  earliest:          {type: day, about: First day on which it may have held}
  begins:            {type: string, about: "Begin as written, an EDTF date or `unknown`"}
  ends:              {type: string, about: "End as written, an EDTF date, `open` or `unknown`"}
  kind:              {type: contribution_kind, about: What is given}
  text:              {type: string, about: What it is in a sentence}
  stage:             {type: stage, about: How far it has come}
  giver:             {type: actor, about: Who gives}
  giver_name:        {type: string, about: Its name as known, optional: true}
  receiver:          {type: actor, about: To whom}
  receiver_name:     {type: string, about: Its name as known, optional: true}
  from_day:          {type: day, about: First day without a clause of a fitting kind in force from the giver to the receiver}
  until_day:         {type: day, about: "First day that is not one of these; nothing where no such day is known", optional: true}
  surely:            {type: boolean, about: Whether it surely held on one of these days}
  clauses:           {type: list of key, about: "Commitments of a fitting kind that are pending, possible or suspended on some of these days, or were made politically"}
  clauses_in_force:  {type: list of in_force, about: "How sure each is; once for each answer"}
  clauses_binding:   {type: list of binding, about: In what way each binds}
  clauses_agreement: {type: list of agreement, about: The agreements of those that are under one}
  fulfils:           {type: list of key, about: "Commitments that it fulfils as somebody claims; nothing else links it to a clause"}
  said_by:           {type: list of key, about: "The claims that say so, one for each of them"}
  standing:          {type: standing, about: Whether a source states it or it is there only because claims are about it}
  contested:         {type: boolean, about: Whether a claim denies it or a fact contradicts it}
  evidence:          {type: list of evidence, about: "Source, locator and quote of each attestation"}
  rests_on:          {type: list of key, about: "The contribution, the facts that put clauses in force on its other days, and those that keep clauses from it on these"}
  fact:              {type: key, about: "The contribution, for its evidence"}
order: [earliest, fact, giver, receiver, from_day]
identity: [fact, giver, receiver, from_day]
edge: {from: giver, to: receiver, label: kind}
*/
// One of these is done: what an UNWIND of nothing comes before is not, while a WHERE would be looked at after it.
CALL () {
  UNWIND CASE WHEN $giver IS NOT NULL THEN [1] ELSE [] END AS once
  MATCH (:Thing {key: $giver})<-[:BY]-(given)
  WHERE given:Contribution
  RETURN given
  UNION
  UNWIND CASE WHEN $giver IS NULL AND $receiver IS NOT NULL THEN [1] ELSE [] END AS once
  MATCH (:Thing {key: $receiver})<-[:FOR]-(given)
  RETURN given
  UNION
  UNWIND CASE WHEN $giver IS NULL AND $receiver IS NULL THEN [1] ELSE [] END AS once
  MATCH (given:Contribution)
  WHERE given.kind IN ['troops', 'arms', 'money', 'training', 'intelligence', 'other']
    AND given.begins_earliest <= coalesce($to, date('9999-12-31'))
    AND given.ends_latest > coalesce($from, date('0001-01-01'))
    AND given.recorded_from <= $known_at < given.recorded_until
  RETURN given
}
WITH given
WHERE given.recorded_from <= $known_at < given.recorded_until
  AND given.stage <> 'withdrawn'
  AND ($kind IS NULL OR given.kind = $kind)
  AND ($stage IS NULL OR given.stage = $stage)
MATCH (given)-[:BY]->(giver:Actor)
WHERE $giver IS NULL OR giver.key = $giver
MATCH (given)-[:FOR]->(receiver:Actor)
WHERE $receiver IS NULL OR receiver.key = $receiver
// What a clause must be about to cover it (docs/decisions/0010). A clause that only forbids something covers nothing.
WITH given, giver, receiver, ['military_aid'] + CASE given.kind
       WHEN 'troops' THEN ['defence', 'offence', 'guarantee', 'troop_provision']
       WHEN 'arms' THEN ['defence', 'offence', 'guarantee', 'arms_supply']
       WHEN 'money' THEN ['economic_aid']
       WHEN 'training' THEN ['joint_defence_measures']
       WHEN 'intelligence' THEN ['joint_defence_measures', 'intelligence_sharing']
       ELSE ['defence', 'offence', 'guarantee', 'economic_aid', 'base_access', 'transit']
     END AS kinds
WITH given, giver, receiver,
     COLLECT {
       MATCH ()-[c:COMMITS_TO]->()
       WHERE c.bearer = giver.key AND c.beneficiary = receiver.key
         AND c.holds_from < given.ends_latest AND c.holds_until > given.begins_earliest
         AND c.recorded_from <= $known_at < c.recorded_until
         AND c.kind IN kinds
       RETURN {
         key: c.fact,
         from: c.holds_from,
         until: c.holds_until,
         in_force: c.in_force,
         binding: c.binding,
         agreement: c.agreement,
         facts: c.rests_on,
         covers: c.binding = 'legal' AND c.agreement IS NOT NULL AND c.in_force IN ['definite', 'presumed']
       }
       ORDER BY c.fact, c.holds_from
     } AS pieces
WITH given, giver, receiver, pieces, [piece IN pieces WHERE piece.covers] AS covering
// Days without one begin where it does, or where one ends, and last until the next begins.
// Each contribution by itself, since all of them with their clauses would not fit into the memory of one answer.
UNWIND COLLECT {
  UNWIND [given.begins_earliest] + [piece IN covering WHERE piece.until < given.ends_latest | piece.until] AS day
  RETURN DISTINCT day
} AS from_day
WITH given, giver, receiver, pieces, covering, from_day
WHERE none(piece IN covering WHERE piece.from <= from_day < piece.until)
WITH given, giver, receiver, pieces, covering, from_day,
     reduce(first = given.ends_latest, piece IN covering |
       CASE WHEN from_day < piece.from < first THEN piece.from ELSE first END
     ) AS until_day
WHERE ($from IS NULL OR until_day > $from)
  AND ($to IS NULL OR from_day <= $to)
WITH given, giver, receiver, covering, from_day, until_day,
     [piece IN pieces WHERE NOT piece.covers AND piece.from < until_day AND piece.until > from_day] AS weaker
MATCH (given)-[:VERSION_OF]->(fact:Thing)
WITH given, giver, receiver, covering, from_day, until_day, weaker, fact,
     COLLECT {
       MATCH (fact)<-[:ABOUT]-(claim:Claim)-[:FULFILS]->(clause:Thing)
       WHERE claim.recorded_from <= $known_at < claim.recorded_until
       RETURN {clause: clause.key, claim: claim.key}
       ORDER BY clause.key, claim.key
     } AS fulfilled
RETURN toString(given.begins_earliest) AS earliest,
       given.begins AS begins,
       given.ends AS ends,
       given.kind AS kind,
       given.text AS text,
       given.stage AS stage,
       giver.key AS giver,
       head(COLLECT {
         MATCH (giver)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS giver_name,
       receiver.key AS receiver,
       head(COLLECT {
         MATCH (receiver)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS receiver_name,
       toString(from_day) AS from_day,
       CASE WHEN until_day < date('9999-12-31') THEN toString(until_day) END AS until_day,
       given.begins_latest < until_day AND given.ends_earliest > from_day
         AND given.begins_latest < given.ends_earliest AS surely,
       [piece IN weaker | piece.key] AS clauses,
       [piece IN weaker | piece.in_force] AS clauses_in_force,
       [piece IN weaker | piece.binding] AS clauses_binding,
       COLLECT {
         UNWIND weaker AS piece
         WITH piece
         WHERE piece.agreement IS NOT NULL
         RETURN DISTINCT piece.agreement AS key
         ORDER BY key
       } AS clauses_agreement,
       [one IN fulfilled | one.clause] AS fulfils,
       [one IN fulfilled | one.claim] AS said_by,
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
       } AS evidence,
       [fact.key] + COLLECT {
         UNWIND covering + weaker AS piece
         UNWIND piece.facts AS key
         RETURN DISTINCT key
         ORDER BY key
       } AS rests_on,
       fact.key AS fact
