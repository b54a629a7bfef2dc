// The key itself, where something with this label has it and is not withdrawn in that state of knowledge.
MATCH (t:Thing {key: $key})<-[:VERSION_OF]-(v:Version)
WHERE $label IN labels(t) AND NOT v:Withdrawal
  AND v.recorded_from <= $known_at < v.recorded_until
RETURN t.key AS key
