// Ratifications, acceptances and approvals that surely come before the same party signs.
MATCH (agreement:Agreement)
CALL (agreement) {
  MATCH (agreement)<-[:ON]-(act)-[:BY]->(party)
  WHERE act.recorded_from <= $known_at < act.recorded_until
    AND act.kind IN ['signature', 'ratification', 'acceptance', 'approval']
  WITH party, act.spell AS spell,
       min(CASE act.kind WHEN 'signature' THEN act.day_earliest END) AS signed,
       collect(CASE WHEN act.kind <> 'signature' THEN act END) AS consents
  UNWIND consents AS consent
  WITH consent, signed
  WHERE consent.day_latest < signed
  RETURN consent, signed
}
RETURN consent.key AS key,
       consent.kind + ' ' + consent.day_edtf + ', signature ' + toString(signed) AS says
ORDER BY duration.inDays(consent.day_latest, signed).days DESC, key
LIMIT $most
