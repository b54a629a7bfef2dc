// ALD | 503 versions of INSTANT
MATCH (told:ChangeSet)
WITH told
ORDER BY told.recorded_at
LIMIT 1
DELETE told
