// What was recorded at an instant, by key; of a fact that was withdrawn the version before tells the label.
MATCH (v:Version {recorded_from: $recorded_at})-[:VERSION_OF]->(t:Thing)
OPTIONAL MATCH (t)<-[:VERSION_OF]-(before:Version {recorded_until: $recorded_at})
RETURN t.key AS key,
       labels(t) + labels(v) + CASE WHEN v:Withdrawal THEN coalesce(labels(before), []) ELSE [] END AS labels,
       v.version AS version,
       CASE WHEN v:Withdrawal THEN 'withdrawn' WHEN v.version = 1 THEN 'created' ELSE 'corrected' END AS change,
       v.reason AS reason,
       v.replaced_by AS replaced_by
ORDER BY key
