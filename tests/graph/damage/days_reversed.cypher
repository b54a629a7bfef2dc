// ALD-BRE.1892-crowns.entry | day
// claim.01 | made_on
// fish-house | covers
// statehood.ALD | begins, ends
MATCH (span:Statehood {key: 'statehood.ALD', recorded_until: $open})
MATCH (point:Act {key: 'ALD-BRE.1892-crowns.entry', recorded_until: $open})
MATCH (claim:Claim {key: 'claim.01', recorded_until: $open})
MATCH (source:Description {key: 'fish-house', recorded_until: $open})
SET span.ends_latest = span.begins_earliest,
    point.day_earliest = point.day_latest + duration('P1D'),
    claim.made_on_latest = claim.made_on_earliest - duration('P1D'),
    source.covers_until = source.covers_from
