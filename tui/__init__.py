"""The Textual interface: screens ask `projections`, act through the book, and decide nothing (docs/interface.md)."""
