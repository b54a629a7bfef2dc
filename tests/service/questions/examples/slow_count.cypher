/*
title: A slow count
about: How long does it take to count?
timeless: It counts numbers.
params:
  size: {type: integer, about: How far, example: 10}
returns:
  count: {type: integer, about: How many}
order: [count]
*/
UNWIND range(1, $size) AS a
UNWIND range(1, $size) AS b
WITH count(sin(a) + b) AS count
WHERE $known_at IS NOT NULL
RETURN count AS count
