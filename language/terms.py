"""The field's own words: what an id of the book is called in front of a person (SCHEMES.md 1).

Ids are stored and never translated; these are their names. Tiers, duties and roles are named by the scheme, whose
names come first; the roles below are for a scheme that leaves one out. An id without a name is shown as it is, so
that what a bank adds in its scheme or its files still reads.
"""

from collections.abc import Mapping

from guanhu.language import N_, _

CHANNELS: Mapping[str, str] = {
    "phone": N_("phone"),
    "wecom": N_("WeCom"),
    "message": N_("text message"),
    "letter": N_("letter"),
    "counter": N_("at the counter"),
    "other": N_("other"),
}
OUTCOMES: Mapping[str, str] = {
    "reached_success": N_("reached, interested"),
    "reached_declined": N_("reached, declined"),
    "reached_other": N_("reached, other"),
    "appointment": N_("appointment made"),
    "replied": N_("replied"),
    "sent": N_("sent"),
    "no_answer": N_("no answer"),
    "message_left": N_("message left"),
    "wrong_number": N_("wrong number"),
    "do_not_disturb": N_("wants no contact"),
}
VISIT_OUTCOMES: Mapping[str, str] = {
    "reached_success": N_("met, interested"),
    "reached_declined": N_("met, declined"),
    "reached_other": N_("met, other"),
    "no_answer": N_("not there"),
    "message_left": N_("word left"),
    "wrong_number": N_("wrong address"),
}
"""The same outcomes as they are said of a visit; the others have no words of their own."""
STATUSES: Mapping[str, str] = {
    "upcoming": N_("upcoming"),
    "open": N_("to do"),
    "overdue": N_("overdue"),
    "done": N_("done"),
    "missed": N_("missed"),
    "waived": N_("waived"),
}
MARKS: Mapping[str, str] = {
    "prospect": N_("prospect"),
    "do_not_disturb": N_("do not disturb"),
    "deceased": N_("deceased"),
    "closed": N_("account closed"),
}
ROLES: Mapping[str, str] = {
    "high_counter_teller": N_("high-counter teller"),
    "low_counter_teller": N_("low-counter teller"),
    "vip_counter_teller": N_("VIP-counter teller"),
    "lobby_manager": N_("lobby manager"),
    "relationship_manager": N_("relationship manager"),
    "rm_supervisor": N_("relationship-manager supervisor"),
    "outlet_manager": N_("outlet manager"),
    "department": N_("personal banking department"),
    "inspector": N_("inspector"),
}
FACTS: Mapping[str, str] = {
    "name": N_("name"),
    "sex": N_("sex"),
    "birthday": N_("birthday"),
    "lunar_birthday": N_("lunar birthday"),
    "age": N_("age"),
    "phone": N_("telephone number"),
    "address": N_("address"),
    "identity_no": N_("identity number"),
    "card_no": N_("card number"),
    "occupation": N_("occupation"),
    "marital_status": N_("marital status"),
    "education": N_("education"),
    "income": N_("income"),
    "hobbies": N_("hobbies"),
    "spending_habits": N_("spending habits"),
    "risk_preference": N_("risk preference"),
    "needs": N_("needs"),
}
RELATIONS: Mapping[str, str] = {
    "family": N_("family"),
    "colleague": N_("colleague"),
    "introduced_by": N_("introduced by"),
    "other": N_("other"),
}
SEATS: Mapping[str, str] = {
    "owner": N_("owner"),
    "system": N_("system owner"),
}
REQUESTS: Mapping[str, str] = {
    "joint_visit": N_("joint visit"),
    "support": N_("support by the department"),
}
FESTIVALS: Mapping[str, str] = {
    "new_year": N_("New Year"),
    "spring_festival": N_("Spring Festival"),
    "dragon_boat": N_("Dragon Boat Festival"),
    "mid_autumn": N_("Mid-Autumn Festival"),
    "national_day": N_("National Day"),
}
IMPORTANT_EVENTS: Mapping[str, str] = {
    "wedding": N_("wedding"),
    "birth": N_("birth of a child"),
    "promotion": N_("promotion at work"),
    "moving": N_("moving to a new home"),
    "study": N_("admitted to a school"),
    "retirement": N_("retirement"),
    "illness": N_("illness"),
    "bereavement": N_("death in the family"),
    "business": N_("change in the business"),
    "other": N_("other"),
}
AFFAIRS: Mapping[str, str] = {
    "promise": N_("promise"),
    "referral": N_("referral"),
    "request": N_("request for help"),
    "event": N_("important event"),
    "opinion": N_("opinion"),
}
CLOSINGS: Mapping[str, str] = {
    "kept": N_("kept"),
    "excused": N_("excused, the customer was told why"),
    "accepted": N_("accepted by whom it was sent to"),
    "returned": N_("returned"),
    "answered": N_("answered"),
}
SEXES: Mapping[str, str] = {
    "male": N_("male"),
    "female": N_("female"),
}
EVIDENCE_KINDS: Mapping[str, str] = {
    "call_record": N_("call record"),
    "message_receipt": N_("message receipt"),
    "customer_said": N_("customer called back"),
    "other": N_("other"),
}
TIER_RULES: Mapping[str, str] = {
    "first_balance": N_("first balance"),
    "up_at_once": N_("up at once"),
    "up_month_end": N_("up at the month's end"),
    "down_full_month": N_("down after full months below"),
    "scheme_change": N_("another scheme took over"),
}
TOPICS: Mapping[str, str] = {
    # a customer
    "registered": N_("customer registered"),
    "profile": N_("profile recorded"),
    "marked": N_("mark set"),
    "unmarked": N_("mark taken off"),
    "tagged": N_("tag changed"),
    "linked": N_("relation changed"),
    "restricted": N_("use of personal data restricted"),
    "erased": N_("personal data erased"),
    "assigned": N_("assigned"),
    "released": N_("released"),
    # what was done for one
    "contact": N_("contact"),
    "visit": N_("visit"),
    "corrected": N_("entry corrected"),
    "promise": N_("promise made"),
    "promise_corrected": N_("promise corrected"),
    "promise_kept": N_("promise kept"),
    "promise_excused": N_("promise excused"),
    "important_event": N_("important event"),
    "opinion": N_("opinion voiced"),
    "product": N_("product held"),
    "product_ended": N_("product ended"),
    "referred": N_("referred"),
    "referral_answered": N_("referral answered"),
    "requested": N_("help requested"),
    "request_answered": N_("request answered"),
    "waived": N_("duty waived"),
    "evidence": N_("evidence attached"),
    # money and tiers
    "balances": N_("balance reported"),
    "deposit": N_("deposit"),
    "withdrawal": N_("withdrawal"),
    "tiers": N_("tier changed"),
    # staff, outlets and the book
    "enrolled": N_("staff enrolled"),
    "role_given": N_("role given"),
    "role_taken": N_("role taken away"),
    "staff_left": N_("staff left"),
    "handed_over": N_("open affairs handed over"),
    "leave": N_("leave arranged"),
    "reviewed": N_("day reviewed"),
    "outlet_opened": N_("outlet opened"),
    "outlet_closed": N_("outlet closed"),
    "supervised": N_("outlet supervised"),
    "withdrawn": N_("taken back"),
    "seats_withdrawn": N_("assignment taken back"),
    "scheme": N_("scheme adopted"),
    "day": N_("day opened"),
    "inspection_opened": N_("inspection opened"),
    "inspection_sheet": N_("worksheet of an inspection"),
    "inspection_finding": N_("inspection finding"),
    "inspection_withdrawn": N_("inspection finding withdrawn"),
    "inspection_answer": N_("inspection finding answered"),
    "inspection_judged": N_("answer to an inspection judged"),
    "inspection_closed": N_("inspection closed"),
    "looked": N_("looked at"),
    "looking_set": N_("recording of looking set"),
    "import_begun": N_("import begun"),
    "import_batch": N_("rows imported"),
    "imported": N_("file imported"),
}


