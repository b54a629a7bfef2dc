"""The middle floor: how facts get in, one module a source."""
