/*
title: Guarantors of a state
about: Who owes this state defence on a day, and by how many commitments?
params:
  state: {type: state, about: The state that would be defended, example: RUS}
returns:
  bearer:      {type: actor, about: Who owes it}
  commitments: {type: integer, about: By how many commitments}
order: [bearer]
tags: [defence, example]
*/
MATCH (bearer:Actor)-[c:COMMITS_TO]->(:Actor)
WHERE c.beneficiary = $state
  AND c.holds_from <= $on < c.holds_until
  AND c.recorded_from <= $known_at < c.recorded_until
  AND c.kind = 'defence'
RETURN bearer.key AS bearer,
       count(*) AS commitments
