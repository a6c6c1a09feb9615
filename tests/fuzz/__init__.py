"""Files that are wrong in ways nobody wrote down: mutated at random, from a seed that is told."""
