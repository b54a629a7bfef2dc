// Days and spans whose first bound is after their last, and windows of sources that end before they begin.
MATCH (v:Version)
WHERE v.recorded_from <= $known_at < v.recorded_until
WITH v, [name IN ['', 'speaks_of_'] WHERE
       v[name + 'begins_earliest'] > v[name + 'begins_latest']
       OR v[name + 'begins_earliest'] >= v[name + 'ends_latest']
       OR v[name + 'ends_earliest'] > v[name + 'presumed_until']
       OR v[name + 'presumed_until'] > v[name + 'ends_latest'] | name + 'begins, ' + name + 'ends']
     + [name IN ['day', 'effect_day', 'made_on', 'published'] WHERE v[name + '_earliest'] > v[name + '_latest']]
     + [name IN ['covers'] WHERE v.covers_from >= v.covers_until] AS reversed
WHERE reversed <> []
RETURN v.key AS key,
       reduce(s = reversed[0], name IN reversed[1..] | s + ', ' + name) AS says
ORDER BY key
LIMIT $most
