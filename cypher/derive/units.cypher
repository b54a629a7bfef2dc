// Every unit there is, for a rebuild from nothing: agreements, political commitments, holders of offices and memberships.
MATCH (t:Agreement)
RETURN t.key AS unit
UNION
MATCH (v:Commitment {recorded_until: $open})
WHERE NOT (v)-[:UNDER]->()
RETURN v.key AS unit
UNION
MATCH (v:Tenure {recorded_until: $open})-[:OF]->(t:Thing)
RETURN t.key AS unit
UNION
MATCH (v:Membership {recorded_until: $open})-[:OF]->(t:Thing)
RETURN t.key AS unit
UNION
MATCH ()-[p:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]->()
WHERE p.recorded_until = $open
RETURN DISTINCT p.unit AS unit
