"""The tables of the read model: disposable, made anew from the events by `guanhu store rebuild`.

Days are ordinals (`date.toordinal`), amounts fen, tiers "" for untiered where a column may not be
null. Every row knows the position of the event that made it, or can be derived from rows that do.
"""

from zlib import crc32

TABLES: dict[str, str] = {
    # Customers, and what a search finds them by. `personal`: msgpack {fact: [value, known since]}.
    "customer": """(
        id INTEGER PRIMARY KEY, no TEXT NOT NULL UNIQUE, position INTEGER NOT NULL, outlet TEXT NOT NULL,
        name TEXT NOT NULL, personal BLOB NOT NULL, birthday TEXT NOT NULL, lunar_birthday TEXT NOT NULL,
        restricted INTEGER NOT NULL DEFAULT 0, erased INTEGER NOT NULL DEFAULT 0)""",
    # `segment`: the upper bits of the id (projections/searching.py).
    "search": """(segment INTEGER NOT NULL, key TEXT NOT NULL, customer_id INTEGER NOT NULL,
        PRIMARY KEY (segment, key, customer_id)) WITHOUT ROWID""",
    # Balances as one packed series, the tier decided, and the day of the next move that nothing has decided yet.
    "account": """(
        customer_id INTEGER PRIMARY KEY, aum INTEGER, aum_day INTEGER, tier TEXT, tier_since INTEGER,
        next_move INTEGER, series BLOB NOT NULL DEFAULT x'')""",
    "report": """(position INTEGER PRIMARY KEY, day INTEGER NOT NULL, first_id INTEGER NOT NULL, bits BLOB NOT NULL)""",
    "tier_move": """(
        customer_id INTEGER NOT NULL, day INTEGER NOT NULL, n INTEGER NOT NULL, tier TEXT NOT NULL,
        from_tier TEXT NOT NULL, basis INTEGER NOT NULL, rule TEXT NOT NULL, scheme TEXT NOT NULL,
        version INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (customer_id, day, n)) WITHOUT ROWID""",
    "tier_day": """(
        day INTEGER NOT NULL, tier TEXT NOT NULL, customers INTEGER NOT NULL, aum INTEGER NOT NULL,
        PRIMARY KEY (day, tier)) WITHOUT ROWID""",
    # Who looks after whom, in spans of days [start, end). staff '@outlet': somebody is missing there.
    "care": """(
        customer_id INTEGER NOT NULL, seat TEXT NOT NULL, staff TEXT NOT NULL, role TEXT NOT NULL,
        start INTEGER NOT NULL, end INTEGER NOT NULL, bulk INTEGER NOT NULL, position INTEGER NOT NULL)""",
    "mark": """(
        customer_id INTEGER NOT NULL, mark TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
        by TEXT NOT NULL, reason TEXT NOT NULL, position INTEGER NOT NULL)""",
    "tag": """(customer_id INTEGER NOT NULL, tag TEXT NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (customer_id, tag)) WITHOUT ROWID""",
    "link": """(customer_id INTEGER NOT NULL, other_id INTEGER NOT NULL, relation TEXT NOT NULL,
        position INTEGER NOT NULL, PRIMARY KEY (customer_id, other_id, relation)) WITHOUT ROWID""",
    # The log, as it stands after corrections; `corrected` is the position of the last correction,
    # `began` the minute of the day, `duration` seconds.
    "act": """(
        position INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, day INTEGER NOT NULL, kind TEXT NOT NULL,
        channel TEXT NOT NULL, outcome TEXT NOT NULL, staff TEXT NOT NULL, companions TEXT NOT NULL,
        roles TEXT NOT NULL, note TEXT NOT NULL, next_day INTEGER, duration INTEGER, recorded INTEGER NOT NULL,
        by TEXT NOT NULL, imported INTEGER NOT NULL, began INTEGER, corrected INTEGER NOT NULL DEFAULT 0)""",
    # `staff` has it in hand (handing over moves it on), `opener` opened it, `closer` closed it.
    "affair": """(
        position INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
        day INTEGER NOT NULL, staff TEXT NOT NULL, other TEXT NOT NULL, due INTEGER, closed INTEGER,
        closed_by INTEGER, how TEXT NOT NULL, text TEXT NOT NULL, recorded INTEGER NOT NULL, by TEXT NOT NULL,
        opener TEXT NOT NULL, closer TEXT NOT NULL, closed_text TEXT NOT NULL, closed_recorded INTEGER)""",
    # Events that touch a customer and that no other row names: balances replaced, seats ended, links of others.
    "trace": """(customer_id INTEGER NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (customer_id, position)) WITHOUT ROWID""",
    "product": """(
        customer_id INTEGER NOT NULL, product_no TEXT NOT NULL, product TEXT NOT NULL, amount INTEGER NOT NULL,
        opened INTEGER, matures INTEGER, start INTEGER NOT NULL, end INTEGER NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (customer_id, product_no)) WITHOUT ROWID""",
    "waiver": """(
        customer_id INTEGER NOT NULL, duty TEXT NOT NULL, occurrence TEXT NOT NULL, day INTEGER NOT NULL,
        by TEXT NOT NULL, reason TEXT NOT NULL, position INTEGER NOT NULL, recorded INTEGER NOT NULL,
        PRIMARY KEY (customer_id, duty, occurrence)) WITHOUT ROWID""",
    # Entries taken back, and by which event; rows as they stood before an act changed them (projections/former.py).
    "withdrawn": """(ref INTEGER PRIMARY KEY, position INTEGER NOT NULL)""",
    "former": """(position INTEGER NOT NULL, customer_id INTEGER NOT NULL, source TEXT NOT NULL,
        row BLOB NOT NULL)""",
    # What somebody else's record says of an entry of the log (domain/evidence.py).
    "evidence": """(
        position INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, entry INTEGER NOT NULL, day INTEGER NOT NULL,
        kind TEXT NOT NULL, seconds INTEGER, reached INTEGER, text TEXT NOT NULL, sha256 TEXT NOT NULL,
        by TEXT NOT NULL, recorded INTEGER NOT NULL)""",
    # Duties as they stand, in spans of days [start, end): domain/duties.py, Obligation. `md`: month and day of a
    # birthday by the sun (month * 100 + day), 0 by the moon. `n`: a customer's rows are numbered, and
    # stand together, for a queue reads those of a thousand customers.
    "obligation": """(
        customer_id INTEGER NOT NULL, n INTEGER NOT NULL, duty TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
        start INTEGER NOT NULL, end INTEGER NOT NULL, since INTEGER NOT NULL, by INTEGER NOT NULL,
        opens INTEGER NOT NULL, due INTEGER, ends INTEGER NOT NULL, done_on INTEGER, done_by INTEGER,
        staff TEXT NOT NULL, basis BLOB NOT NULL, md INTEGER NOT NULL, PRIMARY KEY (customer_id, n)) WITHOUT ROWID""",
    # Who looked at what; `day` on the branch's clock. What the looks named stands in `trace` too.
    "look": """(
        position INTEGER PRIMARY KEY, day INTEGER NOT NULL, recorded INTEGER NOT NULL, by TEXT NOT NULL,
        login TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, form TEXT NOT NULL,
        as_of INTEGER NOT NULL, known_to INTEGER NOT NULL, scope TEXT NOT NULL, rows INTEGER NOT NULL)""",
    # People and places of the bank.
    "staff": """(id TEXT PRIMARY KEY, name TEXT NOT NULL, login TEXT NOT NULL, start INTEGER NOT NULL,
        left INTEGER NOT NULL, position INTEGER NOT NULL) WITHOUT ROWID""",
    "post": """(staff TEXT NOT NULL, role TEXT NOT NULL, outlet TEXT NOT NULL, start INTEGER NOT NULL,
        end INTEGER NOT NULL, position INTEGER NOT NULL)""",
    "leave": """(staff TEXT NOT NULL, stand_in TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
        position INTEGER NOT NULL)""",
    "outlet": """(code TEXT PRIMARY KEY, name TEXT NOT NULL, start INTEGER NOT NULL, closed INTEGER NOT NULL,
        position INTEGER NOT NULL) WITHOUT ROWID""",
    "day_done": """(kind TEXT NOT NULL, subject TEXT NOT NULL, day INTEGER NOT NULL, by TEXT NOT NULL,
        note TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (kind, subject, day)) WITHOUT ROWID""",
    # Inspections. Texts of a row with a customer_id are that customer's own; 0: of none, or of several.
    "inspection": """(
        id TEXT PRIMARY KEY, title TEXT NOT NULL, subject TEXT NOT NULL, outlet TEXT NOT NULL, staff TEXT NOT NULL,
        first INTEGER NOT NULL, last INTEGER NOT NULL, kinds TEXT NOT NULL, cutoff INTEGER NOT NULL,
        root BLOB NOT NULL, checkpoint TEXT NOT NULL, seed TEXT NOT NULL, size INTEGER NOT NULL,
        population INTEGER NOT NULL, digest BLOB NOT NULL, day INTEGER NOT NULL, by TEXT NOT NULL,
        recorded INTEGER NOT NULL, position INTEGER NOT NULL, closed INTEGER, closed_by TEXT NOT NULL,
        conclusion TEXT NOT NULL, unfinished TEXT NOT NULL) WITHOUT ROWID""",
    "inspection_stratum": """(inspection TEXT NOT NULL, tier TEXT NOT NULL, staff TEXT NOT NULL,
        size INTEGER NOT NULL, taken INTEGER NOT NULL, PRIMARY KEY (inspection, tier, staff)) WITHOUT ROWID""",
    "inspection_item": """(
        inspection TEXT NOT NULL, n INTEGER NOT NULL, key TEXT NOT NULL, customer_id INTEGER NOT NULL,
        tier TEXT NOT NULL, staff TEXT NOT NULL, aum INTEGER, verdict TEXT NOT NULL, checks TEXT NOT NULL,
        remark TEXT NOT NULL, filled_on INTEGER, filled_by TEXT NOT NULL, filled INTEGER NOT NULL,
        PRIMARY KEY (inspection, n)) WITHOUT ROWID""",
    # Every worksheet that was filled in; the last of an item stands in the item's row too.
    "inspection_sheet": """(
        position INTEGER PRIMARY KEY, inspection TEXT NOT NULL, key TEXT NOT NULL, customer_id INTEGER NOT NULL,
        verdict TEXT NOT NULL, checks TEXT NOT NULL, remark TEXT NOT NULL, day INTEGER NOT NULL, by TEXT NOT NULL)""",
    "inspection_finding": """(
        inspection TEXT NOT NULL, n INTEGER NOT NULL, grade TEXT NOT NULL, kind TEXT NOT NULL,
        customer_id INTEGER NOT NULL, text TEXT NOT NULL, entries TEXT NOT NULL, customers TEXT NOT NULL,
        outlet TEXT NOT NULL, staff TEXT NOT NULL, due INTEGER NOT NULL, day INTEGER NOT NULL, by TEXT NOT NULL,
        state TEXT NOT NULL, withdrawn TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (inspection, n))
        WITHOUT ROWID""",
    "inspection_answer": """(
        position INTEGER PRIMARY KEY, inspection TEXT NOT NULL, finding INTEGER NOT NULL, customer_id INTEGER NOT NULL,
        text TEXT NOT NULL, done TEXT NOT NULL, day INTEGER NOT NULL, by TEXT NOT NULL, accepted INTEGER,
        judged_on INTEGER, judged_by TEXT NOT NULL, note TEXT NOT NULL)""",
    # The book itself.
    "scheme": """(start INTEGER NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, text TEXT NOT NULL,
        position INTEGER PRIMARY KEY)""",
    "book": """(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID""",
    "command": """(id TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID""",
    "import_run": """(
        run TEXT NOT NULL, attempt INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
        book_day INTEGER NOT NULL, finished INTEGER NOT NULL, rows INTEGER NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (run, attempt)) WITHOUT ROWID""",
    "import_batch": """(
        run TEXT NOT NULL, attempt INTEGER NOT NULL, phase TEXT NOT NULL, n INTEGER NOT NULL,
        counts BLOB NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (run, attempt, phase, n)) WITHOUT ROWID""",
    "import_refused": """(run TEXT NOT NULL, attempt INTEGER NOT NULL, line INTEGER NOT NULL, col TEXT NOT NULL,
        reason TEXT NOT NULL, PRIMARY KEY (run, attempt, line, col)) WITHOUT ROWID""",
}

