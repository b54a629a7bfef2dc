// Facts that are there only because claims are about them, and that no claim is about.
MATCH (v:Version)-[:VERSION_OF]->(t:Thing)
WHERE v.recorded_from <= $known_at < v.recorded_until
  AND v.standing = 'only_claimed'
  AND NOT EXISTS {
    MATCH (t)<-[:ABOUT]-(claim:Claim)
    WHERE claim.recorded_from <= $known_at < claim.recorded_until
  }
RETURN v.key AS key,
       [label IN labels(v) WHERE label <> 'Version'][0] AS says
ORDER BY key
LIMIT $most
