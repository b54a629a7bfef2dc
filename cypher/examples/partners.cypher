// Who owes defence to a state on a day, and by how many commitments.
MATCH (bearer:Actor)-[c:COMMITS_TO]->(:Actor)
WHERE c.beneficiary = $state
  AND c.holds_from <= $on < c.holds_until
  AND c.recorded_from <= $known_at < c.recorded_until
  AND c.kind = 'defence'
RETURN bearer.key AS bearer,
       count(*) AS commitments
ORDER BY commitments DESC, bearer
