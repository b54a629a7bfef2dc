// statehood.ALD | versions 1 and 2
MATCH (v:Statehood {key: 'statehood.ALD', recorded_until: $open})-[:VERSION_OF]->(t)
CREATE (:Version:Statehood {
  key: t.key,
  version: v.version + 1,
  recorded_from: v.recorded_from,
  recorded_until: $open
})-[:VERSION_OF]->(t)
