"""What is behind the numbers and citations of an answer, two keys away."""
