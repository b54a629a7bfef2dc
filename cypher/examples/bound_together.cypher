// With whom a state is party to how many agreements on a day.
MATCH (a:Actor {key: $state})-[p:PARTY_TO]->(agreement:Agreement)<-[q:PARTY_TO]-(other:Actor)
WHERE other <> a
  AND p.holds_from <= $on < p.holds_until AND p.recorded_from <= $known_at < p.recorded_until
  AND q.holds_from <= $on < q.holds_until AND q.recorded_from <= $known_at < q.recorded_until
RETURN other.key AS other,
       count(DISTINCT agreement) AS agreements
