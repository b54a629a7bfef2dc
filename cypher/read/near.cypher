// Things of a label whose key, name or title is near a text, for suggestions; facts by the start of their key.
// Nothing that is withdrawn is suggested.
CALL () {
  CALL db.index.fulltext.queryNodes('names', $near, {limit: 20}) YIELD node, score
  WHERE node.recorded_from <= $known_at < node.recorded_until
  MATCH (node)-[:VERSION_OF]->(t:Thing)
  WHERE $label IN labels(t) + ['Record']
  RETURN t.key AS key, coalesce(node.name, node.title) AS name, score
  UNION
  // Of a million keys that begin alike only the first are looked at.
  MATCH (t:Thing)
  WHERE t.key STARTS WITH $start
  WITH t
  ORDER BY t.key
  LIMIT 1000
  MATCH (t)<-[:VERSION_OF]-(v:Version)
  WHERE $label IN labels(t) + labels(v) + ['Record'] AND NOT v:Withdrawal
    AND v.recorded_from <= $known_at < v.recorded_until
  RETURN t.key AS key, null AS name, 0.0 AS score
  LIMIT 5
}
RETURN key, head(collect(name)) AS name, max(score) AS score
ORDER BY score DESC, key
LIMIT 5
