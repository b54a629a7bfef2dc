// The windows that sources declare to cover whole: of which labels of facts, and of which actors (none for everybody).
MATCH (d:Description)
WHERE d.covers_until IS NOT NULL
  AND d.recorded_from <= $known_at < d.recorded_until
MATCH (d)-[:VERSION_OF]->(source:Source)
RETURN source.key AS source,
       toString(coalesce(d.covers_from, date('0001-01-01'))) AS begins,
       toString(d.covers_until) AS until,
       coalesce(d.covers, []) AS labels,
       [(d)-[:COVERS]->(actor:Actor) | actor.key] AS actors
ORDER BY source
