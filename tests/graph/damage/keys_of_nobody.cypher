// claim.01 | on behalf of ghost
// lights.1925-convention.NTA | replaced by ghost
MATCH (:Claim {key: 'claim.01', recorded_until: $open})-[by:BY]->()
MATCH (gone:Withdrawal {recorded_until: $open})
WITH by, gone
ORDER BY gone.key
LIMIT 1
SET by.on_behalf_of = 'ghost',
    gone.replaced_by = 'ghost'
