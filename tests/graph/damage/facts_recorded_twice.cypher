// statehood.ALD | 2 facts, one of them statehood.EMO
MATCH (v:Statehood {key: 'statehood.ALD', recorded_until: $open})
MATCH (other:Statehood {key: 'statehood.EMO', recorded_until: $open})
SET other.content = v.content
