// The agreements whose keys begin so and that are described in a state of knowledge, a page behind `after`.
MATCH (t:Thing)
WHERE t.key STARTS WITH $prefix
  AND t:Agreement
  AND t.key > $after
  AND EXISTS { (t)<-[:VERSION_OF]-(v:Description) WHERE v.recorded_from <= $known_at < v.recorded_until }
WITH t.key AS key
ORDER BY key
LIMIT $limit
RETURN collect(key) AS alone,
       [] AS shared
