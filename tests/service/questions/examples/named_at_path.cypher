/*
title: A state at its own address
about: What is the state in the path?
params:
  state: {type: state, about: A state, example: RUS}
  word: {type: commitment_kind, about: A word, optional: true, example: defence}
returns:
  state: {type: state, about: What was asked}
  word: {type: string, about: What was asked, optional: true}
order: [state]
path: /named/{state}
*/
WITH $state AS state
WHERE $known_at IS NOT NULL AND $on IS NOT NULL
RETURN state AS state,
       $word AS word
