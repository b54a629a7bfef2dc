// The change set of an instant.
MATCH (c:ChangeSet {recorded_at: $instant})
RETURN c.recorded_at AS recorded_at,
       c.author AS author,
       c.reason AS reason,
       c.request_id AS request_id,
       c.answer AS answer
