/*
title: Blocs in which each owes each
about: Which groups of states, as large as can be, are such that each of them owes each of the others support?
params:
  member:   {type: state, about: Only groups to which it belongs, optional: true, example: RUS}
  kind:     {type: list of commitment_kind, about: What they owe each other is of one of these kinds; defence when left out, optional: true}
  in_force: {type: list of in_force, about: "Only these; definite, presumed and possible when left out. What is suspended or pending binds nobody", optional: true}
  members:  {type: integer, about: "Least number of members, 2 to 1000; 3 when left out. Where there are more than 1000 groups, or more than 10000 to look at, the answer is refused: ask for those of a member, or for larger ones", optional: true, bounds: [2, 1000]}
returns:
  position:     {type: integer, about: "Its place: the largest first, then by keys"}
  size:         {type: integer, about: How many members it has}
  members:      {type: list of actor, about: Who belongs to it; nobody else could join}
  members_name: {type: list of string, about: "Their names as known, or else their keys, in the same order"}
  commitments:  {type: list of key, about: "The commitments between them: the surest of each pair and direction, of those the first by key"}
  in_force:     {type: in_force, about: How sure the weakest of these is}
order: [position]
identity: [members]
then: blocs
reaches: [others]
*/
// Each pair in force once: the function finds those that owe each other, and the groups they make.
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
