/*
title: Values of every type
about: What do the values of every type look like?
params:
  state: {type: state, about: A state, example: RUS}
  kind: {type: list of commitment_kind, about: Kinds, optional: true, example: [defence, neutrality]}
  count: {type: integer, about: How many rows, optional: true, example: 2}
  since: {type: day, about: A day, optional: true}
returns:
  number: {type: integer, about: The number of the row}
  text: {type: string, about: A text}
  absent: {type: string, about: Nothing, optional: true}
  flag: {type: boolean, about: Whether it is even}
  share: {type: number, about: A number that is not whole}
  day: {type: day, about: A day}
  at: {type: instant, about: An instant}
  words: {type: list of string, about: Words}
  kinds: {type: list of commitment_kind, about: What was asked}
  evidence: {type: list of evidence, about: Sources}
  state: {type: state, about: What was asked}
order: [number]
*/
UNWIND range(1, coalesce($count, 2)) AS number
WITH number
WHERE $known_at IS NOT NULL AND $on IS NOT NULL
RETURN number AS number,
       ['=1+1', 'a "quoted", текст'][number % 2] AS text,
       null AS absent,
       number % 2 = 0 AS flag,
       number / 2.0 AS share,
       toString(coalesce($since, $on)) AS day,
       datetime('2024-06-19T12:00:00.5+09:00') AS at,
       ['one', 'two'] AS words,
       coalesce($kind, []) AS kinds,
       [{source: 'tass', locator: 'art. 4', quote: 'all means'}, {source: 'kcna', locator: null, quote: null}] AS evidence,
       $state AS state
