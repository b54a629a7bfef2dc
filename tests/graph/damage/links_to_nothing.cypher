// troops | FOLLOWS to ghost
// troops | FOLLOWS to no thing
MATCH (v:Contribution {key: 'troops', recorded_until: $open})
CREATE (v)-[:FOLLOWS]->(:Thing:Fact {key: 'ghost'})
CREATE (v)-[:FOLLOWS]->(:Fact)
