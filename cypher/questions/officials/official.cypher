/*
title: An official with links
about: Who is this, under which names and codes, and which offices has this person held, which of them on a day?
path: /officials/{official}
params:
  official: {type: official, about: The official, example: lavrov-sergey}
returns:
  official:           {type: official, about: The official}
  name:               {type: string, about: Name as known}
  name_in_own_script: {type: string, about: Name as written at home, optional: true}
  aliases:            {type: list of string, about: Other names in any script}
  identifiers:        {type: list of linked, about: "Codes that stand or stood for this person, with their days"}
  in_office:          {type: list of linked, about: "Offices held on that day, and how sure that is"}
  tenures:            {type: list of linked, about: "Every tenure, with the title of its office and whose that is; `offices_held` tells more"}
  version:            {type: integer, about: Number of the version of the description}
  recorded_from:      {type: instant, about: When that version was recorded}
order: [official]
*/
MATCH (official:Thing {key: $official})<-[:VERSION_OF]-(d:Description)
WHERE d.recorded_from <= $known_at < d.recorded_until
RETURN official.key AS official,
       d.name AS name,
       d.name_in_own_script AS name_in_own_script,
       coalesce(d.aliases, []) AS aliases,
       COLLECT {
         MATCH (official)<-[:OF]-(i:Identifier)
         WHERE i.recorded_from <= $known_at < i.recorded_until
         RETURN {key: i.key, label: 'Identifier', says: i.scheme + ':' + i.code, begins: i.begins, ends: i.ends}
         ORDER BY i.scheme, i.begins_earliest, i.code
       } AS identifiers,
       COLLECT {
         MATCH (official)-[h:HELD]->(office:Office)
         WHERE h.holds_from <= $on < h.holds_until
           AND h.recorded_from <= $known_at < h.recorded_until
         RETURN {
           key: office.key,
           label: 'Office',
           says: h.in_force,
           begins: toString(h.holds_from),
           ends: CASE WHEN h.holds_until < date('9999-12-31') THEN toString(h.holds_until) END
         }
         ORDER BY office.key
       } AS in_office,
       COLLECT {
         MATCH (official)<-[:OF]-(tenure:Tenure)-[:IN]->(office:Office)<-[:VERSION_OF]-(of:Description)-[:OF]->(owner)
         WHERE tenure.recorded_from <= $known_at < tenure.recorded_until
           AND of.recorded_from <= $known_at < of.recorded_until
         RETURN {
           key: tenure.key,
           label: 'Tenure',
           says: of.title + ' (' + owner.key + ')',
           begins: tenure.begins,
           ends: tenure.ends
         }
         ORDER BY tenure.begins_earliest, tenure.key
       } AS tenures,
       d.version AS version,
       d.recorded_from AS recorded_from
