// Spans that have an end which nobody knows.
MATCH (v:Version)
WHERE v.recorded_from <= $known_at < v.recorded_until
  AND v.ends = 'unknown'
RETURN v.key AS key,
       v.begins + ' to ' + v.ends AS says
ORDER BY v.begins_earliest, key
LIMIT $most
