/*
title: Commitments begun or ended
about: Which commitments began or ended to be in force between two days, who owes each to whom, and what was it before and after?
timeless: It is about all days from one to another.
params:
  from:     {type: day, about: First day on which it may have begun or be in force no longer, example: "2024-11-01"}
  to:       {type: day, about: Last such day, example: "2024-12-31"}
  state:    {type: state, about: Only what this state owes or is owed, optional: true, example: RUS}
  kind:     {type: commitment_kind, about: Only this kind, optional: true, example: defence}
  sureness: {type: boolean, about: True for changes of how sure it is as well, optional: true}
returns:
  day:              {type: day, about: First day of the new state of things}
  change:           {type: string, about: "begins or ends; with `sureness` also surer or less_sure"}
  in_force_before:  {type: in_force, about: What it was the day before; nothing when nothing was owed or awaited, optional: true}
  in_force:         {type: in_force, about: What it is on that day; nothing when it is over, optional: true}
  bearer:           {type: actor, about: Who owes it}
  bearer_name:      {type: string, about: Its name as known, optional: true}
  beneficiary:      {type: actor, about: To whom it is owed}
  beneficiary_name: {type: string, about: Its name as known, optional: true}
  kind:             {type: commitment_kind, about: What is owed}
  text:             {type: string, about: What is owed in a sentence, optional: true}
  binding:          {type: binding, about: "In what way it binds: by law or politically, or contested where sources disagree"}
  agreement:        {type: agreement, about: Under which agreement, optional: true}
  agreement_title:  {type: string, about: Its title, optional: true}
  turn:             {type: integer, about: "Which change it is of this commitment between the two within these days, from 1"}
  evidence:         {type: list of evidence, about: "Source, locator and quote of each attestation"}
  rests_on:         {type: list of key, about: "The facts that make it what it was and what it becomes"}
  fact:             {type: key, about: "The commitment, for its evidence"}
order: [day, bearer, beneficiary, fact]
identity: [bearer, beneficiary, fact, turn]
pages: own
edge: {from: bearer, to: beneficiary, label: change}
*/
// Pieces with an edge within these days: of one state, or by the edge where no state is given. A bound that is null
// makes an index answer with nothing.
CALL () {
  MATCH ()-[c:COMMITS_TO]->()
  WHERE c.bearer = $state AND c.holds_from <= $to AND c.holds_until >= $from
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c
  UNION
  MATCH ()-[c:COMMITS_TO]->()
  WHERE c.beneficiary = $state AND c.holds_from <= $to AND c.holds_until >= $from
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c
  UNION
  MATCH ()-[c:COMMITS_TO]->()
  USING INDEX c:COMMITS_TO(holds_from)
  WHERE CASE WHEN $state IS NULL THEN $from END <= c.holds_from <= $to
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c
  UNION
  MATCH ()-[c:COMMITS_TO]->()
  USING INDEX c:COMMITS_TO(holds_until)
  WHERE CASE WHEN $state IS NULL THEN $from END <= c.holds_until <= $to
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c
}
UNWIND [{day: c.holds_from, became: c}, {day: c.holds_until, was: c}] AS edge
WITH c, edge
WHERE $from <= edge.day <= $to
  // The first and the last day that there are stand for no begin and no end that are known.
  AND date('0001-01-01') < edge.day < date('9999-12-31')
  AND ($kind IS NULL OR c.kind = $kind)
// Where one piece ends and the next begins, both stand in one row.
WITH c.bearer AS bearer, c.beneficiary AS beneficiary, c.fact AS fact, edge.day AS day,
     head(collect(edge.was)) AS was, head(collect(edge.became)) AS became
WITH bearer, beneficiary, fact, day, was, became,
     coalesce(was.in_force, '') IN ['definite', 'presumed', 'possible'] AS before,
     coalesce(became.in_force, '') IN ['definite', 'presumed', 'possible'] AS after
WITH bearer, beneficiary, fact, day, was, became,
     CASE
       WHEN before AND NOT after THEN 'ends'
       WHEN after AND NOT before THEN 'begins'
       WHEN NOT before OR was.in_force = became.in_force OR NOT coalesce($sureness, false) THEN null
       WHEN was.in_force = 'possible' OR became.in_force = 'definite' THEN 'surer'
       ELSE 'less_sure'
     END AS change
WHERE change IS NOT NULL
WITH bearer, beneficiary, fact, day, was, became, change
ORDER BY day
WITH bearer, beneficiary, fact, collect({day: toString(day), was: was, became: became, change: change}) AS turns
UNWIND range(1, size(turns)) AS turn
WITH bearer, beneficiary, fact, turn, turns[turn - 1] AS it
WHERE $after IS NULL OR [it.day, bearer, beneficiary, fact] > $after
WITH bearer, beneficiary, fact, turn, it, coalesce(it.became, it.was) AS piece
ORDER BY it.day, bearer, beneficiary, fact
LIMIT $row_limit
MATCH (:Thing {key: fact})<-[:VERSION_OF]-(commitment:Commitment)
WHERE commitment.recorded_from <= $known_at < commitment.recorded_until
RETURN it.day AS day,
       it.change AS change,
       it.was.in_force AS in_force_before,
       it.became.in_force AS in_force,
       bearer AS bearer,
       head(COLLECT {
         MATCH (:Thing {key: bearer})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS bearer_name,
       beneficiary AS beneficiary,
       head(COLLECT {
         MATCH (:Thing {key: beneficiary})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS beneficiary_name,
       piece.kind AS kind,
       commitment.text AS text,
       piece.binding AS binding,
       piece.agreement AS agreement,
       head(COLLECT {
         MATCH (:Thing {key: piece.agreement})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.title
       }) AS agreement_title,
       turn AS turn,
       COLLECT {
         MATCH (commitment)-[stated:ATTESTED_BY]->(source:Source)
         RETURN {source: source.key, locator: stated.locator, quote: stated.quote}
         ORDER BY source.key, stated.locator, stated.quote
       } AS evidence,
       COLLECT {
         UNWIND coalesce(it.was.rests_on, []) + coalesce(it.became.rests_on, []) AS key
         RETURN DISTINCT key
         ORDER BY key
       } AS rests_on,
       fact AS fact
