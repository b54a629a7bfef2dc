// wharf | 1 <= -5 <= -5 crowns current
MATCH (v:Contribution {key: 'wharf', recorded_until: $open})
SET v.quantity_low = 1
