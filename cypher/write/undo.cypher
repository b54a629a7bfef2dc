// A change set with the versions that it wrote, each with the version before it as it is stored. No row where there is
// no such change set; one without a key where it wrote no version.
MATCH (:ChangeSet {recorded_at: $instant})
OPTIONAL MATCH (v:Version {recorded_from: $instant})-[:VERSION_OF]->(t:Thing)
OPTIONAL MATCH (before:Version {key: v.key, version: v.version - 1})
RETURN t.key AS key,
       v.version AS version,
       v.recorded_until = $open AS current,
       CASE WHEN before IS NOT NULL THEN {
         key: t.key,
         labels: labels(t) + labels(before),
         fields: properties(before),
         links: [(before)-[l]->(to:Thing) WHERE type(l) <> 'VERSION_OF' | {type: type(l), to: to.key, fields: properties(l)}]
       } END AS before
ORDER BY key
