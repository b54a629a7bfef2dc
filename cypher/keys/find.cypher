// One key with the hash of its secret, whether it is live or not.
MATCH (k:ApiKey {id: $id})
RETURN k.id AS id,
       k.name AS name,
       k.scopes AS scopes,
       k.created_at AS created_at,
       k.expires_at AS expires_at,
       k.revoked_at AS revoked_at,
       k.hash AS hash
