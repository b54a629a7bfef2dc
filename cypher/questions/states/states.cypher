/*
title: States
about: Which states are recorded, what kind of polity is each, in which region of the world, and which codes stand for it?
timeless: It lists what is recorded; `statehood_of` tells on which days each was independent.
path: /states
pages: own
params:
  status: {type: state_status, about: "Only these: sovereign, territory or other", optional: true}
  region: {type: string, about: Only those of this region as sources name it, optional: true, example: Eastern Asia}
returns:
  state:   {type: state, about: The state}
  name:    {type: string, about: Its name as known}
  aliases: {type: list of string, about: Other names it goes by}
  status:  {type: state_status, about: What kind of polity it is recorded as}
  region:  {type: string, about: The region of the world it lies in, optional: true}
  codes:   {type: list of string, about: "Codes that stand or stood for it, each with its scheme as `iso3:RUS`"}
order: [state]
*/
MATCH (state:State)
WHERE state.key > coalesce($after[0], '')
MATCH (state)<-[:VERSION_OF]-(d:Description)
WHERE d.recorded_from <= $known_at < d.recorded_until
  AND ($status IS NULL OR d.status = $status)
  AND ($region IS NULL OR d.region = $region)
WITH state, d
ORDER BY state.key
LIMIT $row_limit
RETURN state.key AS state,
       d.name AS name,
       coalesce(d.aliases, []) AS aliases,
       d.status AS status,
       d.region AS region,
       COLLECT {
         MATCH (state)<-[:OF]-(i:Identifier)
         WHERE i.recorded_from <= $known_at < i.recorded_until
         RETURN DISTINCT i.scheme + ':' + i.code AS code
         ORDER BY code
       } AS codes
