// Versions and derived relationships that are recorded until before they are recorded.
CALL () {
  MATCH (v:Version)
  WHERE NOT v.recorded_from < v.recorded_until OR v.recorded_until IS NULL OR v.recorded_from IS NULL
  RETURN v.key AS key, 'version ' + toString(v.version) AS says
  UNION ALL
  MATCH ()-[p:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]->()
  WHERE NOT p.recorded_from < p.recorded_until OR p.recorded_until IS NULL OR p.recorded_from IS NULL
  RETURN p.unit AS key, type(p) AS says
}
RETURN coalesce(key, 'without a key') AS key, says AS says
ORDER BY key, says
LIMIT $most
