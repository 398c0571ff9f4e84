"""Vectors of passages: made by an embedder, kept in Chroma, in step with the knowledge store."""
