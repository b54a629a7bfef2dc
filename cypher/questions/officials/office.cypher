/*
title: An office with its links
about: What is this office, whose is it, may its holder sign treaties, and who has held it, who on a day?
path: /offices/{office}
params:
  office: {type: office, about: The office, example: RUS.minister-of-foreign-affairs}
returns:
  office:            {type: office, about: The office}
  title:             {type: string, about: Its title}
  aliases:           {type: list of string, about: Other titles}
  of:                {type: actor, about: Whose office it is}
  of_name:           {type: string, about: Its name as known, optional: true}
  may_sign_treaties: {type: boolean, about: Whether its holder may sign treaties by virtue of office (VCLT 7), optional: true}
  exclusive:         {type: boolean, about: Whether one person holds it at a time, optional: true}
  identifiers:       {type: list of linked, about: "Codes that stand or stood for it, with their days"}
  held_by:           {type: list of linked, about: "Who holds it on that day, and how sure that is"}
  tenures:           {type: list of linked, about: "Every tenure with the name of the holder, the 100 that begin last"}
  tenure_count:      {type: integer, about: How many tenures are recorded}
  version:           {type: integer, about: Number of the version of its description}
  recorded_from:     {type: instant, about: When that version was recorded}
order: [office]
*/
MATCH (office:Thing {key: $office})<-[:VERSION_OF]-(d:Description)-[:OF]->(owner:Actor)
WHERE d.recorded_from <= $known_at < d.recorded_until
RETURN office.key AS office,
       d.title AS title,
       coalesce(d.aliases, []) AS aliases,
       owner.key AS of,
       head(COLLECT {
         MATCH (owner)<-[:VERSION_OF]-(named:Description)
         WHERE named.recorded_from <= $known_at < named.recorded_until
         RETURN named.name
       }) AS of_name,
       d.may_sign_treaties AS may_sign_treaties,
       d.exclusive AS exclusive,
       COLLECT {
         MATCH (office)<-[:OF]-(i:Identifier)
         WHERE i.recorded_from <= $known_at < i.recorded_until
         RETURN {key: i.key, label: 'Identifier', says: i.scheme + ':' + i.code, begins: i.begins, ends: i.ends}
         ORDER BY i.scheme, i.begins_earliest, i.code
       } AS identifiers,
       COLLECT {
         MATCH (office)<-[h:HELD]-(holder:Official)
         WHERE h.holds_from <= $on < h.holds_until
           AND h.recorded_from <= $known_at < h.recorded_until
         RETURN {
           key: holder.key,
           label: 'Official',
           says: h.in_force,
           begins: toString(h.holds_from),
           ends: CASE WHEN h.holds_until < date('9999-12-31') THEN toString(h.holds_until) END
         }
         ORDER BY holder.key
       } AS held_by,
       COLLECT {
         MATCH (office)<-[:IN]-(tenure:Tenure)-[:OF]->(holder:Official)<-[:VERSION_OF]-(named:Description)
         WHERE tenure.recorded_from <= $known_at < tenure.recorded_until
           AND named.recorded_from <= $known_at < named.recorded_until
         WITH tenure, named
         ORDER BY tenure.begins_latest DESC, tenure.key
         LIMIT 100
         RETURN {
           key: tenure.key,
           label: 'Tenure',
           says: named.name,
           begins: tenure.begins,
           ends: tenure.ends
         }
         ORDER BY tenure.begins_earliest, tenure.key
       } AS tenures,
       COUNT {
         MATCH (office)<-[:IN]-(tenure:Tenure)
         WHERE tenure.recorded_from <= $known_at < tenure.recorded_until
       } AS tenure_count,
       d.version AS version,
       d.recorded_from AS recorded_from
