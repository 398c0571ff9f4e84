"""Finding passages: words, names and the graph between them, fused."""
