/*
title: Officials
about: Which officials are recorded, and under which names; of everybody, or of those who ever held an office of somebody?
timeless: It lists who is recorded; `officials_in_office` and `offices_held` tell of days.
path: /officials
pages: own
params:
  of: {type: actor, about: "Only those who hold or held an office of this state, organization or organ, or of one of its organs", optional: true, example: PRK}
returns:
  official:           {type: official, about: The official}
  name:               {type: string, about: Name as known}
  name_in_own_script: {type: string, about: Name as written at home, optional: true}
  aliases:            {type: list of string, about: Other names in any script}
order: [official]
*/
CALL () {
  WITH true AS everybody
  WHERE $of IS NULL
  MATCH (official:Official)
  WHERE official.key > coalesce($after[0], '')
  MATCH (official)<-[:VERSION_OF]-(d:Description)
  WHERE d.recorded_from <= $known_at < d.recorded_until
  RETURN official, d
  ORDER BY official.key
  LIMIT $row_limit
  UNION ALL
  WITH true AS some
  WHERE $of IS NOT NULL
  // Offices of the actor, of its organs and of theirs.
  MATCH (:Thing {key: $of})
        ((:Thing)<-[:OF]-(part:Description)-[:VERSION_OF]->(:Thing)
         WHERE part.recorded_from <= $known_at < part.recorded_until){1,5}
        (office:Office)
  MATCH (office)<-[:IN]-(tenure:Tenure)-[:OF]->(official:Official)
  WHERE tenure.recorded_from <= $known_at < tenure.recorded_until AND tenure.standing = 'asserted'
  WITH DISTINCT official
  WHERE official.key > coalesce($after[0], '')
  MATCH (official)<-[:VERSION_OF]-(d:Description)
  WHERE d.recorded_from <= $known_at < d.recorded_until
  RETURN official, d
}
WITH official, d
ORDER BY official.key
LIMIT $row_limit
RETURN official.key AS official,
       d.name AS name,
       d.name_in_own_script AS name_in_own_script,
       coalesce(d.aliases, []) AS aliases
