// The successions from these states: each may bear on whatever the state has a part in.
UNWIND $states AS key
MATCH (:State {key: key})<-[:FROM]-(v:Succession {recorded_until: $open})
RETURN v.key AS key,
       labels(v) AS labels,
       properties(v) AS fields,
       [(v)-[l]->(to:Thing) WHERE type(l) <> 'VERSION_OF' | {type: type(l), to: to.key, fields: properties(l)}] AS links
