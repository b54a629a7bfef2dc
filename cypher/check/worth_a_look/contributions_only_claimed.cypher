// Contributions that are there only because claims are about them.
MATCH (v:Contribution)
WHERE v.recorded_from <= $known_at < v.recorded_until
  AND v.standing = 'only_claimed'
RETURN v.key AS key,
       v.text AS says
ORDER BY key
LIMIT $most
