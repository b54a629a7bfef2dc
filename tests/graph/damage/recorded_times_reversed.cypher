// statehood.ALD | version 1
MATCH (v:Statehood {key: 'statehood.ALD', recorded_until: $open})
SET v.recorded_until = v.recorded_from
