// All keys, the oldest first, as they can be shown.
MATCH (k:ApiKey)
RETURN k.id AS id,
       k.name AS name,
       k.scopes AS scopes,
       k.created_at AS created_at,
       k.expires_at AS expires_at,
       k.revoked_at AS revoked_at
ORDER BY created_at, id
