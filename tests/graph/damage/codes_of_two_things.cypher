// iso2.MOR | iso2:MV is MOR and QUI
MATCH (v:Identifier {key: 'iso2.QUI', recorded_until: $open})
MATCH (other:Identifier {key: 'iso2.MOR', recorded_until: $open})
SET v.code = other.code
