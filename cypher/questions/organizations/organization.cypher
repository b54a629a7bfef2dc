/*
title: An organization with its links
about: What is this organization, under which names and codes, who belongs to it on a day, what does it belong to itself, and which organs and offices does it have?
path: /organizations/{organization}
params:
  organization: {type: organization, about: The organization, example: UN}
returns:
  organization:    {type: organization, about: The organization}
  name:            {type: string, about: Its name as known}
  aliases:         {type: list of string, about: Other names it goes by}
  kind:            {type: string, about: What it is}
  identifiers:     {type: list of linked, about: "Codes that stand or stood for it, with their days"}
  members:         {type: list of linked, about: "Who belongs to it on that day, or to a part of it, and how sure that is; at most 100"}
  member_count:    {type: integer, about: How many belong to it on that day or may do so}
  member_of:       {type: list of linked, about: "Organizations it belongs to on that day, and how sure that is"}
  organs:          {type: list of linked, about: "Its organs, at most 100"}
  offices:         {type: list of linked, about: "Its own offices, at most 100; `offices` lists all, with those of its organs"}
  agreement_count: {type: integer, about: "How many agreements are in force for it on that day, or may be; `agreements` lists all it had to do with"}
  version:         {type: integer, about: Number of the version of its description}
  recorded_from:   {type: instant, about: When that version was recorded}
order: [organization]
*/
MATCH (organization:Thing {key: $organization})<-[:VERSION_OF]-(d:Description)
WHERE d.recorded_from <= $known_at < d.recorded_until
RETURN organization.key AS organization,
       d.name AS name,
       coalesce(d.aliases, []) AS aliases,
       d.kind AS kind,
       COLLECT {
         MATCH (organization)<-[:OF]-(i:Identifier)
         WHERE i.recorded_from <= $known_at < i.recorded_until
         RETURN {key: i.key, label: 'Identifier', says: i.scheme + ':' + i.code, begins: i.begins, ends: i.ends}
         ORDER BY i.scheme, i.begins_earliest, i.code
       } AS identifiers,
       COLLECT {
         MATCH (organization)<-[m:BELONGED_TO]-(member:Actor)
         WHERE m.holds_from <= $on < m.holds_until
           AND m.recorded_from <= $known_at < m.recorded_until
         RETURN {
           key: member.key,
           label: head([l IN labels(member) WHERE NOT l IN ['Thing', 'Actor']]),
           says: m.in_force,
           begins: toString(m.holds_from),
           ends: CASE WHEN m.holds_until < date('9999-12-31') THEN toString(m.holds_until) END
         }
         ORDER BY member.key
         LIMIT 100
       } AS members,
       COUNT {
         MATCH (organization)<-[m:BELONGED_TO]-(member:Actor)
         WHERE m.holds_from <= $on < m.holds_until
           AND m.recorded_from <= $known_at < m.recorded_until
         RETURN DISTINCT member
       } AS member_count,
       COLLECT {
         MATCH (organization)-[m:BELONGED_TO]->(whole:Organization)
         WHERE m.holds_from <= $on < m.holds_until
           AND m.recorded_from <= $known_at < m.recorded_until
         RETURN {
           key: whole.key,
           label: 'Organization',
           says: m.in_force,
           begins: toString(m.holds_from),
           ends: CASE WHEN m.holds_until < date('9999-12-31') THEN toString(m.holds_until) END
         }
         ORDER BY whole.key
       } AS member_of,
       COLLECT {
         MATCH (organization)<-[:OF]-(of:Description)-[:VERSION_OF]->(organ:Organ)
         WHERE of.recorded_from <= $known_at < of.recorded_until
         RETURN {key: organ.key, label: 'Organ', says: of.name, begins: null, ends: null}
         ORDER BY organ.key
         LIMIT 100
       } AS organs,
       COLLECT {
         MATCH (organization)<-[:OF]-(of:Description)-[:VERSION_OF]->(office:Office)
         WHERE of.recorded_from <= $known_at < of.recorded_until
         RETURN {key: office.key, label: 'Office', says: of.title, begins: null, ends: null}
         ORDER BY office.key
         LIMIT 100
       } AS offices,
       COUNT {
         MATCH (organization)-[p:PARTY_TO]->(agreement)
         WHERE p.holds_from <= $on < p.holds_until
           AND p.recorded_from <= $known_at < p.recorded_until
           AND p.in_force IN ['definite', 'presumed', 'possible']
         RETURN DISTINCT agreement
       } AS agreement_count,
       d.version AS version,
       d.recorded_from AS recorded_from
