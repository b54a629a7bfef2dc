// New identities.
UNWIND $rows AS row
CREATE (:Thing:$(row.labels) {key: row.key})
