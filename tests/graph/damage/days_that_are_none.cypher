// ALD-BRE.1892-crowns.entry | Act 9999-12-31
// statehood.ALD | Statehood 0001-01-01
MATCH (act:Act {key: 'ALD-BRE.1892-crowns.entry', recorded_until: $open})
MATCH (span:Statehood {key: 'statehood.ALD', recorded_until: $open})
SET act.day_edtf = '9999-12-31',
    span.begins = '0001-01-01'
