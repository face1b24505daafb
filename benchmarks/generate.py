"""A made-up branch as files, the same for the same seed: what the benchmarks import.

The tiers have the shares of a real branch: 50 % of the customers in 0.1-5万, 37 % below it or without money, 9 % in
5-20万, 2.8 % in 20-50万, 1.1 % in 50-300万, 0.1 % above. A full feed of balances brings 10 % changes.

    python benchmarks/generate.py FOLDER [--customers N] [--seed S]
"""

import argparse
import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from guanhu.benchmarks.names import People

SHARES = ((0.50, 1_000, 50_000), (0.37, 0, 1_000), (0.09, 50_000, 200_000), (0.028, 200_000, 500_000),
          (0.011, 500_000, 3_000_000), (0.001, 3_000_000, 20_000_000))  # fmt: skip
"""Share, floor and next floor in yuan."""

FIRST_DAY, SECOND_DAY = date(2026, 4, 30), date(2026, 5, 29)
CUSTOMERS_PER_OUTLET = 10_000
STAFF_PER_OUTLET = (
    ("high_counter_teller", 5), ("low_counter_teller", 3), ("relationship_manager", 2), ("rm_supervisor", 1),
    ("outlet_manager", 1),
)  # fmt: skip
CHANGED = 0.10
CHANNELS, OUTCOMES = ("phone", "wecom", "message", "letter", "counter"), (
    "reached_success", "reached_declined", "reached_other", "appointment", "no_answer", "sent", "replied",
)  # fmt: skip


def number(n: int) -> str:
    """The number of the n-th customer, from 1."""
    return f"6228{n:012}"


def yuan(fen: int) -> str:
    """An amount as a bank writes it."""
    return f"{fen // 100}.{fen % 100:02}"


def first_balance(random: Random) -> int:
    """A balance in fen, by the shares of the tiers, small ones the more frequent within each."""
    at = random.random()
    for share, floor, ceiling in SHARES:
        at -= share
        if at < 0:
            return _within(random, floor, ceiling)
    return 0


def _within(random: Random, floor: int, ceiling: int) -> int:
    return int((floor + (ceiling - floor) * random.random() ** 2) * 100)


def next_balance(random: Random, fen: int) -> int:
    """The next balance of a customer whose balance changed: mostly a little, now and then a lot."""
    factor = random.uniform(0.97, 1.05) if random.random() < 0.9 else random.uniform(0.4, 1.8)
    return int(fen * factor) + random.randrange(1, 5_000)


def outlets(customers: int) -> int:
    """How many outlets a branch of that many customers has."""
    return max(customers // CUSTOMERS_PER_OUTLET, 1)


def staff(customers: int) -> Iterator[tuple[str, str, str, str]]:
    """(staff_id, name, role, outlet) of a branch."""
    people = People(Random("staff"))
    for outlet in range(1, outlets(customers) + 1):
        n = 0
        for role, holders in STAFF_PER_OUTLET:
            for _ in range(holders):
                n += 1
                yield f"S{outlet:03}{n:02}", people.name(), role, f"{outlet:03}"
    yield "D001", people.name(), "department", "001"


def generate(folder: Path, customers: int, seed: int = 1) -> None:
    """Write all files of a branch of that many customers."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(f"{seed}:{customers}")
    _staff(folder, customers)
    _customers(folder, random, customers)
    balances = [first_balance(random) for _ in range(customers)]
    _balances(folder / "balances_1.csv", balances, FIRST_DAY)
    changed = [next_balance(random, fen) if random.random() < CHANGED else fen for fen in balances]
    _balances(folder / "balances_2.csv", changed, SECOND_DAY)
    _assignments(folder, random, balances)
    _contacts(folder, random, customers)


def _write(path: Path, header: str, rows: Iterator[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(header.split())
        out.writerows(rows)


def _staff(folder: Path, customers: int) -> None:
    _write(folder / "staff.csv", "staff_id name role outlet", staff(customers))


def _outlet(n: int, customers: int) -> int:
    return n * 7919 % outlets(customers) + 1


def _customers(folder: Path, random: Random, customers: int) -> None:
    people = People(random)
    rows = (
        (number(n), people.name(), people.phone(), people.birthday(), people.address(), random.choice("男女"),
         f"{_outlet(n, customers):03}")
        for n in range(1, customers + 1)
    )  # fmt: skip
    _write(folder / "customers.csv", "customer_no name phone birthday address sex outlet", rows)


def _balances(path: Path, balances: list[int], day: date) -> None:
    written = day.isoformat()
    rows = ((number(n), yuan(fen), written) for n, fen in enumerate(balances, 1))
    _write(path, "customer_no balance_yuan date", rows)


_OWNER = ((3_000_000, "outlet_manager"), (200_000, "relationship_manager"), (50_000, "low_counter_teller"),
          (1_000, "high_counter_teller"))  # fmt: skip


def _assignments(folder: Path, random: Random, balances: list[int]) -> None:
    """Everybody in a tier has an owner with the tier's role; from 20万 on a system owner too."""
    customers = len(balances)
    holders: dict[tuple[int, str], list[str]] = {}
    for staff_id, _, role, outlet in staff(customers):
        holders.setdefault((int(outlet), role), []).append(staff_id)

    def rows() -> Iterator[tuple[str, ...]]:
        for n, fen in enumerate(balances, 1):
            role = next((role for floor, role in _OWNER if fen >= floor * 100), None)
            if role:
                yield number(n), random.choice(holders[_outlet(n, customers), role]), role
            if fen >= 20_000_000:
                yield number(n), random.choice(holders[_outlet(n, customers), "relationship_manager"]), "system"

    _write(folder / "assignments.csv", "customer_no staff_id role", rows())


def _contacts(folder: Path, random: Random, customers: int) -> None:
    """As many contacts as customers, in the order of their dates; one in ten has a note. No call is "sent"."""
    kinds = [(c, o) for c in CHANNELS for o in OUTCOMES if (c, o) != ("phone", "sent")]
    ids = [staff_id for staff_id, _, role, _ in staff(customers) if role == "relationship_manager"]
    first = FIRST_DAY - timedelta(days=120)
    rows = (
        (number(random.randrange(1, customers + 1)), (first + timedelta(days=150 * n // customers)).isoformat(),
         *random.choice(kinds), random.choice(ids),
         "客户想了解大额存单" if random.random() < 0.1 else "")
        for n in range(customers)
    )  # fmt: skip
    _write(folder / "contacts.csv", "customer_no date channel outcome staff note", rows)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Write the files of a made-up branch.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    generate(asked.folder, asked.customers, asked.seed)


if __name__ == "__main__":
    main()
