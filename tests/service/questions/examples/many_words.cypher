/*
title: Many words
about: Which words are given?
timeless: Words are given on every day.
params:
  state: {type: state, about: A state, example: RUS}
  word: {type: list of string, about: Words, example: [one, two]}
returns:
  number: {type: integer, about: Its number}
  word: {type: string, about: The word}
order: [number]
*/
UNWIND range(1, size($word)) AS number
WITH number
WHERE $known_at IS NOT NULL AND $state IS NOT NULL
RETURN number AS number,
       $word[number - 1] AS word
