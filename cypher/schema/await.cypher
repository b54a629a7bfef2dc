// Wait until every index answers; 300 seconds at most.
CALL db.awaitIndexes(300)
