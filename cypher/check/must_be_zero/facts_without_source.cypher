// Facts that no source states.
MATCH (v:Version)
WHERE v.recorded_from <= $known_at < v.recorded_until
  AND NOT v:Description AND NOT v:Withdrawal
  AND NOT EXISTS { (v)-[:ATTESTED_BY]->() }
RETURN v.key AS key,
       [label IN labels(v) WHERE label <> 'Version'][0] AS says
ORDER BY key
LIMIT $most
