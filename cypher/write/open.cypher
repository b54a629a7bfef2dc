// New identities, and new versions with their links; `linked` falls short of the links sent when a key is unknown.
CALL () {
  UNWIND $things AS row
  CREATE (:Thing:$(row.labels) {key: row.key})
}
UNWIND $rows AS row
MATCH (t:Thing {key: row.key})
CREATE (t)<-[:VERSION_OF]-(v:Version:$(row.labels))
SET v = row.fields,
    v.key = row.key,
    v.version = row.version,
    v.content = row.content,
    v.recorded_from = $recorded_at,
    v.recorded_until = $open
WITH v, row
CALL (v, row) {
  UNWIND row.links AS link
  MATCH (to:Thing {key: link.to})
  CREATE (v)-[l:$(link.type)]->(to)
  SET l = link.fields
  RETURN count(l) AS linked
}
RETURN sum(linked) AS linked
