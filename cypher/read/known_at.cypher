// The instant of the last committed change set, the newest state of knowledge there is; and how often something was
// erased, since then alone what is known at an instant changes.
OPTIONAL MATCH (g:Graph {id: 1})
RETURN coalesce(g.recorded_at, datetime('0001-01-01T00:00:00Z')) AS known_at,
       coalesce(g.erasures, 0) AS erasures
