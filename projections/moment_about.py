"""What a question about a past moment can be about: only that much of it need be made (store/moments_scoped.py).

Whom that concerns is found by `moment_scope.py`; which command is about what stands in commands/scopes.py.
"""

from datetime import date

import msgspec


class About(msgspec.Struct, frozen=True):
    """What a question is about. Nothing named: only the book's frame - posts, outlets, schemes, inspections, its day.

    `customers`: these and those linked with them; `queue_of`: whose duties; `log_of`: whose entries of the log, from
    `first` to `last` (all days unless given); `outlets`: whose customers, with `staff_too` also all that whoever ever
    held a post there had in care, or on these days in the log; `inspection`: the customers of its sample and findings.
    `text`: whom a search finds by it. `linked`: with all whom any of these was ever linked with. `duties`: whether
    accounts and duties are asked of. `by_name`: an id was found by what somebody is called now.
    """

    customers: tuple[str, ...] = ()
    queue_of: str = ""
    log_of: str = ""
    first: date | None = None
    last: date | None = None
    outlets: tuple[str, ...] = ()
    staff_too: bool = False
    inspection: str = ""
    text: str = ""
    linked: bool = False
    duties: bool = True
    by_name: bool = False
