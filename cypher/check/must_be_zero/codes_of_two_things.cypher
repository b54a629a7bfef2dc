// Codes that stand for two things on the same day.
MATCH (one:Identifier)
WHERE one.recorded_from <= $known_at < one.recorded_until
MATCH (other:Identifier {scheme: one.scheme, code: one.code})
USING INDEX other:Identifier(scheme, code)
WHERE other.recorded_from <= $known_at < other.recorded_until
  AND one.key < other.key
  AND one.begins_latest < other.presumed_until AND other.begins_latest < one.presumed_until
MATCH (one)-[:OF]->(this:Thing)
MATCH (other)-[:OF]->(that:Thing)
WHERE this <> that
RETURN one.key AS key,
       one.scheme + ':' + one.code + ' is ' + this.key + ' and ' + that.key AS says
ORDER BY key, says
LIMIT $most
