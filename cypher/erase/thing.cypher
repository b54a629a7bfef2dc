// What is recorded under a key, and when it was erased if it was.
OPTIONAL MATCH (t:Thing {key: $key})
OPTIONAL MATCH (e:Erasure {hash: $hash})
RETURN labels(t) AS labels, e.erased_at AS erased_at
