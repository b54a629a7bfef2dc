// The key itself, where something with this label has it and is not withdrawn in that state of knowledge. What kind a
// fact is stands on its versions. A record is whatever was recorded, withdrawn or not.
MATCH (t:Thing {key: $key})<-[:VERSION_OF]-(v:Version)
WHERE ($label = 'Record' OR $label IN labels(t) + labels(v) AND NOT v:Withdrawal)
  AND v.recorded_from <= $known_at < v.recorded_until
RETURN t.key AS key
