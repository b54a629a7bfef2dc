// Sources of which nobody says on which day they were read.
MATCH (source:Source)<-[:VERSION_OF]-(described:Description)
WHERE described.recorded_from <= $known_at < described.recorded_until
  AND described.retrieved IS NULL
RETURN source.key AS key,
       described.title AS says
ORDER BY key
LIMIT $most
