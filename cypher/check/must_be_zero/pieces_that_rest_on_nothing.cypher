// Facts that derived relationships name as what they rest on, and that are not recorded or only claimed.
MATCH ()-[p:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]->()
WHERE p.recorded_from <= $known_at < p.recorded_until
UNWIND CASE p.rests_on WHEN [] THEN ['nothing'] ELSE coalesce(p.rests_on, ['nothing']) END AS fact
WITH fact, count(*) AS pieces, min(p.unit) AS unit
WHERE NOT EXISTS {
  MATCH (t:Thing {key: fact})<-[:VERSION_OF]-(v)
  USING INDEX t:Thing(key)
  WHERE v.recorded_from <= $known_at < v.recorded_until
    AND NOT v:Withdrawal AND v.standing = 'asserted'
}
RETURN fact AS key,
       toString(pieces) + ' derived relationships, one of ' + coalesce(unit, 'no unit') AS says
ORDER BY pieces DESC, key
LIMIT $most
