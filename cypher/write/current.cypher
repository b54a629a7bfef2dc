// What is recorded now under these keys.
UNWIND $keys AS key
MATCH (t:Thing {key: key})
OPTIONAL MATCH (t)<-[:VERSION_OF]-(v:Version {recorded_until: $open})
// One row for all of them: the driver takes many rows much more slowly.
RETURN collect({
  key: key,
  labels: labels(t) + coalesce(labels(v), []),
  version: v.version,
  content: v.content,
  withdrawn: coalesce(v:Withdrawal, true),
  replaced_by: v.replaced_by
}) AS recorded
