// The one lock of all writers, then the clock, then whether this change set was written before.
MERGE (g:Graph {id: 1})
ON CREATE SET g.recorded_at = datetime('0001-01-01T00:00:00Z')
SET g.locked = true
REMOVE g.locked
WITH g.recorded_at AS known_at,
     coalesce(g.erasures, 0) AS erasures,
     g.recorded_at + duration({microseconds: 1}) AS next,
     datetime.truncate('microsecond', datetime.realtime()) AS clock
OPTIONAL MATCH (again:ChangeSet {idempotency_key: $idempotency_key})
RETURN known_at,
       erasures,
       CASE WHEN clock > next THEN clock ELSE next END AS recorded_at,
       again.body AS body,
       again.answer AS answer
