// Versions of one thing that are recorded for the same instant, so that it would be read twice.
MATCH (t:Thing)
WHERE COUNT { (t)<-[:VERSION_OF]-() } > 1
MATCH (one:Version)-[:VERSION_OF]->(t)<-[:VERSION_OF]-(other:Version)
WHERE one.version < other.version
  // What is written meanwhile may be half seen.
  AND one.recorded_from <= $known_at AND other.recorded_from <= $known_at
  AND one.recorded_from < other.recorded_until AND other.recorded_from < one.recorded_until
RETURN t.key AS key,
       'versions ' + toString(one.version) + ' and ' + toString(other.version) AS says
ORDER BY key, says
LIMIT $most
