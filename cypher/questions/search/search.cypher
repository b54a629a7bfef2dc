/*
title: Search
about: What does a text name, in any script, in full or in part; entities by their names, titles, codes and keys, facts by the start of their key? Exact ones first, then those that begin with it or hold its words, then near ones.
timeless: It finds what is recorded; a code with its scheme finds everything that it ever stood for.
path: /search
params:
  q:     {type: string, about: "A name in any script, a code such as `RU` or `wikidata:Q159`, a title, or the start of a key", example: Лавров}
  label: {type: list of string, about: "Only things with one of these labels, such as State, Official, Agreement, Act or Claim", optional: true}
returns:
  key:        {type: thing, about: What is found}
  label:      {type: string, about: "What it is: State, Official, Agreement, Commitment and so on"}
  name:       {type: string, about: "Its name or title as known, or what a fact says", optional: true}
  matched:    {type: string, about: "The key, code or name that matched"}
  matched_by: {type: string, about: "key, the scheme of a code, name, or near where only words like those of the text are in it"}
  rank:       {type: integer, about: "1 key, 2 code with its scheme, 3 code without it, 4 name, 5 begin of a name, 6 begin of a key, 7 words within a name, 9 near"}
  distance:   {type: number, about: "How far it is from the text among those of its rank, from 0 to 1: the share of the name that is more than the text, or of the text that a near name has not"}
order: [rank, distance, key]
*/
WITH trim($q) AS text
// Whatever the index could read as its own syntax is taken out: what is neither letter nor digit, and capitals, since
// AND, OR and NOT are operators only in capitals.
WITH text, [word IN split(reduce(s = '', c IN split(normalize(toLower(text), NFC), '') | s + CASE
       WHEN c =~ '[\\p{L}\\p{M}\\p{N}]' THEN c
       WHEN c IN ['\'', '’', '‘', 'ʼ'] THEN '\''
       ELSE ' '
     END), ' ') WHERE word =~ '.*[\\p{L}\\p{N}].*'][..10] AS words
CALL (text, words) {
  MATCH (thing:Thing)
  WHERE thing.key IN [text, toUpper(text)]
  RETURN thing, thing.key AS matched, 'key' AS by, 1 AS rank, 0.0 AS distance
  UNION ALL
  WITH text, toLower(split(text, ':')[0]) AS scheme, substring(text, size(split(text, ':')[0]) + 1) AS code
  MATCH (i:Identifier)-[:OF]->(thing:Thing)
  WHERE i.scheme = scheme AND i.code IN [code, toUpper(code), toLower(code)]
    AND i.recorded_from <= $known_at < i.recorded_until
  RETURN thing, i.scheme + ':' + i.code AS matched, i.scheme AS by, 2 AS rank, 0.0 AS distance
  UNION ALL
  MATCH (i:Identifier)-[:OF]->(thing:Thing)
  WHERE i.scheme IN ['iso3', 'iso2', 'wikidata'] AND i.code IN [text, toUpper(text)]
    AND i.recorded_from <= $known_at < i.recorded_until
  RETURN thing, i.code AS matched, i.scheme AS by, 3 AS rank, 0.0 AS distance
  UNION ALL
  WITH text
  WHERE text <> ''
  MATCH (thing:Thing)
  WHERE thing.key STARTS WITH text
  WITH text, thing
  ORDER BY thing.key
  LIMIT 500
  RETURN thing, thing.key AS matched, 'key' AS by, 6 AS rank, 1.0 - 1.0 * size(text) / size(thing.key) AS distance
  UNION ALL
  WITH text, words
  WHERE words <> []
  WITH text, words, reduce(s = '', word IN words |
         s + word + '^8 ' + replace(word, '\'', '?') + '*^4 ' + word + CASE WHEN size(word) < 5 THEN '~1 ' ELSE '~2 ' END
       ) AS asked
  CALL db.index.fulltext.queryNodes('names', asked, {limit: 500}) YIELD node AS d
  WHERE d.recorded_from <= $known_at < d.recorded_until
  MATCH (d)-[:VERSION_OF]->(thing:Thing)
  UNWIND [one IN [d.name, d.title, d.name_in_own_script] + coalesce(d.aliases, []) WHERE one IS NOT NULL] AS name
  WITH words, thing, name, [one IN [text, name] + words |
         // Without case and accents, and with one kind of apostrophe.
         reduce(s = '', c IN split(normalize(toLower(one), NFKD), '') | s + CASE
           WHEN c =~ '\\p{InCombiningDiacriticalMarks}' THEN ''
           WHEN c IN ['’', '‘', 'ʼ'] THEN '\''
           ELSE c
         END)
       ] AS plain
  WITH thing, name, plain[0] AS asked, plain[1] AS named, plain[2..] AS parts
  WITH thing, name, asked, named, CASE
         WHEN named = asked THEN 4
         WHEN named STARTS WITH asked THEN 5
         WHEN all(part IN parts WHERE named CONTAINS part) THEN 7
         ELSE 9
       END AS rank
  WITH thing, name, rank, CASE rank
         WHEN 4 THEN 0.0
         // The share of pairs of neighbouring letters of the text that the name has not.
         WHEN 9 THEN 1.0 * size([j IN range(0, size(asked) - 2) WHERE NOT named CONTAINS substring(asked, j, 2)])
           / size(asked)
         ELSE 1.0 - 1.0 * size(asked) / size(named)
       END AS distance
  WHERE rank < 9 OR distance < 0.4
  RETURN thing, name AS matched, CASE rank WHEN 9 THEN 'near' ELSE 'name' END AS by, rank, distance
}
WITH thing, matched, by, rank, distance
MATCH (thing)<-[:VERSION_OF]-(v:Version)
WHERE v.recorded_from <= $known_at < v.recorded_until AND NOT v:Withdrawal
WITH thing, v, matched, by, rank, distance,
     head([l IN labels(v) + labels(thing) WHERE NOT l IN ['Version', 'Description', 'Thing', 'Fact', 'Actor']]) AS label
WHERE $label IS NULL OR label IN $label OR any(one IN labels(thing) WHERE one IN $label)
ORDER BY rank, distance, matched
WITH thing, v, label, head(collect({matched: matched, by: by, rank: rank, distance: distance})) AS best
ORDER BY best.rank, best.distance, thing.key
LIMIT 100
RETURN thing.key AS key,
       label AS label,
       coalesce(v.name, v.title, v.text, v.sentence, v.heading, v.kind) AS name,
       best.matched AS matched,
       best.by AS matched_by,
       best.rank AS rank,
       round(best.distance, 4) AS distance
