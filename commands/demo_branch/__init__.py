"""A made-up branch that looks real: two years of it, made in seconds from a seed, by the book's own commands."""

from guanhu.commands.demo_branch.build import build_demo
from guanhu.commands.demo_branch.planted import Planted

__all__ = ["Planted", "build_demo"]
