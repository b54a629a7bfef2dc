// What the import tool leaves out of versions: a list that is empty. `lists` says which labels have which.
UNWIND $lists AS list
MATCH (v:Version)-[:VERSION_OF]->(t:Thing)
WHERE (list.label IN labels(t) OR list.label IN labels(v)) AND v[list.name] IS NULL
CALL (v, list) {
  SET v[list.name] = []
} IN TRANSACTIONS OF 50000 ROWS
