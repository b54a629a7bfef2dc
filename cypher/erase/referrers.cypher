// Which things have a version, of any time, that names one of these keys by a link, inside one, or as what took its place.
CALL () {
  UNWIND $keys AS key
  MATCH (:Thing {key: key})<-[l]-(v:Version)
  WHERE type(l) <> 'VERSION_OF'
  RETURN v
  UNION
  UNWIND $keys AS key
  MATCH (v:Version)-[:BY {on_behalf_of: key}]->()
  RETURN v
  UNION
  UNWIND $keys AS key
  MATCH (v:Version)-[:PARTICIPANT {on_behalf_of: key}]->()
  RETURN v
  UNION
  MATCH (v:Withdrawal)
  WHERE v.replaced_by IN $keys
  RETURN v
}
RETURN collect(DISTINCT v.key) AS keys
