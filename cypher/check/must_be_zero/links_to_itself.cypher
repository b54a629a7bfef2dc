// Things that are linked to themselves.
MATCH (v:Version)-[link]->(t:Thing)<-[:VERSION_OF]-(v)
WHERE v.recorded_from <= $known_at < v.recorded_until
  AND type(link) <> 'VERSION_OF'
RETURN t.key AS key,
       type(link) AS says
ORDER BY key, says
LIMIT $most
