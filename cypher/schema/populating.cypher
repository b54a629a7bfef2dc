// How many indexes are still being filled and answer nothing yet.
SHOW INDEXES YIELD state
WHERE state = 'POPULATING'
RETURN count(*) AS indexes
