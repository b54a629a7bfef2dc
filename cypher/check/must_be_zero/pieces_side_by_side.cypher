// Derived relationships of one kind, between the same two and for the same agreement or commitment, that share a day.
MATCH (bearer:Thing)
CALL (bearer) {
  MATCH (bearer)-[p:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]->(other:Thing)
  WHERE p.recorded_from <= $known_at < p.recorded_until
  WITH other, type(p) AS kind, p.unit AS unit, p.fact AS fact, p
  ORDER BY p.holds_from
  WITH other, kind, unit, fact, collect(p) AS pieces
  WHERE size(pieces) > 1
  UNWIND range(1, size(pieces) - 1) AS i
  WITH other, kind, unit, pieces[i - 1] AS before, pieces[i] AS after
  WHERE after.holds_from < before.holds_until
  RETURN other, kind, unit, after
}
RETURN coalesce(unit, bearer.key) AS key,
       kind + ' of ' + bearer.key + ' and ' + other.key + ' from ' + toString(after.holds_from) AS says
ORDER BY key, says
LIMIT $most
