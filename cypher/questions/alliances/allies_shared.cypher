/*
title: Allies two states share
about: With whom have both of two states commitments on a day, whichever side owes, what do they owe each other, and how sure is that?
params:
  state:    {type: state, about: One state, example: RUS}
  other:    {type: state, about: The other state, example: PRK}
  kind:     {type: list of commitment_kind, about: Only commitments of these kinds make an ally; defence when left out, optional: true}
  in_force: {type: list of in_force, about: "Only these; definite, presumed and possible when left out", optional: true}
returns:
  ally:          {type: actor, about: Who is an ally of both}
  ally_name:     {type: string, about: Its name as known, optional: true}
  owes_state:    {type: list of commitment_kind, about: What it owes to the one state}
  owed_by_state: {type: list of commitment_kind, about: What the one state owes to it}
  owes_other:    {type: list of commitment_kind, about: What it owes to the other state}
  owed_by_other: {type: list of commitment_kind, about: What the other state owes to it}
  in_force:      {type: in_force, about: "How sure it is that it is an ally of both: the surest commitment with each, and of these two the less sure"}
  commitments:   {type: list of key, about: "The commitments that make it so, for their evidence"}
  rests_on:      {type: list of key, about: The facts that make these so on that day}
order: [ally]
*/
CALL () {
  MATCH ()-[c:COMMITS_TO]->()
  WHERE c.beneficiary IN [$state, $other] AND c.holds_from <= $on < c.holds_until
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c, c.bearer AS ally, c.beneficiary AS side
  UNION ALL
  MATCH ()-[c:COMMITS_TO]->()
  WHERE c.bearer IN [$state, $other] AND c.holds_from <= $on < c.holds_until
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c, c.beneficiary AS ally, c.bearer AS side
}
WITH c, ally, side,
     CASE c.in_force
       WHEN 'definite' THEN 0 WHEN 'presumed' THEN 1 WHEN 'possible' THEN 2 WHEN 'suspended' THEN 3 ELSE 4
     END AS doubt
WHERE c.kind IN coalesce($kind, ['defence'])
  AND c.in_force IN coalesce($in_force, ['definite', 'presumed', 'possible'])
ORDER BY c.kind, c.fact
WITH ally,
     collect(DISTINCT CASE WHEN c.bearer = ally AND side = $state THEN c.kind END) AS owes_state,
     collect(DISTINCT CASE WHEN c.beneficiary = ally AND side = $state THEN c.kind END) AS owed_by_state,
     collect(DISTINCT CASE WHEN c.bearer = ally AND side = $other THEN c.kind END) AS owes_other,
     collect(DISTINCT CASE WHEN c.beneficiary = ally AND side = $other THEN c.kind END) AS owed_by_other,
     min(CASE WHEN side = $state THEN doubt END) AS with_state,
     min(CASE WHEN side = $other THEN doubt END) AS with_other,
     collect(DISTINCT c.fact) AS commitments,
     collect(c.rests_on) AS rests_on
WHERE with_state IS NOT NULL AND with_other IS NOT NULL
RETURN ally AS ally,
       head(COLLECT {
         MATCH (:Thing {key: ally})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS ally_name,
       owes_state AS owes_state,
       owed_by_state AS owed_by_state,
       owes_other AS owes_other,
       owed_by_other AS owed_by_other,
       ['definite', 'presumed', 'possible', 'suspended', 'pending'][
         CASE WHEN with_state > with_other THEN with_state ELSE with_other END
       ] AS in_force,
       commitments AS commitments,
       COLLECT {
         UNWIND rests_on AS keys
         UNWIND keys AS key
         RETURN DISTINCT key
         ORDER BY key
       } AS rests_on
