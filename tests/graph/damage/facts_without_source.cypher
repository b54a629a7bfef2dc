// statehood.ALD | Statehood
MATCH (:Statehood {key: 'statehood.ALD', recorded_until: $open})-[stated:ATTESTED_BY]->()
DELETE stated
