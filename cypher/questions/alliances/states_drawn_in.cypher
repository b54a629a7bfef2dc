/*
title: States drawn in if a state is attacked
about: Who is drawn in if a state is attacked, since they owe it defence or owe it to somebody who is drawn in, and by which chain of commitments?
params:
  state:    {type: state, about: The state that is attacked, example: RUS}
  kind:     {type: list of commitment_kind, about: Only commitments of these kinds draw in; defence when left out, optional: true}
  in_force: {type: list of in_force, about: "Only these; definite, presumed and possible when left out. What is suspended or pending draws nobody in", optional: true}
  depth:    {type: integer, about: "Most links of a chain, 1 to 10; 4 when left out", optional: true, bounds: [1, 10]}
returns:
  actor:       {type: actor, about: Who is drawn in}
  actor_name:  {type: string, about: Its name as known, optional: true}
  depth:       {type: integer, about: "How many links away it is, 1 for those that owe it to the state itself"}
  owes_to:     {type: actor, about: "To whom it owes it, the next on its chain"}
  chain:       {type: list of actor, about: "Its shortest chain from itself to the state; of several the surest, of those the first by keys"}
  commitments: {type: list of key, about: "The commitment of each link; of several between two the surest, of those the first by key"}
  in_force:    {type: in_force, about: How sure the weakest link of the chain is}
order: [depth, actor]
identity: [actor]
edge: {from: actor, to: owes_to, label: in_force}
then: drawn_in
*/
// Each pair in force once, whoever it joins: the function walks from the state to those that owe to it, and on.
MATCH ()-[c:COMMITS_TO]->()
USING INDEX c:COMMITS_TO(kind, holds_from, holds_until, in_force, bearer, beneficiary, fact)
WHERE c.kind IN coalesce($kind, ['defence']) AND c.holds_from <= $on < c.holds_until
  AND c.in_force IN ['definite', 'presumed', 'possible']
  AND c.bearer IS NOT NULL AND c.beneficiary IS NOT NULL AND c.fact IS NOT NULL
  AND c.recorded_from <= $known_at < c.recorded_until
  AND ($in_force IS NULL OR c.in_force IN $in_force)
WITH c.bearer AS bearer,
     c.beneficiary AS beneficiary,
     min([CASE c.in_force WHEN 'definite' THEN 0 WHEN 'presumed' THEN 1 ELSE 2 END, c.fact]) AS surest
WITH bearer, collect([beneficiary, surest[0], surest[1]]) AS owes
// A subquery in the RETURN would keep the planner from reading the pairs out of the index.
OPTIONAL MATCH (:Thing {key: bearer})<-[:VERSION_OF]-(d:Description)
WHERE d.recorded_from <= $known_at < d.recorded_until
RETURN bearer AS bearer,
       d.name AS bearer_name,
       owes AS owes
