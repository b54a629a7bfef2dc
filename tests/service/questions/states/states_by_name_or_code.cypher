/*
title: States by name or code
about: Which state does a text name?
params:
  text: {type: string, about: A code or a name, example: Russia}
returns:
  state: {type: key, about: The state}
  name: {type: string, about: Its name}
  matched_by: {type: string, about: How it was found}
  rank: {type: integer, about: The less the better}
order: [rank, state]
*/
UNWIND [['RUS', 'Russia', 'RU'], ['PRK', 'North Korea', 'KP'], ['COD', 'Congo', 'CD'], ['COG', 'Congo', 'CG']] AS known
WITH known, CASE WHEN $text IN known THEN 'name' WHEN left(known[0], 2) = left($text, 2) THEN 'near' END AS how
WHERE how IS NOT NULL AND $known_at IS NOT NULL AND $on IS NOT NULL
RETURN known[0] AS state,
       known[1] AS name,
       how AS matched_by,
       0 AS rank
