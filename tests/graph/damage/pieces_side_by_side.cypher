// ALD-CAS.1911-trade | PARTY_TO of ALD and ALD-CAS.1911-trade from 1911-02-10
MATCH (party:State {key: 'ALD'})-[p:PARTY_TO {unit: 'ALD-CAS.1911-trade', recorded_until: $open}]->(agreement)
WITH party, p, agreement
ORDER BY p.holds_from
LIMIT 1
CREATE (party)-[again:PARTY_TO]->(agreement)
SET again = p
