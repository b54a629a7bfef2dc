/*
title: Agreements by subject and period
about: Which agreements have certain words in their titles or subjects, and were signed, or were or may have been in force, in a period?
timeless: It asks over a period; each agreement has days of its own.
params:
  words: {type: string, about: "Words of the title, another name or the subject, in any case and without accents; all of them must be there, each whole", example: strategic partnership}
  from:  {type: day, about: Only what was signed or may have been in force on this day or later, optional: true}
  to:    {type: day, about: Only what was signed or may have been in force on this day or earlier, optional: true}
returns:
  agreement:       {type: agreement, about: The agreement}
  agreement_title: {type: string, about: Its title, optional: true}
  kind:            {type: agreement_kind, about: Its form, optional: true}
  subject:         {type: string, about: What it is about, optional: true}
  signed:          {type: list of string, about: "Days on which it was signed, each once, an EDTF date"}
  in_force_from:   {type: day, about: "First day on which it was or may have been in force for anybody; nothing where it never was", optional: true}
  in_force_until:  {type: day, about: "First day on which it surely no longer is for anybody; nothing where no such day is known", optional: true}
  party_count:     {type: integer, about: For how many it was or may have been in force at one time or another}
order: [agreement]
*/
// Whatever the index could read as its own syntax is taken out: what is neither letter nor digit, and capitals, since
// AND, OR and NOT are operators only in capitals.
WITH split(reduce(s = '', c IN split(normalize(toLower($words), NFC), '') |
       s + CASE WHEN c =~ '[\\p{L}\\p{M}\\p{N}]' THEN c ELSE ' ' END), ' ') AS parts
WITH [word IN parts WHERE word <> ''][..10] AS words
WHERE words <> []
CALL db.index.fulltext.queryNodes('subjects', reduce(s = '', word IN words | s + '+' + word + ' ')) YIELD node
MATCH (node)-[:VERSION_OF]->(agreement:Agreement)
WHERE node.recorded_from <= $known_at < node.recorded_until
CALL (agreement) {
  MATCH (agreement)<-[:ON]-(act:Act)
  WHERE act.recorded_from <= $known_at < act.recorded_until AND act.standing = 'asserted'
    AND act.kind = 'signature'
  WITH act
  ORDER BY act.day_earliest, act.day_latest, act.day_edtf
  RETURN collect(DISTINCT act.day_edtf) AS signed,
         any(one IN collect(act) WHERE ($from IS NULL OR one.day_latest >= $from)
           AND ($to IS NULL OR one.day_earliest <= $to)) AS signed_then
}
CALL (agreement) {
  MATCH (:Actor)-[p:PARTY_TO]->(agreement)
  WHERE p.recorded_from <= $known_at < p.recorded_until
    AND p.in_force IN ['definite', 'presumed', 'possible']
  RETURN min(p.holds_from) AS in_force_from,
         max(p.holds_until) AS in_force_until,
         count(DISTINCT p.party) AS parties,
         any(one IN collect(p) WHERE ($from IS NULL OR one.holds_until > $from)
           AND ($to IS NULL OR one.holds_from <= $to)) AS in_force_then
}
WITH node, agreement, signed, signed_then, in_force_from, in_force_until, parties, in_force_then
WHERE $from IS NULL AND $to IS NULL OR signed_then OR in_force_then
RETURN agreement.key AS agreement,
       node.title AS agreement_title,
       node.kind AS kind,
       node.subject AS subject,
       signed AS signed,
       toString(in_force_from) AS in_force_from,
       CASE WHEN in_force_until < date('9999-12-31') THEN toString(in_force_until) END AS in_force_until,
       parties AS party_count
