"""A customer's page: one file a tab."""

from guanhu.tui.screens.customer.screen import CustomerScreen

__all__ = ["CustomerScreen"]
