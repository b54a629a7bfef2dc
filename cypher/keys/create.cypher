// A new key; of its secret there is only the hash.
CREATE (:ApiKey {
  id: $id,
  name: $name,
  scopes: $scopes,
  hash: $hash,
  created_at: $created_at,
  expires_at: $expires_at
})
