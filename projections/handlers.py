"""All modules that take events into the read model, so that every event has its handler."""

from guanhu.projections import (
    of_book,
    of_evidence,
    of_inspections,
    of_looking,
    of_money,
    of_people,
    of_posts,
    of_withdrawing,
    of_work,
)

MODULES = (
    of_book, of_evidence, of_inspections, of_looking, of_money, of_people, of_posts, of_withdrawing, of_work,
)  # fmt: skip
