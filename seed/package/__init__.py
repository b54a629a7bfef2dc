"""Packages: what goes out of a graph as files, and in again, with sources, licences and a manifest."""
