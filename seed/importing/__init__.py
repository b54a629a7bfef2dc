"""Importing data sets: read, normalise, map, put; the same few parts for those shipped and those brought."""
