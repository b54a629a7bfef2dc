// Agreements that nobody is, was or waits to become a party to.
MATCH (agreement:Agreement)<-[:VERSION_OF]-(described:Description)
WHERE described.recorded_from <= $known_at < described.recorded_until
  AND NOT EXISTS {
    MATCH (agreement)<-[p:PARTY_TO]-()
    WHERE p.recorded_from <= $known_at < p.recorded_until
  }
RETURN agreement.key AS key,
       described.title AS says
ORDER BY key
LIMIT $most
