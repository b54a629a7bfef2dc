"""`make bench`: what is measured, printed and never asserted."""
