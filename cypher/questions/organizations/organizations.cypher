/*
title: Organizations
about: Which organizations are recorded, under which names, and of what kind is each?
timeless: It lists what is recorded; `organization` tells of one and who belongs to it on a day.
path: /organizations
pages: own
params:
  kind: {type: string, about: "Only those of this kind as recorded, such as `news agency`", optional: true}
returns:
  organization: {type: organization, about: The organization}
  name:         {type: string, about: Its name as known}
  aliases:      {type: list of string, about: Other names it goes by}
  kind:         {type: string, about: What it is}
order: [organization]
*/
CALL () {
  WITH true AS every
  WHERE $kind IS NULL
  MATCH (organization:Organization)
  WHERE organization.key > coalesce($after[0], '')
  MATCH (organization)<-[:VERSION_OF]-(d:Description)
  WHERE d.recorded_from <= $known_at < d.recorded_until
  RETURN organization, d
  ORDER BY organization.key
  LIMIT $row_limit
  UNION ALL
  WITH true AS some
  WHERE $kind IS NOT NULL
  MATCH (d:Description)
  WHERE d.kind = $kind AND d.key > coalesce($after[0], '')
    AND d.recorded_from <= $known_at < d.recorded_until
  MATCH (d)-[:VERSION_OF]->(organization:Organization)
  RETURN organization, d
  // The index gives this order, and with it the page stops where it is full.
  ORDER BY d.kind, d.key
  LIMIT $row_limit
}
WITH organization, d
ORDER BY organization.key
LIMIT $row_limit
RETURN organization.key AS organization,
       d.name AS name,
       coalesce(d.aliases, []) AS aliases,
       d.kind AS kind
