// The instant of the last committed change set: the newest state of knowledge there is.
OPTIONAL MATCH (g:Graph {id: 1})
RETURN coalesce(g.recorded_at, datetime('0001-01-01T00:00:00Z')) AS known_at
