// ALD-CAS.1911-trade | PARTY_TO from 1911-02-10 until 1911-02-10
MATCH (:State {key: 'ALD'})-[p:PARTY_TO {unit: 'ALD-CAS.1911-trade', recorded_until: $open}]->()
WITH p
ORDER BY p.holds_from
LIMIT 1
SET p.holds_until = p.holds_from
