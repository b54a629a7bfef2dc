"""How assistants reach the graph: tools of the Model Context Protocol, which only read. `foedus mcp` serves them."""
