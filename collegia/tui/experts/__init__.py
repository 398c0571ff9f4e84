"""The experts: found by name and domain, their cards read, tried with values of one's own."""
