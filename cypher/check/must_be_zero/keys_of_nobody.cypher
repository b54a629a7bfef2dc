// Keys inside links and withdrawals that name nothing recorded.
CALL () {
  MATCH (v:Version)-[link:BY|PARTICIPANT]->()
  WHERE v.recorded_from <= $known_at < v.recorded_until
    AND link.on_behalf_of IS NOT NULL
    AND NOT EXISTS {
      MATCH (t:Thing {key: link.on_behalf_of})<-[:VERSION_OF]-(of)
      USING INDEX t:Thing(key)
      WHERE of.recorded_from <= $known_at < of.recorded_until AND NOT of:Withdrawal
    }
  RETURN v.key AS key, 'on behalf of ' + link.on_behalf_of AS says
  UNION ALL
  MATCH (gone:Withdrawal)
  WHERE gone.recorded_from <= $known_at < gone.recorded_until
    AND gone.replaced_by IS NOT NULL
    AND NOT EXISTS {
      MATCH (t:Thing {key: gone.replaced_by})
      USING INDEX t:Thing(key)
    }
  RETURN gone.key AS key, 'replaced by ' + gone.replaced_by AS says
}
RETURN key AS key, says AS says
ORDER BY key, says
LIMIT $most
