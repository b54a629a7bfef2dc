// Entities that nothing recorded is about, but for codes.
MATCH (t:Thing)<-[:VERSION_OF]-(described:Description)
WHERE described.recorded_from <= $known_at < described.recorded_until
  AND NOT t:Source
  AND NOT EXISTS {
    MATCH (t)<-[link]-(v)
    WHERE v.recorded_from <= $known_at < v.recorded_until
      AND v <> described AND NOT v:Identifier
  }
RETURN t.key AS key,
       coalesce(described.name, described.title, [label IN labels(t) WHERE label <> 'Thing'][0]) AS says
ORDER BY key
LIMIT $most
