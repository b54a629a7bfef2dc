// The codes in a state of knowledge, of one scheme or all, and the days on which each may have stood for something: half-open.
MATCH (i:Identifier)-[:OF]->(t:Thing)
WHERE ($scheme IS NULL OR i.scheme = $scheme)
  AND i.recorded_from <= $known_at < i.recorded_until
// One row for all of them: the driver takes many rows much more slowly.
RETURN collect({
  scheme: i.scheme,
  code: i.code,
  key: t.key,
  acts: t:Actor,
  begins: toString(i.begins_earliest),
  ends: toString(i.ends_latest)
}) AS codes
