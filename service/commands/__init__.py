"""The commands of `foedus`, one module for each group of them; `service.cli` puts them together."""
