// ALD | State without name
// ALD-BRE.1892-crowns.entry | Act without day_latest, kind, ON
// iso3.ALD | a record of no label of the model
MATCH (v:Act {key: 'ALD-BRE.1892-crowns.entry', recorded_until: $open})-[its:ON]->()
MATCH (state:Description {key: 'ALD', recorded_until: $open})
MATCH (code:Identifier {key: 'iso3.ALD', recorded_until: $open})
REMOVE v.kind, v.day_latest, state.name, code:Identifier
DELETE its
