// States that no code stands for.
MATCH (state:State)<-[:VERSION_OF]-(described:Description)
WHERE described.recorded_from <= $known_at < described.recorded_until
  AND NOT EXISTS {
    MATCH (state)<-[:OF]-(code:Identifier)
    WHERE code.recorded_from <= $known_at < code.recorded_until
  }
RETURN state.key AS key,
       described.name AS says
ORDER BY key
LIMIT $most
