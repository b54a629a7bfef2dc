// Facts that say, word for word and by the same sources, what another fact says.
MATCH (v:Version)
WHERE v.recorded_from <= $known_at < v.recorded_until
  AND NOT v:Description AND NOT v:Withdrawal
WITH v.content AS content, count(*) AS times, min(v.key) AS key, max(v.key) AS last
WHERE times > 1
RETURN key AS key,
       toString(times) + ' facts, one of them ' + last AS says
ORDER BY times DESC, key
LIMIT $most
