/*
title: A state with its links
about: Who or what is this state, under which names and codes, when was it a state, whom did it follow, what does it belong to, and which offices does it have?
path: /states/{state}
params:
  state: {type: state, about: The state, example: PRK}
returns:
  state:           {type: state, about: The state}
  name:            {type: string, about: Its name as known}
  aliases:         {type: list of string, about: Other names it goes by}
  status:          {type: state_status, about: What kind of polity it is recorded as}
  region:          {type: string, about: The region of the world it lies in, optional: true}
  identifiers:     {type: list of linked, about: "Codes that stand or stood for it, with their days"}
  statehood:       {type: list of linked, about: "Episodes of its independence, each with how it began and ended; `statehood_of` tells more"}
  successions:     {type: list of linked, about: "What it followed and what followed it; `successions` tells more"}
  member_of:       {type: list of linked, about: "Organizations it belongs to on that day, and how sure that is"}
  organs:          {type: list of linked, about: "Its organs, at most 100"}
  offices:         {type: list of linked, about: "Its own offices, at most 100; `offices` lists all, with those of its organs"}
  office_count:    {type: integer, about: How many offices it has of its own}
  agreement_count: {type: integer, about: "How many agreements are in force for it on that day, or may be; `agreements` lists all it had to do with"}
  owes_count:      {type: integer, about: "How many commitments it owes somebody on that day, or may owe, each counted once; `commitments_owed_by_state` lists them"}
  owed_count:      {type: integer, about: "How many are owed to it or may be; `commitments_owed_to_state` lists them"}
  version:         {type: integer, about: Number of the version of its description}
  recorded_from:   {type: instant, about: When that version was recorded}
order: [state]
*/
MATCH (state:Thing {key: $state})<-[:VERSION_OF]-(d:Description)
WHERE d.recorded_from <= $known_at < d.recorded_until
RETURN state.key AS state,
       d.name AS name,
       coalesce(d.aliases, []) AS aliases,
       d.status AS status,
       d.region AS region,
       COLLECT {
         MATCH (state)<-[:OF]-(i:Identifier)
         WHERE i.recorded_from <= $known_at < i.recorded_until
         RETURN {key: i.key, label: 'Identifier', says: i.scheme + ':' + i.code, begins: i.begins, ends: i.ends}
         ORDER BY i.scheme, i.begins_earliest, i.code
       } AS identifiers,
       COLLECT {
         MATCH (state)<-[:OF]-(episode:Statehood)
         WHERE episode.recorded_from <= $known_at < episode.recorded_until
         RETURN {
           key: episode.key,
           label: 'Statehood',
           says: CASE
             WHEN episode.began_by IS NULL THEN 'ended by ' + episode.ended_by
             ELSE 'began by ' + episode.began_by + coalesce(', ended by ' + episode.ended_by, '')
           END,
           begins: episode.begins,
           ends: episode.ends
         }
         ORDER BY episode.begins_earliest, episode.key
       } AS statehood,
       COLLECT {
         MATCH (state)<-[role:FROM|TO]-(s:Succession)-[other:FROM|TO]->(neighbour:State)
         WHERE other <> role AND s.recorded_from <= $known_at < s.recorded_until
         RETURN {
           key: s.key,
           label: 'Succession',
           says: s.kind + CASE type(other) WHEN 'TO' THEN ', followed by ' ELSE ' of ' END + neighbour.key,
           begins: s.day_edtf,
           ends: null
         }
         ORDER BY s.day_earliest, s.key
       } AS successions,
       COLLECT {
         MATCH (state)-[m:BELONGED_TO]->(organization:Organization)
         WHERE m.holds_from <= $on < m.holds_until
           AND m.recorded_from <= $known_at < m.recorded_until
         RETURN {
           key: organization.key,
           label: 'Organization',
           says: m.in_force,
           begins: toString(m.holds_from),
           ends: CASE WHEN m.holds_until < date('9999-12-31') THEN toString(m.holds_until) END
         }
         ORDER BY organization.key
       } AS member_of,
       COLLECT {
         MATCH (state)<-[:OF]-(of:Description)-[:VERSION_OF]->(organ:Organ)
         WHERE of.recorded_from <= $known_at < of.recorded_until
         RETURN {key: organ.key, label: 'Organ', says: of.name, begins: null, ends: null}
         ORDER BY organ.key
         LIMIT 100
       } AS organs,
       COLLECT {
         MATCH (state)<-[:OF]-(of:Description)-[:VERSION_OF]->(office:Office)
         WHERE of.recorded_from <= $known_at < of.recorded_until
         RETURN {key: office.key, label: 'Office', says: of.title, begins: null, ends: null}
         ORDER BY office.key
         LIMIT 100
       } AS offices,
       COUNT {
         MATCH (state)<-[:OF]-(of:Description)-[:VERSION_OF]->(:Office)
         WHERE of.recorded_from <= $known_at < of.recorded_until
       } AS office_count,
       COUNT {
         MATCH (state)-[p:PARTY_TO]->(agreement)
         WHERE p.holds_from <= $on < p.holds_until
           AND p.recorded_from <= $known_at < p.recorded_until
           AND p.in_force IN ['definite', 'presumed', 'possible']
         RETURN DISTINCT agreement
       } AS agreement_count,
       COUNT {
         MATCH ()-[c:COMMITS_TO]->()
         WHERE c.bearer = $state AND c.holds_from <= $on < c.holds_until
           AND c.recorded_from <= $known_at < c.recorded_until
           AND c.in_force IN ['definite', 'presumed', 'possible']
         RETURN DISTINCT c.fact
       } AS owes_count,
       COUNT {
         MATCH ()-[c:COMMITS_TO]->()
         WHERE c.beneficiary = $state AND c.holds_from <= $on < c.holds_until
           AND c.recorded_from <= $known_at < c.recorded_until
           AND c.in_force IN ['definite', 'presumed', 'possible']
         RETURN DISTINCT c.fact
       } AS owed_count,
       d.version AS version,
       d.recorded_from AS recorded_from
