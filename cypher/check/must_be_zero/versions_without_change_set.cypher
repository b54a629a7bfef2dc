// Instants of versions at which no change set was written.
MATCH (v:Version)
WITH v.recorded_from AS instant, count(*) AS versions, min(v.key) AS key
WHERE NOT EXISTS {
  MATCH (told:ChangeSet {recorded_at: instant})
  USING INDEX told:ChangeSet(recorded_at)
}
RETURN key AS key,
       toString(versions) + ' versions of ' + coalesce(toString(instant), 'no instant') AS says
ORDER BY versions DESC, key
LIMIT $most
