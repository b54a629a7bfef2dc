// Commitments that arise from a provision of another agreement than they are under.
MATCH (v:Commitment)-[:ARISES_FROM]->(provision:Provision)<-[:VERSION_OF]-(described:Description)
WHERE v.recorded_from <= $known_at < v.recorded_until
  AND described.recorded_from <= $known_at < described.recorded_until
MATCH (described)-[:OF]->(its:Agreement)
WHERE NOT EXISTS { (v)-[:UNDER]->(its) }
RETURN v.key AS key,
       provision.key + ' is of ' + its.key AS says
ORDER BY key, says
LIMIT $most
