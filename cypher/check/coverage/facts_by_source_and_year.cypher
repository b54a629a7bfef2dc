// How many facts each source states, by the year of the day they speak of: of a span its begin. A year that is null has
// those that speak of no day, or whose begin nobody knows.
MATCH (source:Source)<-[:ATTESTED_BY]-(v)
WHERE v.recorded_from <= $known_at < v.recorded_until
WITH DISTINCT source, v
WITH source, v,
     coalesce(v.day_earliest, v.begins_earliest, v.speaks_of_begins_earliest, v.made_on_earliest) AS day
WITH source, CASE WHEN day > date('0001-01-01') THEN day END AS day
RETURN source.key AS source,
       day.year AS year,
       count(*) AS facts,
       toString(min(day)) AS first,
       toString(max(day)) AS last
ORDER BY source, year
LIMIT $most
