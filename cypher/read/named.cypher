// Things of a label that a text may name: all their names as known then, where one holds a word of it, or the code of a
// scheme (`wikidata:Q58217`) that stood for one on the day. Which of them it does name is told apart by who asks.
CALL () {
  CALL db.index.fulltext.queryNodes('names', $words, {limit: 500}) YIELD node
  WHERE node.recorded_from <= $known_at < node.recorded_until
  MATCH (node)-[:VERSION_OF]->(t:Thing)
  WHERE $label IN labels(t) + ['Record']
  RETURN t.key AS key, coalesce(node.name, node.title) AS name,
         [one IN [node.name, node.title, node.name_in_own_script] WHERE one IS NOT NULL] + coalesce(node.aliases, []) AS names
  UNION
  MATCH (identifier:Identifier)-[:OF]->(t:Thing)
  WHERE identifier.scheme = $scheme AND identifier.code = $code
    AND identifier.begins_earliest <= $on < identifier.ends_latest
    AND identifier.recorded_from <= $known_at < identifier.recorded_until
    AND $label IN labels(t) + ['Record']
  RETURN t.key AS key, null AS name, [$text] AS names
}
RETURN key, name, names
ORDER BY key
