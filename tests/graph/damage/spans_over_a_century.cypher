// tenure.reve.secretary | 1700 to 1925
MATCH (v:Tenure {key: 'tenure.reve.secretary', recorded_until: $open})
SET v.begins = '1700',
    v.begins_latest = date('1700-12-31'),
    v.ends = '1925',
    v.ends_earliest = date('1925-01-01'),
    v.ends_latest = date('1926-01-01')
