"""Files in: CSV and Excel become checked rows, with the reason for each row that is refused (DESIGN 7, 8)."""
