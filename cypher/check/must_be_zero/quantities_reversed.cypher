// Quantities whose low is above their best or high, or whose best is above their high.
MATCH (v:Version)
WHERE v.recorded_from <= $known_at < v.recorded_until
  AND (v.quantity_low > v.quantity_best OR v.quantity_best > v.quantity_high OR v.quantity_low > v.quantity_high)
RETURN v.key AS key,
       coalesce(toString(v.quantity_low), '') + ' <= ' + coalesce(toString(v.quantity_best), '') + ' <= '
         + coalesce(toString(v.quantity_high), '') + ' ' + coalesce(v.quantity_unit, '') AS says
ORDER BY key
LIMIT $most
