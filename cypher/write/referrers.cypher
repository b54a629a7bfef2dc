// Which current versions name these keys, by a link or inside one.
UNWIND $keys AS key
CALL (key) {
  MATCH (:Thing {key: key})<-[l]-(v:Version {recorded_until: $open})
  WHERE type(l) <> 'VERSION_OF'
  RETURN v.key AS referrer
  UNION
  MATCH (v:Version {recorded_until: $open})-[:BY {on_behalf_of: key}]->()
  RETURN v.key AS referrer
  UNION
  MATCH (v:Version {recorded_until: $open})-[:PARTICIPANT {on_behalf_of: key}]->()
  RETURN v.key AS referrer
}
RETURN key, collect(DISTINCT referrer) AS referrers
