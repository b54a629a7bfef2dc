/*
title: Partners of a state
about: With whom has a state commitments on a day, whichever side owes, how many, of which kinds in which direction, and how sure are they?
params:
  state:    {type: state, about: The state, example: PRK}
  kind:     {type: list of commitment_kind, about: Only commitments of these kinds; all of them when left out, optional: true}
  in_force: {type: list of in_force, about: "Only these; definite, presumed and possible when left out", optional: true}
returns:
  partner:       {type: actor, about: Who the partner is}
  partner_name:  {type: string, about: Its name as known, optional: true}
  number:        {type: integer, about: How many commitments there are between the two; one that both owe counts once}
  owes_state:    {type: list of commitment_kind, about: What the partner owes to the state}
  owed_by_state: {type: list of commitment_kind, about: What the state owes to the partner}
  political:     {type: integer, about: How many of the commitments bind only politically}
  in_force:      {type: list of in_force, about: "How sure they are on that day, one for each answer among them, the surest first"}
  commitments:   {type: list of key, about: "The commitments, for their evidence"}
  rests_on:      {type: list of key, about: The facts that make them so on that day}
order: [partner]
edge: {from: $state, to: partner, label: number}
*/
CALL () {
  MATCH ()-[c:COMMITS_TO]->()
  WHERE c.bearer = $state AND c.holds_from <= $on < c.holds_until
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c, c.beneficiary AS partner
  UNION ALL
  MATCH ()-[c:COMMITS_TO]->()
  WHERE c.beneficiary = $state AND c.holds_from <= $on < c.holds_until
    AND c.recorded_from <= $known_at < c.recorded_until
  RETURN c, c.bearer AS partner
}
WITH c, partner
WHERE ($kind IS NULL OR c.kind IN $kind)
  AND c.in_force IN coalesce($in_force, ['definite', 'presumed', 'possible'])
ORDER BY c.kind, c.fact
WITH partner,
     collect(DISTINCT CASE WHEN c.bearer = partner THEN c.kind END) AS owes,
     collect(DISTINCT CASE WHEN c.beneficiary = partner THEN c.kind END) AS owed,
     count(DISTINCT CASE c.binding WHEN 'political' THEN c.fact END) AS political,
     collect(DISTINCT c.in_force) AS sure,
     collect(DISTINCT c.fact) AS commitments,
     collect(c.rests_on) AS rests_on
RETURN partner AS partner,
       head(COLLECT {
         MATCH (:Thing {key: partner})<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN d.name
       }) AS partner_name,
       size(commitments) AS number,
       owes AS owes_state,
       owed AS owed_by_state,
       political AS political,
       [answer IN ['definite', 'presumed', 'possible', 'suspended', 'pending'] WHERE answer IN sure] AS in_force,
       commitments AS commitments,
       COLLECT {
         UNWIND rests_on AS keys
         UNWIND keys AS key
         RETURN DISTINCT key
         ORDER BY key
       } AS rests_on
