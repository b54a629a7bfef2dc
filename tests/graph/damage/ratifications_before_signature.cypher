// narrow-sea.1920-pact.ratification.ALD | ratification 1900, signature 1920-09-01
MATCH (v:Act {key: 'narrow-sea.1920-pact.ratification.ALD', recorded_until: $open})
SET v.day_edtf = '1900',
    v.day_earliest = date('1900-01-01'),
    v.day_latest = date('1900-12-31')
