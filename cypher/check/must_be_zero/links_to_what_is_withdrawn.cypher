// Links of what is recorded that lead to a thing that was withdrawn.
MATCH (gone:Withdrawal)-[:VERSION_OF]->(t:Thing)
WHERE gone.recorded_from <= $known_at < gone.recorded_until
MATCH (t)<-[link]-(v)
WHERE v.recorded_from <= $known_at < v.recorded_until
  AND v <> gone
RETURN v.key AS key,
       type(link) + ' to ' + t.key AS says
ORDER BY key, says
LIMIT $most
