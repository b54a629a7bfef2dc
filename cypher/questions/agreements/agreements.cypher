/*
title: Agreements
about: Which agreements are recorded, of what form is each and what is it about; all of them, those of a party, or those whose title or subject holds certain words?
timeless: It lists what is recorded; `parties_to_agreement` tells for whom one is in force on a day.
path: /agreements
pages: own
params:
  kind:  {type: agreement_kind, about: Only of this form, optional: true}
  words: {type: string, about: "Only those whose title, other titles or subject hold all of these words, without case and accents", optional: true, example: partnership}
  party: {type: actor, about: "Only those this actor is or was a party to on some day, or waits or waited to become one", optional: true, example: RUS}
returns:
  agreement:    {type: agreement, about: The agreement}
  title:        {type: string, about: Its title}
  aliases:      {type: list of string, about: Other titles}
  kind:         {type: agreement_kind, about: Its form}
  subject:      {type: string, about: What it is about, optional: true}
  text_address: {type: string, about: Where its text can be read, optional: true}
order: [agreement]
*/
CALL () {
  // Whatever the index could read as its own syntax is taken out of the words: what is neither letter nor digit, and
  // capitals, since AND, OR and NOT are operators only in capitals.
  WITH [word IN split(reduce(s = '', c IN split(normalize(toLower($words), NFC), '') | s + CASE
         WHEN c =~ '[\\p{L}\\p{M}\\p{N}]' THEN c ELSE ' '
       END), ' ') WHERE word =~ '.*[\\p{L}\\p{N}].*'][..10] AS words
  WHERE words <> []
  CALL db.index.fulltext.queryNodes('subjects', '+' + reduce(s = words[0], word IN words[1..] | s + ' +' + word))
  YIELD node AS d
  WHERE d.key > coalesce($after[0], '') AND d.recorded_from <= $known_at < d.recorded_until
  MATCH (d)-[:VERSION_OF]->(agreement:Agreement)
  RETURN agreement, d
  UNION ALL
  WITH true AS of_a_party
  WHERE $words IS NULL AND $party IS NOT NULL
  MATCH (:Thing {key: $party})-[p:PARTY_TO]->(agreement:Agreement)
  WHERE p.recorded_from <= $known_at < p.recorded_until
  WITH DISTINCT agreement
  WHERE agreement.key > coalesce($after[0], '')
  MATCH (agreement)<-[:VERSION_OF]-(d:Description)
  WHERE d.recorded_from <= $known_at < d.recorded_until
  RETURN agreement, d
  UNION ALL
  WITH true AS of_a_kind
  WHERE $words IS NULL AND $party IS NULL AND $kind IS NOT NULL
  MATCH (d:Description)
  WHERE d.kind = $kind AND d.key > coalesce($after[0], '')
    AND d.recorded_from <= $known_at < d.recorded_until
  MATCH (d)-[:VERSION_OF]->(agreement:Agreement)
  RETURN agreement, d
  // The index gives this order, and with it the page stops where it is full.
  ORDER BY d.kind, d.key
  LIMIT $row_limit
  UNION ALL
  WITH true AS all
  WHERE $words IS NULL AND $party IS NULL AND $kind IS NULL
  MATCH (agreement:Agreement)
  WHERE agreement.key > coalesce($after[0], '')
  MATCH (agreement)<-[:VERSION_OF]-(d:Description)
  WHERE d.recorded_from <= $known_at < d.recorded_until
  RETURN agreement, d
  ORDER BY agreement.key
  LIMIT $row_limit
}
WITH agreement, d
WHERE ($kind IS NULL OR d.kind = $kind)
  AND ($party IS NULL OR $words IS NULL OR EXISTS {
    MATCH (:Thing {key: $party})-[p:PARTY_TO]->(agreement)
    WHERE p.recorded_from <= $known_at < p.recorded_until
  })
WITH agreement, d
ORDER BY agreement.key
LIMIT $row_limit
RETURN agreement.key AS agreement,
       d.title AS title,
       coalesce(d.aliases, []) AS aliases,
       d.kind AS kind,
       d.subject AS subject,
       d.text_address AS text_address
