"""Writers: blocks in, a format out. Each has a way for each kind, adds no words and drops none."""
