"""`make prove`: many write and read at once over HTTP, and what they need is killed while they do."""
