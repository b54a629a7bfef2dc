/*
title: Chains of support between two states
about: By which chains of commitments does one state owe support to the other, directly or through others, which are the shortest and which the surest?
params:
  bearer:      {type: state, about: The state at which the chains begin, example: PRK}
  beneficiary: {type: state, about: The state at which they end, example: RUS}
  kind:        {type: list of commitment_kind, about: Only commitments of these kinds are links; defence when left out, optional: true}
  in_force:    {type: list of in_force, about: "Only these; definite, presumed and possible when left out. What is suspended or pending is no link", optional: true}
  depth:       {type: integer, about: "Most links of a chain, 1 to 10; 4 when left out", optional: true, bounds: [1, 10]}
returns:
  position:    {type: integer, about: "Its place: the shortest chains, the surest of them first, then by keys; after them the surest of all where it is longer"}
  shortest:    {type: boolean, about: Whether no chain is shorter}
  links:       {type: integer, about: How many links it has}
  chain:       {type: list of actor, about: Who is on it from the one state to the other}
  commitments: {type: list of key, about: "The commitment of each link; of several between two the surest, of those the first by key"}
  in_force:    {type: in_force, about: How sure its weakest link is}
  number:      {type: integer, about: "How many shortest chains there are, 1000000000 for so many or more; the first 1000 are listed"}
order: [position]
identity: [chain]
then: chains_between
reaches: [others]
*/
// Each pair in force once, whoever it joins: the function finds the chains among them.
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
RETURN bearer AS bearer,
       owes AS owes
