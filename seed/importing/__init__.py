"""Importing data sets: read, normalise, map, put; the same few parts for those that are shipped and those that are brought."""
