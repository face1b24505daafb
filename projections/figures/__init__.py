"""The figures of the care of customers: one file a family, one registry, one definition each (domain/figures.py)."""

from guanhu.projections.figures.adding import Share
from guanhu.projections.figures.asking import Line, Row, Table, behind, figures, trend

__all__ = ["Line", "Row", "Share", "Table", "behind", "figures", "trend"]
