"""The upper floor: how people reach the graph, over HTTP and on the command line."""
