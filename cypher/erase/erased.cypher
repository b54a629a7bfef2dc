// Which of these hashes are of something that was erased.
UNWIND $hashes AS hash
MATCH (e:Erasure {hash: hash})
RETURN collect(e.hash) AS erased
