// The change set itself, and the instant it makes readable.
MATCH (g:Graph {id: 1})
SET g.recorded_at = $recorded_at
CREATE (:ChangeSet {
  recorded_at: $recorded_at,
  author: $author,
  reason: $reason,
  idempotency_key: $idempotency_key,
  request_id: $request_id,
  body: $body,
  answer: $answer
})
