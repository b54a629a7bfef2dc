// What versions, relationships and change sets say from now on, and the relationships and things that go. What stays as it
// is is not written: an instant that comes back from a driver is no longer equal to itself.
CALL () {
  UNWIND $versions AS row
  MATCH (v:Version {key: row.key, version: row.version})
  SET v += row.fields
}
CALL () {
  UNWIND $relationships AS row
  MATCH ()-[r]->()
  WHERE elementId(r) = row.id
  SET r += row.fields
}
CALL () {
  UNWIND $gone AS id
  MATCH ()-[r]->()
  WHERE elementId(r) = id
  DELETE r
}
CALL () {
  UNWIND $links AS row
  MATCH (v:Version {key: row.key, version: row.version})
  MATCH (to:Thing {key: row.to})
  CREATE (v)-[l:$(row.type)]->(to)
  SET l = row.fields
}
CALL () {
  UNWIND $keys AS key
  MATCH (t:Thing {key: key})
  OPTIONAL MATCH (t)<-[:VERSION_OF]-(v:Version)
  DETACH DELETE v, t
}
CALL () {
  UNWIND $change_sets AS row
  MATCH (c:ChangeSet)
  WHERE elementId(c) = row.id
  SET c += row.fields
}
