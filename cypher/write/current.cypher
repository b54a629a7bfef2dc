// What is recorded now under these keys.
UNWIND $keys AS key
MATCH (t:Thing {key: key})
OPTIONAL MATCH (t)<-[:VERSION_OF]-(v:Version {recorded_until: $open})
RETURN key,
       labels(t) + coalesce(labels(v), []) AS labels,
       v.version AS version,
       v.content AS content,
       coalesce(v:Withdrawal, true) AS withdrawn,
       v.replaced_by AS replaced_by
