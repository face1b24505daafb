"""The widgets that every screen is made of, each with its styles beside it."""
