// The change sets in which one of these pieces of text stands.
MATCH (c:ChangeSet)
WHERE any(text IN [c.author, c.reason, c.idempotency_key, c.body, c.answer] WHERE any(piece IN $pieces WHERE toLower(text) CONTAINS piece))
RETURN elementId(c) AS id,
       c.recorded_at AS recorded_at,
       c.author AS author,
       c.reason AS reason,
       c.idempotency_key AS idempotency_key,
       c.body AS body,
       c.answer AS answer
ORDER BY recorded_at, id
