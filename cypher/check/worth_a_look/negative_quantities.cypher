// Quantities below zero: of money a return, of all else a mistake.
MATCH (v:Version)
WHERE v.recorded_from <= $known_at < v.recorded_until
  AND coalesce(v.quantity_low, v.quantity_best, v.quantity_high) < 0
RETURN v.key AS key,
       toString(coalesce(v.quantity_low, v.quantity_best, v.quantity_high)) + ' ' + v.quantity_unit AS says
ORDER BY coalesce(v.quantity_low, v.quantity_best, v.quantity_high), key
LIMIT $most
