/*
title: Offices
about: Which offices are recorded, whose is each, and may its holder sign treaties by virtue of it?
timeless: It lists what is recorded; `officials_in_office` tells who holds an office on a day.
path: /offices
pages: own
params:
  of:                {type: actor, about: "Only those of this state, organization or organ, or of one of its organs", optional: true, example: PRK}
  may_sign_treaties: {type: boolean, about: "Only those whose holder may sign treaties by virtue of office, or only those that are known not to", optional: true}
returns:
  office:            {type: office, about: The office}
  title:             {type: string, about: Its title}
  aliases:           {type: list of string, about: Other titles}
  of:                {type: actor, about: Whose office it is}
  of_name:           {type: string, about: Its name as known, optional: true}
  may_sign_treaties: {type: boolean, about: Whether its holder may sign treaties by virtue of office (VCLT 7), optional: true}
order: [office]
edge: {from: office, to: of, label: title}
*/
CALL () {
  WITH true AS everything
  WHERE $of IS NULL
  MATCH (office:Office)
  WHERE office.key > coalesce($after[0], '')
  MATCH (office)<-[:VERSION_OF]-(d:Description)
  WHERE d.recorded_from <= $known_at < d.recorded_until
    AND ($may_sign_treaties IS NULL OR d.may_sign_treaties = $may_sign_treaties)
  RETURN office, d
  ORDER BY office.key
  LIMIT $row_limit
  UNION ALL
  WITH true AS some
  WHERE $of IS NOT NULL
  // Offices of the actor, of its organs and of theirs.
  MATCH (:Thing {key: $of})
        ((:Thing)<-[:OF]-(part:Description)-[:VERSION_OF]->(:Thing)
         WHERE part.recorded_from <= $known_at < part.recorded_until){1,5}
        (office:Office)
  WITH office, part[-1] AS d
  WHERE office.key > coalesce($after[0], '')
    AND ($may_sign_treaties IS NULL OR d.may_sign_treaties = $may_sign_treaties)
  RETURN office, d
}
WITH office, d
ORDER BY office.key
LIMIT $row_limit
MATCH (d)-[:OF]->(owner:Actor)
RETURN office.key AS office,
       d.title AS title,
       coalesce(d.aliases, []) AS aliases,
       owner.key AS of,
       head(COLLECT {
         MATCH (owner)<-[:VERSION_OF]-(named:Description)
         WHERE named.recorded_from <= $known_at < named.recorded_until
         RETURN named.name
       }) AS of_name,
       d.may_sign_treaties AS may_sign_treaties
