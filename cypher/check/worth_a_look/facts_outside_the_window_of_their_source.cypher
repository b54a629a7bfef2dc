// Facts that speak of days which the source that states them does not mean to cover.
MATCH (source:Source)<-[:VERSION_OF]-(described:Description)
WHERE described.recorded_from <= $known_at < described.recorded_until
  AND described.covers_until IS NOT NULL
MATCH (source)<-[:ATTESTED_BY]-(v)
WHERE v.recorded_from <= $known_at < v.recorded_until
WITH DISTINCT source, described, v,
     coalesce(v.day_earliest, v.begins_earliest, v.speaks_of_begins_earliest, v.made_on_earliest) AS first,
     coalesce(v.day_latest, v.ends_latest, v.speaks_of_ends_latest, v.made_on_latest) AS last
WHERE first >= described.covers_until OR last < described.covers_from
RETURN v.key AS key,
       source.key + ' covers ' + coalesce(toString(described.covers_from), '..') + ' to '
         + toString(described.covers_until) + ', this is of ' + toString(first) AS says
ORDER BY key, says
LIMIT $most