INDEXES: dict[str, str] = {
    "customer_outlet": "customer (outlet)",
    "customer_erased": "customer (no) WHERE erased = 1",
    "customer_restricted": "customer (no) WHERE restricted = 1",
    "account_move": "account (next_move) WHERE next_move IS NOT NULL",
    "account_tier": "account (tier, aum) WHERE tier IS NOT NULL",
    "report_day": "report (day)",
    "tier_move_day": "tier_move (day)",
    "care_staff": "care (staff, end, start, customer_id)",
    "care_customer": "care (customer_id)",
    "mark_customer": "mark (customer_id)",
    "mark_mark": "mark (mark)",
    "tag_tag": "tag (tag)",
    "product_matures": "product (matures) WHERE matures IS NOT NULL",
    "act_customer": "act (customer_id, day)",
    "act_staff": "act (staff, day)",
    "act_day": "act (day)",
    "act_together": "act (day) WHERE companions <> ''",
    "affair_customer": "affair (customer_id)",
    "affair_staff": "affair (staff, kind)",
    "affair_opener": "affair (opener, day)",
    "affair_day": "affair (day)",
    "affair_closer": "affair (closer, closed) WHERE closed IS NOT NULL",
    "affair_closed": "affair (closed) WHERE closed IS NOT NULL",
    "waiver_day": "waiver (day)",
    "evidence_entry": "evidence (entry)",
    "withdrawn_position": "withdrawn (position)",
    "former_position": "former (position)",
    "former_customer": "former (customer_id)",
    "look_by": "look (by, day)",
    "look_day": "look (day)",
    "obligation_staff": "obligation (staff) WHERE staff <> ''",
    "post_staff": "post (staff)",
    "inspection_item_customer": "inspection_item (customer_id)",
    "inspection_sheet_of": "inspection_sheet (inspection, key)",
    "inspection_answer_of": "inspection_answer (inspection, finding)",
}


def version() -> int:
    """A number that changes with the shape of any table: a book whose number is another must be rebuilt."""
    return crc32("".join((*create(), *create_indexes())).encode())


def create(prefix: str = "") -> list[str]:
    """Statements that make the tables; with a prefix ("book.") in an attached file."""
    return [f"CREATE TABLE {prefix}{name} {columns}" for name, columns in TABLES.items()]


def create_indexes(prefix: str = "") -> list[str]:
    """Statements that make the indexes; with a prefix, those of an attached file."""
    return [f"CREATE INDEX {prefix}ix_{name} ON {target}" for name, target in INDEXES.items()]
