"""Writers: blocks in, a format out. Each is one `match`, adds no words and drops none."""
