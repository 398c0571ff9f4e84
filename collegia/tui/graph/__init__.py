"""The knowledge graph in the terminal: a name with what is around it, paths between two, walked by keys."""
