// Change sets after one instant and up to another, the earliest first.
MATCH (c:ChangeSet)
WHERE $after < c.recorded_at <= $until
RETURN c.recorded_at AS recorded_at,
       c.author AS author,
       c.reason AS reason,
       c.request_id AS request_id,
       c.answer AS answer
ORDER BY c.recorded_at
LIMIT $limit
