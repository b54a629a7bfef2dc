// Links that the model does not have, or that lead to a thing of another label than the model says.
MATCH (v:Version)-[link]->(to:Thing)
WHERE v.recorded_from <= $known_at < v.recorded_until
  AND type(link) <> 'VERSION_OF'
WITH v, link, to, [label IN labels(v) WHERE label <> 'Version'][0] + '.' + type(link) AS place
WHERE NOT coalesce(any(label IN labels(to) WHERE label IN $ends[place]), false)
RETURN v.key AS key,
       place + ' to ' + to.key + ' (' + reduce(s = '', label IN labels(to) | s + ':' + label) + ')' AS says
ORDER BY key, says
LIMIT $most
