// ghost | version 1
// statehood.ALD | version 1
MATCH (:Statehood {key: 'statehood.ALD', recorded_until: $open})-[of:VERSION_OF]->()
MATCH (other:Statehood {key: 'statehood.EMO', recorded_until: $open})
DELETE of
SET other.key = 'ghost'
