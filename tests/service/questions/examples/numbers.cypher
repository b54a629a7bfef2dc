/*
title: Numbers
about: Which numbers are there?
timeless: Numbers are there on every day.
params:
  size: {type: integer, about: The last of them, example: 3}
  slow_after: {type: integer, about: A number after which all takes long, optional: true}
returns:
  number: {type: integer, about: The number}
  text: {type: string, about: A text of some length}
order: [number]
pages: own
*/
WITH coalesce($after[0], 0) AS last
UNWIND range(1, CASE WHEN last >= $slow_after THEN 1000000000 ELSE 1 END) AS turn
WITH last, count(turn) AS turns
UNWIND range(last + 1, $size) AS number
WITH number
LIMIT $row_limit
WITH number
WHERE $known_at IS NOT NULL
RETURN number AS number,
       'number ' + toString(number) + ' of those that are there' AS text
