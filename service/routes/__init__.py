"""One module a group of routes; each route declares what it takes and delegates."""
