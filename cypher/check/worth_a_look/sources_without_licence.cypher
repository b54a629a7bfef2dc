// Sources of which no licence is known.
MATCH (source:Source)<-[:VERSION_OF]-(described:Description)
WHERE described.recorded_from <= $known_at < described.recorded_until
  AND described.licence IS NULL
RETURN source.key AS key,
       described.title AS says
ORDER BY key
LIMIT $most
