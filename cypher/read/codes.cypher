// The codes in a state of knowledge, of one scheme or all, and the days on which each may have stood for something: half-open.
MATCH (i:Identifier)-[:OF]->(t:Thing)
WHERE ($scheme IS NULL OR i.scheme = $scheme)
  AND i.recorded_from <= $known_at < i.recorded_until
RETURN i.scheme AS scheme,
       i.code AS code,
       t.key AS key,
       t:Actor AS acts,
       i.begins_earliest AS begins,
       i.ends_latest AS ends
