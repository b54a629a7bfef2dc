// Sources that state no fact.
MATCH (source:Source)<-[:VERSION_OF]-(described:Description)
WHERE described.recorded_from <= $known_at < described.recorded_until
  AND NOT EXISTS {
    MATCH (source)<-[:ATTESTED_BY]-(v)
    WHERE v.recorded_from <= $known_at < v.recorded_until
  }
RETURN source.key AS key,
       described.title AS says
ORDER BY key
LIMIT $most
