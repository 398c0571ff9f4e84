"""The plan of a run beside the conversation, live, and what stands behind each of its steps."""