def channel(id_: str) -> str:
    """Name the way in which a customer was contacted."""
    return named(CHANNELS, id_)


def outcome(id_: str, kind: str = "contact") -> str:
    """Name what came of a contact or, said in other words, of a `visit`."""
    return named(VISIT_OUTCOMES if kind == "visit" and id_ in VISIT_OUTCOMES else OUTCOMES, id_)


def status(id_: str) -> str:
    """Name the state of a duty's occurrence (DESIGN.md 6)."""
    return named(STATUSES, id_)


def mark(id_: str) -> str:
    """Name a mark that a customer carries."""
    return named(MARKS, id_)


def role(id_: str) -> str:
    """Name a post; a scheme's own name for it comes before this one."""
    return named(ROLES, id_)


def fact(id_: str) -> str:
    """Name a field of the profile; a bank's own column keeps its header."""
    return named(FACTS, id_)


def relation(id_: str) -> str:
    """Name how two customers are related."""
    return named(RELATIONS, id_)


def seat(id_: str) -> str:
    """Name in what way a customer is assigned: to the owner (管户人) or the system owner (系统管户)."""
    return named(SEATS, id_)


def request(id_: str) -> str:
    """Name what an outlet asks the department for."""
    return named(REQUESTS, id_)


def festival(id_: str) -> str:
    """Name a festival on which customers are greeted."""
    return named(FESTIVALS, id_)


def important_event(id_: str) -> str:
    """Name an event in a customer's life that wants a word from the bank."""
    return named(IMPORTANT_EVENTS, id_)


def affair(id_: str) -> str:
    """Name what staff take up for a customer, by its kind."""
    return named(AFFAIRS, id_)


def outcome_or_closing(id_: str, kind: str = "contact") -> str:
    """Name what came of an entry of the log of some kind: of an act, or of what was taken up and closed."""
    return outcome(id_, kind) if id_ in OUTCOMES else named(CLOSINGS, id_)


def fact_value(fact_id: str, value: str) -> str:
    """Say the value of a fact: one that is stored as an id by its name."""
    return named(SEXES, value) if fact_id == "sex" else value


def tier_rule(id_: str) -> str:
    """Name the rule that moved a customer between tiers."""
    return named(TIER_RULES, id_)


def evidence_kind(id_: str) -> str:
    """Name what kind of outside evidence speaks of an entry."""
    return named(EVIDENCE_KINDS, id_)


def topic(id_: str) -> str:
    """Name a kind of event of the log, by the topic it is stored under."""
    return named(TOPICS, id_)


def named(names: Mapping[str, str], id_: str) -> str:
    """Name an id by some names; one that has none among them is shown as it is."""
    return _(names[id_]) if id_ in names else id_


def changed_hands(customers: int, seats: int) -> str:
    """How many customers a plan gave to somebody else; the seats are told where a customer has several."""
    if seats == customers:
        return _("Customers who changed hands: {customers}.", customers=customers)
    return _(
        "Customers who changed hands: {customers}, with {seats} seats (owner or system owner).",
        customers=customers, seats=seats,
    )  # fmt: skip
