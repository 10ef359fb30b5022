"""Writers: blocks in, a format out, one `match` each; they add no words of their own and drop none."""
