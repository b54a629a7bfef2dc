// Spans that surely last longer than a hundred years, but for codes and episodes of statehood.
MATCH (v:Version)
WHERE v.recorded_from <= $known_at < v.recorded_until
  AND NOT v:Identifier AND NOT v:Statehood
  AND v.begins_latest > date('0001-01-01') AND v.ends_latest < date('9999-12-31')
  AND v.begins_latest + duration('P100Y') < v.ends_earliest
RETURN v.key AS key,
       v.begins + ' to ' + v.ends AS says
ORDER BY duration.inDays(v.begins_latest, v.ends_earliest).days DESC, key
LIMIT $most
