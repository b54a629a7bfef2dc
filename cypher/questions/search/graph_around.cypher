/*
title: Graph around something
about: What is a state, an organization, an official, an office, an organ or an agreement joined to on a day, and what are its neighbours joined to? One row is one line of a picture, and commitments of one to another are one line.
path: /graph
params:
  around: {type: thing, about: "Key of any entity, or whatever names one", example: PRK}
  depth:  {type: integer, about: "1 for its own lines, the default; 2 for those of the 20 it is joined to most as well, of whom each is drawn with its first 1,000 relationships", optional: true, bounds: [1, 2]}
returns:
  from:       {type: thing, about: Where the line begins}
  from_label: {type: string, about: What that is}
  from_name:  {type: string, about: Its name or title as known, optional: true}
  to:         {type: thing, about: Where the line ends}
  to_label:   {type: string, about: What that is}
  to_name:    {type: string, about: Its name or title as known, optional: true}
  label:      {type: string, about: "commits to, party to, holds, belongs to, or of (whose office or organ it is)"}
  kinds:      {type: list of commitment_kind, about: "What the one owes the other, where it does"}
  in_force:   {type: in_force, about: "How sure it is on that day, the surest where several are one line; nothing for what has no days", optional: true}
  count:      {type: integer, about: How many relationships this line stands for}
  facts:      {type: list of key, about: "The facts behind it, the first 10"}
  depth:      {type: integer, about: 1 where it touches what was asked about}
  left_off:   {type: integer, about: "How many lines more there are from or to the one it was drawn for; 100 are drawn for each, those that stand for most first"}
order: [depth, from, to, label]
covered_by: [Commitment, Act, Tenure, Membership]
edge: {from: from, to: to, label: label}
*/
MATCH (around:Thing {key: $around})
WITH around, CASE WHEN coalesce($depth, 1) = 1 THEN [] ELSE COLLECT {
       MATCH (around)-[e:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]-(other:Thing)
       WHERE e.holds_from <= $on < e.holds_until
         AND e.recorded_from <= $known_at < e.recorded_until
       WITH other, count(*) AS number
       ORDER BY number DESC, other.key
       LIMIT 20
       RETURN other
     } END AS near
UNWIND [around] + near AS node
CALL (around, node) {
  CALL (around, node) {
    WITH around, node
    WHERE node = around
    MATCH (node)-[e:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]-(:Thing)
    WHERE e.holds_from <= $on < e.holds_until
      AND e.recorded_from <= $known_at < e.recorded_until
    RETURN startNode(e) AS a, endNode(e) AS b, type(e) AS type, e
    UNION ALL
    // Twenty neighbours may each have ten thousand.
    WITH around, node
    WHERE node <> around
    MATCH (node)-[e:PARTY_TO|COMMITS_TO|HELD|BELONGED_TO]-(:Thing)
    WHERE e.holds_from <= $on < e.holds_until
      AND e.recorded_from <= $known_at < e.recorded_until
    RETURN startNode(e) AS a, endNode(e) AS b, type(e) AS type, e
    LIMIT 1000
    UNION ALL
    MATCH (node)<-[:VERSION_OF]-(d:Description)-[:OF]->(owner:Actor)
    WHERE d.recorded_from <= $known_at < d.recorded_until
    RETURN node AS a, owner AS b, 'OF' AS type, null AS e
  }
  WITH a, b, type, collect(e) AS relationships
  ORDER BY size(relationships) DESC, a.key, b.key, type
  WITH collect({a: a, b: b, type: type, relationships: relationships}) AS lines
  UNWIND lines[..100] AS line
  RETURN line, size(lines) - size(lines[..100]) AS left_off
}
WITH around, line.a AS a, line.b AS b, line.type AS type, line.relationships AS relationships, left_off,
     CASE WHEN around IN [line.a, line.b] THEN 1 ELSE 2 END AS depth
// A line between two that were both drawn is one; it is told as the one that has all of it.
ORDER BY size(relationships) DESC, left_off
WITH a, b, type, depth, head(collect({relationships: relationships, left_off: left_off})) AS line
WITH a, b, type, depth, line.relationships AS relationships, line.left_off AS left_off
RETURN a.key AS from,
       head([l IN labels(a) WHERE NOT l IN ['Thing', 'Actor']]) AS from_label,
       head(COLLECT {
         MATCH (a)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN coalesce(d.name, d.title)
       }) AS from_name,
       b.key AS to,
       head([l IN labels(b) WHERE NOT l IN ['Thing', 'Actor']]) AS to_label,
       head(COLLECT {
         MATCH (b)<-[:VERSION_OF]-(d:Description)
         WHERE d.recorded_from <= $known_at < d.recorded_until
         RETURN coalesce(d.name, d.title)
       }) AS to_name,
       {
         PARTY_TO: 'party to', COMMITS_TO: 'commits to', HELD: 'holds', BELONGED_TO: 'belongs to', OF: 'of'
       }[type] AS label,
       COLLECT {
         UNWIND relationships AS e
         WITH e
         WHERE e.kind IS NOT NULL
         RETURN DISTINCT e.kind AS kind
         ORDER BY kind
       } AS kinds,
       // From surest to not yet.
       head([one IN ['definite', 'presumed', 'possible', 'suspended', 'pending']
             WHERE any(e IN relationships WHERE e.in_force = one)]) AS in_force,
       CASE type WHEN 'OF' THEN 1 ELSE size(relationships) END AS count,
       COLLECT {
         UNWIND relationships AS e
         UNWIND CASE WHEN e.fact IS NULL THEN e.rests_on ELSE [e.fact] END AS key
         RETURN DISTINCT key
         ORDER BY key
         LIMIT 10
       } AS facts,
       depth AS depth,
       left_off AS left_off
