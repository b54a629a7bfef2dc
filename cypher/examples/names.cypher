// The names of a state, as they were known.
MATCH (s:State {key: $state})<-[:VERSION_OF]-(d:Description)
WHERE d.recorded_from <= $known_at < d.recorded_until
RETURN d.name AS name,
       d.aliases AS aliases
