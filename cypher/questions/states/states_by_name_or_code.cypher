/*
title: States by name or code
about: Which state does a text name, be it a key, a code with or without its scheme, or a name in any script? Every parameter that is a state is read with it.
params:
  text: {type: string, about: "A key, a code such as `RU` or `wikidata:Q159`, or a name", example: Russia}
returns:
  state:      {type: state, about: The state}
  name:       {type: string, about: Its name as known, optional: true}
  matched_by: {type: string, about: "key, the scheme of the code, name, alias, or near where nothing matches as it is"}
  rank:       {type: integer, about: "1 key, 2 code with its scheme, 3 iso3, 4 iso2, 5 name or alias, 9 near"}
  matched:    {type: string, about: "The key, code or name that matched"}
  distance:   {type: number, about: "How far a near one is from the text, from 0 to 1; 0 for all others"}
order: [rank, distance, state]
*/
WITH trim($text) AS text
WITH text, COLLECT {
       CALL (text) {
         MATCH (state:State)
         WHERE state.key IN [text, toUpper(text)]
         RETURN {state: state, by: 'key', rank: 1, matched: state.key, distance: 0.0} AS one
         UNION ALL
         // A code with its scheme stands for a state on certain days: cow:260 did until 1990.
         WITH toLower(split(text, ':')[0]) AS scheme, substring(text, size(split(text, ':')[0]) + 1) AS code
         MATCH (identifier:Identifier)-[:OF]->(state:State)
         WHERE identifier.scheme = scheme AND identifier.code IN [code, toUpper(code), toLower(code)]
           AND identifier.begins_earliest <= $on < identifier.ends_latest
           AND identifier.recorded_from <= $known_at < identifier.recorded_until
         RETURN {state: state, by: scheme, rank: 2, matched: identifier.code, distance: 0.0} AS one
         UNION ALL
         // A bare code is what people call a state by now, whatever day they ask about.
         MATCH (identifier:Identifier)-[:OF]->(state:State)
         WHERE identifier.scheme IN ['iso3', 'iso2'] AND identifier.code IN [text, toUpper(text)]
           AND identifier.recorded_from <= $known_at < identifier.recorded_until
         RETURN {
           state: state,
           by: identifier.scheme,
           rank: CASE identifier.scheme WHEN 'iso3' THEN 3 ELSE 4 END,
           matched: identifier.code,
           distance: 0.0
         } AS one
       }
       RETURN one
     } AS coded
CALL (text, coded) {
  UNWIND coded AS one
  RETURN one
  UNION ALL
  // Names, only for a text that is no key and no code: those that hold a word like one of the text. Whatever the
  // index could read as its own syntax is taken out: what is neither letter nor digit, and capitals, since AND, OR
  // and NOT are operators only in capitals.
  WITH text, normalize(toLower(text), NFC) AS lower
  WHERE coded = []
  WITH text, split(reduce(s = '', c IN split(lower, '') | s + CASE
         WHEN c =~ '[\\p{L}\\p{M}\\p{N}]' THEN c
         WHEN c IN ['\'', '’', '‘', 'ʼ'] THEN '\''
         ELSE ' '
       END), ' ') AS parts
  WITH text, [word IN parts WHERE word =~ '.*[\\p{L}\\p{N}].*'][..10] AS words
  WHERE words <> []
  WITH text, reduce(s = '', word IN words |
         s + word + '^8 ' + word + CASE WHEN size(word) < 5 THEN '~1 ' ELSE '~2 ' END
       ) AS near
  CALL db.index.fulltext.queryNodes(
    'names', 'key:(' + near + ') name:(' + near + ') aliases:(' + near + ')', {limit: 500}
  ) YIELD node
  MATCH (node)-[:VERSION_OF]->(state:State)
  WHERE node.recorded_from <= $known_at < node.recorded_until
  UNWIND [{by: 'key', name: state.key}, {by: 'name', name: node.name}]
         + [alias IN coalesce(node.aliases, []) | {by: 'alias', name: alias}] AS known
  WITH text, collect({state: state, by: known.by, name: known.name}) AS known
  // Without case and accents, and with one kind of apostrophe; the text first.
  WITH known, [name IN [text] + [one IN known | one.name] |
         reduce(s = '', c IN split(normalize(toLower(name), NFKD), '') | s + CASE
           WHEN c =~ '\\p{InCombiningDiacriticalMarks}' THEN ''
           WHEN c IN ['’', '‘', 'ʼ'] THEN '\''
           ELSE c
         END)
       ] AS plain
  UNWIND range(1, size(known)) AS i
  WITH known[i - 1] AS known, plain[0] AS asked, plain[i] AS name
  RETURN CASE asked
    WHEN name THEN {
      state: known.state,
      by: known.by,
      rank: CASE known.by WHEN 'key' THEN 1 ELSE 5 END,
      matched: known.name,
      distance: 0.0
    }
    ELSE {
      state: known.state,
      by: 'near',
      rank: 9,
      matched: known.name,
      // The share of pairs of neighbouring letters that are not in both, half of it where a name holds the whole text.
      distance: CASE WHEN name CONTAINS asked THEN 0.5 ELSE 1.0 END
        * (1.0 - 2.0 * size([j IN range(0, size(name) - 2) WHERE asked CONTAINS substring(name, j, 2)])
          / (size(name) + size(asked)))
    }
  END AS one
}
WITH one
ORDER BY one.rank, one.distance, one.by DESC, one.matched
WITH one.state AS state, collect(one)[0] AS best
MATCH (state)<-[:VERSION_OF]-(described:Description)
WHERE described.recorded_from <= $known_at < described.recorded_until
WITH collect({key: state.key, name: described.name, best: best}) AS found, min(best.rank) AS least
UNWIND found AS one
WITH one, one.best AS best
// Near ones are suggestions, for a text that names nothing as it is.
WHERE best.rank < 9 OR least = 9
RETURN one.key AS state,
       one.name AS name,
       best.by AS matched_by,
       best.rank AS rank,
       best.matched AS matched,
       best.distance AS distance
