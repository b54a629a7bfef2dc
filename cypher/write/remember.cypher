// A change set that changed nothing and has an idempotency key: the same again must not write later either. It has no
// instant of its own.
CREATE (:ChangeSet {
  author: $author,
  reason: $reason,
  idempotency_key: $idempotency_key,
  request_id: $request_id,
  body: $body,
  answer: $answer
})
