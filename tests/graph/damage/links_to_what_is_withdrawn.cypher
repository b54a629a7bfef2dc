// troops | FOLLOWS to lights.1925-convention.NTA
MATCH (v:Contribution {key: 'troops', recorded_until: $open})
MATCH (gone:Withdrawal {recorded_until: $open})-[:VERSION_OF]->(t)
WITH v, t
ORDER BY t.key
LIMIT 1
CREATE (v)-[:FOLLOWS]->(t)
