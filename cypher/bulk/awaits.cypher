// What the import tool leaves out of derived relationships: a list that is empty.
MATCH ()-[p:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]->()
WHERE p.awaits IS NULL
CALL (p) {
  SET p.awaits = []
} IN TRANSACTIONS OF 50000 ROWS
