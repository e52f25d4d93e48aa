"""The handbook: pages for those who run a desk, and how a folder is made of them that opens without a network."""
