"""What becomes of scores: marks that leave the gradebook, as `export` writes them."""
