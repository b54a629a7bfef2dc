// Versions that are of no thing with their key, or of several things.
MATCH (v:Version)
WHERE COUNT { (v)-[:VERSION_OF]->() } <> 1
   OR NOT EXISTS { MATCH (v)-[:VERSION_OF]->(t:Thing) WHERE t.key = v.key }
RETURN coalesce(v.key, 'without a key') AS key,
       'version ' + coalesce(toString(v.version), 'without a number') AS says
ORDER BY key, says
LIMIT $most
