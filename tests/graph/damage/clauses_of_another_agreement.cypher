// narrow-sea.1920-pact.1.defence | salt.1950-convention.1 is of salt.1950-convention
MATCH (v:Commitment {key: 'narrow-sea.1920-pact.1.defence', recorded_until: $open})-[its:ARISES_FROM]->()
MATCH (other:Provision {key: 'salt.1950-convention.1'})
DELETE its
CREATE (v)-[:ARISES_FROM]->(other)
