// The facts that a source states in a state of knowledge, a page behind `after`: those that no other states, and the rest.
MATCH (v:Version)
USING INDEX v:Version(key, version)
WHERE v.key > $after
  AND v.version >= 1
  AND v.recorded_from <= $known_at < v.recorded_until
  AND EXISTS { (v)-[:ATTESTED_BY]->(:Source {key: $source}) }
WITH v
ORDER BY v.key
LIMIT $limit
WITH v.key AS key, EXISTS { (v)-[:ATTESTED_BY]->(other:Source) WHERE other.key <> $source } AS shared
RETURN collect(CASE WHEN NOT shared THEN key END) AS alone,
       collect(CASE WHEN shared THEN key END) AS shared
