// ghost | 3 derived relationships, one of ALD-CAS.1911-trade
MATCH (:State {key: 'ALD'})-[p:PARTY_TO {unit: 'ALD-CAS.1911-trade', recorded_until: $open}]->()
SET p.rests_on = ['ghost']
