// troops | PART_OF
MATCH (v:Contribution {key: 'troops', recorded_until: $open})-[:VERSION_OF]->(t)
CREATE (v)-[:PART_OF]->(t)
