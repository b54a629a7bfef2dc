/*
title: History of a fact or entity
about: Which versions of a fact or entity were recorded, when, by whom and why, which of them took it back, and what did each change?
timeless: A history is told by when things were recorded, whatever days they speak of.
path: /facts/{fact}/history
params:
  fact: {type: record, about: Key of the fact or entity, example: PRK-RUS.2024-strategic-partnership.4.defence}
returns:
  version:        {type: integer, about: "Number of the version, from 1"}
  recorded_from:  {type: instant, about: When it was recorded}
  recorded_until: {type: instant, about: "When the next took its place; nothing while it stands, as far as was known", optional: true}
  label:          {type: string, about: "What it is, such as State or Act"}
  withdrawn:      {type: boolean, about: Whether this version takes it back}
  reason:         {type: string, about: "Why it is taken back, where it is", optional: true}
  replaced_by:    {type: key, about: "What stands in its place, where it was merged into another", optional: true}
  author:         {type: string, about: Who wrote the change set}
  change:         {type: string, about: Why the change set was written}
  added:          {type: list of string, about: "What this version says and the one before did not: fields, and links with what they lead to"}
  removed:        {type: list of string, about: "What the one before said and this one does not"}
  fact:           {type: thing, about: The fact or entity}
order: [version]
*/
MATCH (fact:Thing {key: $fact})<-[:VERSION_OF]-(v)
// Whatever was recorded since is left out, and with it that a version has ended.
WHERE v.recorded_from <= $known_at
WITH fact, v,
     // Bounds of days follow from the days as written, and are no news.
     COLLECT {
       UNWIND keys(v) AS name
       WITH name
       WHERE NOT name IN ['key', 'version', 'content', 'recorded_from', 'recorded_until', 'reason', 'replaced_by']
         AND NOT name ENDS WITH '_earliest' AND NOT name ENDS WITH '_latest' AND NOT name ENDS WITH 'presumed_until'
       UNWIND [] + v[name] AS value
       RETURN name + ': ' + toString(value) AS one
       ORDER BY one
     }
     + COLLECT {
       MATCH (v)-[link]->(to:Thing)
       WHERE type(link) <> 'VERSION_OF'
       WITH link, to, COLLECT {
              UNWIND keys(link) AS name
              RETURN name + ' ' + toString(link[name]) AS one
              ORDER BY one
            } AS fields
       RETURN toLower(replace(type(link), '_', ' ')) + ': ' + to.key + reduce(s = '', one IN fields | s + ', ' + one) AS one
       ORDER BY one
     } AS says
ORDER BY v.version
WITH fact, collect({v: v, says: says}) AS versions
// What kind a fact is stands on its versions, and not on one that takes it back.
WITH fact, versions, head([l IN labels(fact) + reduce(ls = [], one IN versions | ls + labels(one.v))
       WHERE NOT l IN ['Thing', 'Fact', 'Actor', 'Version', 'Description', 'Withdrawal']]) AS label
UNWIND range(0, size(versions) - 1) AS i
WITH fact, label, versions[i].v AS v, versions[i].says AS says,
     CASE i WHEN 0 THEN [] ELSE versions[i - 1].says END AS before
MATCH (change:ChangeSet {recorded_at: v.recorded_from})
RETURN v.version AS version,
       v.recorded_from AS recorded_from,
       CASE WHEN v.recorded_until <= $known_at THEN v.recorded_until END AS recorded_until,
       label AS label,
       v:Withdrawal AS withdrawn,
       v.reason AS reason,
       v.replaced_by AS replaced_by,
       change.author AS author,
       change.reason AS change,
       [one IN says WHERE NOT one IN before] AS added,
       [one IN before WHERE NOT one IN says] AS removed,
       fact.key AS fact
