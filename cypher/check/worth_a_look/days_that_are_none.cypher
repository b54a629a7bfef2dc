// Days as a table writes them where it knows none: the first there is, or one of the year 9999.
MATCH (v:Version)
WHERE v.recorded_from <= $known_at < v.recorded_until
WITH v, [written IN [v.day_edtf, v.effect_day_edtf, v.made_on_edtf, v.begins, v.ends, v.speaks_of_begins, v.speaks_of_ends]
       WHERE written = '0001-01-01' OR written STARTS WITH '9999'] AS none
WHERE none <> []
RETURN v.key AS key,
       [label IN labels(v) WHERE label <> 'Version'][0] + ' ' + none[0] AS says
ORDER BY key
LIMIT $most
