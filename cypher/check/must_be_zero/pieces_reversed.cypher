// Derived relationships that hold until before they hold.
MATCH ()-[p:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]->()
WHERE p.recorded_from <= $known_at < p.recorded_until
  AND (NOT p.holds_from < p.holds_until OR p.holds_from IS NULL OR p.holds_until IS NULL)
RETURN coalesce(p.unit, 'without a unit') AS key,
       type(p) + ' from ' + coalesce(toString(p.holds_from), 'no day') + ' until '
         + coalesce(toString(p.holds_until), 'no day') AS says
ORDER BY key, says
LIMIT $most
