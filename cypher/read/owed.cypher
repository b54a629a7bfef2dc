// What these owed to whom, of some kinds and as sure as this, in a state of knowledge, piece by piece.
UNWIND $bearers AS bearer
MATCH ()-[c:COMMITS_TO]->()
WHERE c.bearer = bearer AND c.holds_from IS NOT NULL AND c.holds_until IS NOT NULL
  AND c.recorded_from <= $known_at < c.recorded_until
  AND c.kind IN $kinds AND c.in_force IN $in_force AND c.binding IN $binding
RETURN c.bearer AS bearer,
       c.beneficiary AS beneficiary,
       c.agreement AS agreement,
       c.kind AS kind,
       c.in_force AS in_force,
       c.holds_from AS holds_from,
       c.holds_until AS holds_until
