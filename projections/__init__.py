"""Read models, and the questions asked of them."""
