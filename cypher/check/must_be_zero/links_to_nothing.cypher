// Links of what is recorded that lead to no thing, or to a thing of which nothing is recorded.
CALL () {
  MATCH (v:Version)-[link]->(to)
  WHERE v.recorded_from <= $known_at < v.recorded_until
    AND NOT to:Thing
  RETURN v, link, 'no thing' AS there
  UNION ALL
  MATCH (t:Thing)
  WHERE NOT EXISTS {
    MATCH (t)<-[:VERSION_OF]-(of)
    WHERE of.recorded_from <= $known_at < of.recorded_until
  }
  MATCH (t)<-[link]-(v)
  WHERE v.recorded_from <= $known_at < v.recorded_until
  RETURN v, link, t.key AS there
}
RETURN v.key AS key,
       type(link) + ' to ' + there AS says
ORDER BY key, says
LIMIT $most
