// The versions of these keys that are current in a state of knowledge, as they are stored.
UNWIND $keys AS key
MATCH (t:Thing {key: key})<-[:VERSION_OF]-(v:Version)
WHERE v.recorded_from <= $known_at < v.recorded_until
RETURN key,
       labels(t) + labels(v) AS labels,
       properties(v) AS fields,
       [(v)-[l]->(to:Thing) WHERE type(l) <> 'VERSION_OF' | {type: type(l), to: to.key, fields: properties(l)}] AS links
