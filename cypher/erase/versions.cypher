// All versions of all time of these things, with their links.
UNWIND $keys AS key
MATCH (t:Thing {key: key})<-[:VERSION_OF]-(v:Version)
RETURN labels(t) + labels(v) AS labels,
       properties(v) AS fields,
       [(v)-[l]->(to:Thing) WHERE type(l) <> 'VERSION_OF' | {id: elementId(l), type: type(l), to: to.key, fields: properties(l)}] AS links
ORDER BY v.key, v.version
