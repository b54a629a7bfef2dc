// The key itself, where something with this label that is not withdrawn has it.
MATCH (t:Thing {key: $key})<-[:VERSION_OF]-(v:Version {recorded_until: $open})
WHERE $label IN labels(t) AND NOT v:Withdrawal
RETURN t.key AS key
