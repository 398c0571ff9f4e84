"""The stored conversations: found, gone on with, renamed, forked, written to files."""
