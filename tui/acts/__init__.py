"""Acts as forms: what is done for a customer, from one key to the entry in the log."""
