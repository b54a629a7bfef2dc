/*
title: Who meets whom
about: What do rows that join two things look like, whatever their texts hold?
params:
  state: {type: state, about: A state, example: RUS}
  text: {type: string, about: "What is said, with any characters", example: "1 < 2 & “so on”"}
returns:
  number: {type: integer, about: The number of the meeting}
  other: {type: list of state, about: Whom it meets, optional: true}
  host: {type: state, about: Who invites, optional: true}
  host_name: {type: string, about: Its name, optional: true}
  label: {type: string, about: What is said}
  from: {type: string, about: From where}
  share: {type: number, about: A number that is not whole}
  sure: {type: boolean, about: Whether it is sure}
  day: {type: day, about: Its day, optional: true}
order: [number]
edge: {from: $state, to: other, label: label}
calendar: {day: day, summary: label, description: from}
*/
UNWIND [
  {number: 1, other: ['PRK', 'COD'], host: 'PRK', name: 'North Korea', day: toString($on)},
  {number: 2, other: ['COG'], host: null, name: null, day: '2024-02-29'},
  {number: 3, other: null, host: 'RUS', name: 'Russia', day: null}
] AS one
WITH one
WHERE $known_at IS NOT NULL AND $state IS NOT NULL
RETURN one.number AS number,
       one.other AS other,
       one.host AS host,
       one.name AS host_name,
       $text AS label,
       'Moscow' AS from,
       one.number / 2.0 AS share,
       one.number = 1 AS sure,
       one.day AS day
