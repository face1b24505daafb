"""A scheme file is read whole, or refused with everything that is wrong with it, where it stands and what may be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanhu.domain.scheme_file import Problem, SchemeInvalid, default_scheme_text, read_scheme

TEXT = default_scheme_text()
LINES = TEXT.split("\n")
MONTHLY = 'trigger = "period"\nperiod = "month"\nwho = [{ tiers = ["middle", "affluent", "wealth"] }]'


def problems(text: str) -> list[Problem]:
    with pytest.raises(SchemeInvalid) as refused:
        read_scheme(text)
    assert refused.value.code == "scheme_invalid"
    assert refused.value.details == {"problems": len(refused.value.problems)}
    return refused.value.problems


def broken(old: str, new: str) -> Problem:
    """The one problem of the default scheme when the first `old` in it is `new`."""
    assert old in TEXT
    (problem,) = problems(TEXT.replace(old, new, 1))
    return problem


def test_the_default_scheme_is_sound_and_is_the_personal_one() -> None:
    scheme = read_scheme(TEXT)
    assert scheme.id == "personal"
    assert [tier.id for tier in scheme.tiers] == ["mass", "basic", "middle", "affluent", "wealth"]
    assert len(scheme.duties) == 20


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter() -> None:
    assert read_scheme("\ufeff" + TEXT.replace("\n", "\r\n")) == read_scheme(TEXT)


@pytest.mark.parametrize(
    ("old", "new", "key", "reason", "value", "allowed"),
    [
        (
            "capacity = 1000", 'capacity = "many"',
            "roles[0] (high_counter_teller).capacity", "wrong_type", "many", "integer",
        ),
        (
            "capacity = 400", "capacity = true",
            "roles[1] (low_counter_teller).capacity", "wrong_type", "true", "integer",
        ),
        ("owns = false", "owns = 0", "roles[7] (department).owns", "wrong_type", "0", "boolean"),
        (
            "capacity = 150", "capacity = -1",
            "roles[3] (lobby_manager).capacity", "out_of_range", "-1", "0..10000000000000",
        ),
        ("joint = true", "joined = true", "tiers[3] (affluent).joined", "unknown_key", "joined", "id"),
        ("from_yuan = 1_000", "from_yuan = 1_000.5", "tiers[0] (mass).from_yuan", "wrong_type", "1000.5", "integer"),
        ("from_yuan = 1_000", "from_yuan = 0", "tiers[0] (mass).from_yuan", "out_of_range", "0", "1..10000000000000"),
        (
            "from_yuan = 200_000", "from_yuan = 50_000",
            "tiers[2] (middle).from_yuan", "not_ascending", "50000", "> 50000",
        ),
        (
            'assists = ["lobby_manager"]', 'assists = ["boss"]',
            "tiers[2] (middle).assists[0]", "unknown_role", "boss", "inspector",
        ),
        (
            'role = "relationship_manager"', 'role = "rm"',
            "system_owner_role", "unknown_role", "rm", "relationship_manager",
        ),
        ('roles = ["high_counter_teller"]', "roles = []", "tiers[0] (mass).roles", "empty", "[]", None),
        ('measure = "balance"', 'measure = "mood"', "rating.measure", "unknown_word", "mood", "month_average"),
        ("down_months = 1", "down_months = 0", "rating.down_months", "out_of_range", "0", "1..120"),
        ("watch_months = 0", "watch_months = -1", "rating.watch_months", "out_of_range", "-1", "0..120"),
        ("needs = 5", "needs = 4", "profile.weights", "weights_total", "99", "100"),
        ("full_score = 60", "full_score = 101", "profile.full_score", "out_of_range", "101", "1..100"),
        ('id = "wealth"', 'id = "Wealth!"', None, "bad_id", "Wealth!", "[a-z0-9_]+"),
        ('zh = "元旦"', 'zh = ""', "festivals[0] (new_year).names.zh", "bad_name", "", None),
        ('en = "untiered"', 'en = "a\\u001bc"', "untiered.en", "bad_name", "a\ufffdc", None),
        ('en = "untiered"', 'en = "untiered "', "untiered.en", "bad_name", "untiered ", None),
        ('en = "1k-50k"', 'en = "[red]1k"', "tiers[0] (mass).names.en", "bad_name", "[red]1k", None),
        (
            '"birthday", "address"', '"birthday", "shoes"',
            "duties[0] (profile).facts[1]", "unknown_fact", "shoes", "phone",
        ),
        ('mark = "prospect"', 'mark = "vip"', "duties[0] (profile).who[1].mark", "unknown_mark", "vip", "prospect"),
        ("aum_to = 100_000", "aum_to = 50_000", "duties[0] (profile).by[0].aum_to", "empty_band", "50000", "> 50000"),
        (
            'facts = ["birthday", "address", "phone"]\n', "",
            "duties[0] (profile).facts", "trigger_needs", "while", "facts",
        ),
        (
            'discharge = ["score"]', 'discharge = ["facts"]',
            "duties[1] (profile_full).discharge[0]", "not_for_trigger", "facts", "while",
        ),
        ("soft_day = 25", "soft_day = 367", "duties[2] (monthly_contact).soft_day", "out_of_range", "367", "1..366"),
        ("soft_day = 25", "times = 0", "duties[2] (monthly_contact).times", "out_of_range", "0", "1..100"),
        (
            "{ basic = 50_000,", "{ gold = 50_000,",
            "duties[3] (fund_change).change.thresholds.gold", "unknown_tier", "gold", "basic",
        ),
        (
            "outflow = { working_days = 1 }", "outflow = {}\ninfow = {}",
            "duties[3] (fund_change).change.infow", "unknown_key", "infow", "inflow",
        ),
        (
            '"wedding", "birth"', '"wedding", "divorce"',
            "duties[6] (birthday_visit).also_events[1]", "unknown_kind", "divorce", "birth",
        ),
        (
            'roles = ["relationship_manager", "rm_supervisor"], together', 'roles = ["rm_supervisor"], together',
            "duties[6] (birthday_visit).by[1].roles", "too_few_roles", "rm_supervisor", ">= 2",
        ),
        (
            '"dragon_boat", "mid_autumn", "national_day"]', '"dragon_boat", "easter"]',
            "duties[8] (festival_greeting).festivals[3]", "unknown_festival", "easter", "spring_festival",
        ),
        (
            'kinds = ["joint_visit"]', 'kinds = ["wedding"]',
            "duties[11] (joint_visit).kinds[0]", "unknown_kind", "wedding", "support",
        ),
        (
            "near_percent = 20", "near_percent = 100",
            "duties[14] (near_tier).who[0].near_percent", "out_of_range", "100", "1..99",
        ),
        ('id = "below_floor"', 'id = "near_tier"', "duties[15] (near_tier).id", "duplicate_id", "near_tier", None),
    ],
)  # fmt: skip
def test_a_mistake_is_told_by_key_reason_value_and_what_is_allowed(
    old: str, new: str, key: str | None, reason: str, value: str, allowed: str | None
) -> None:
    found = problems(TEXT.replace(old, new, 1))
    problem = found[0]
    assert key is None or (len(found) == 1 and problem.key == key)
    assert (problem.reason, problem.value) == (reason, value)
    assert allowed is None or allowed in problem.allowed
    # A total stands on the line of its table, a missing key on that of the table that misses it.
    assert reason in ("weights_total", "trigger_needs") or problem.line - TEXT[: TEXT.index(old)].count("\n") in (1, 2)


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('period = "month"\n', "", "duties[2] (monthly_contact).period", "trigger_needs"),
        ('period = "month"\nwho = [{ tiered', "who = [{ tiered", "duties[14] (near_tier).period", "trigger_needs"),
        (
            'trigger = "period"', 'trigger = "weekly"',
            "duties[2] (monthly_contact).trigger", "unknown_word",
        ),
        ("[duties.change]\neither", "[duties.chance]\neither", "duties[3] (fund_change).chance", "unknown_key"),
        ("bulk_due = { days = 30 }", "times = 3", "duties[10] (first_contact).times", "not_for_trigger"),
        ('kinds = ["support"]', 'festivals = ["new_year"]', "duties[12] (support).festivals", "not_for_trigger"),
        (
            "owner = true, due = { working_days = 5 } }", 'owner = true, period = "week" }',
            "duties[10] (first_contact).by[0].period", "not_for_trigger",
        ),
        (
            '{ tiers = ["middle"], owner = true, due', '{ tiers = ["middle"], due',
            "duties[10] (first_contact).by[1]", "nobody_owes",
        ),
        ("by = [{ owner = true }]", "by = []", "duties[7] (birthday_greeting).by", "empty"),
        ("who = [{ below_floor = true }]", "who = [{ tiers = [] }]", "duties[15] (below_floor).who[0].tiers", "empty"),
        (
            'names = { zh = "承诺事项", en = "promise" }', 'names = { zh = "承诺事项" }',
            "duties[13] (promise).names.en", "missing_key",
        ),
        ("version = 1\n", "", "version", "missing_key"),
        (
            'discharge = ["answer"]\ndue', 'discharge = ["answer", "shout"]\ndue',
            "duties[12] (support).discharge[1]", "unknown_word",
        ),
    ],
)  # fmt: skip
def test_a_duty_must_have_what_its_trigger_needs_and_nothing_it_can_not_heed(
    old: str, new: str, key: str, reason: str
) -> None:
    found = {(problem.key, problem.reason) for problem in problems(TEXT.replace(old, new, 1))}
    assert (key, reason) in found


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = TEXT.replace("from_yuan = 200_000", "from_yuan = true").replace('["support"]', '["suport"]')
    text = text.replace("needs = 5", "needs = 6").replace("aum_to = 100_000", "aum_to = 1")
    text = text.replace("capacity = 40\n", "x = 1\n")
    found = problems(text)
    assert [problem.key for problem in found] == [
        "roles[6] (outlet_manager).x",
        "tiers[2] (middle).from_yuan",
        "profile.weights",
        "duties[0] (profile).by[0].aum_to",
        "duties[12] (support).kinds[0]",
    ]
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


def test_a_problem_in_a_list_over_several_lines_is_told_on_its_own_line() -> None:
    problem = broken('["low_counter_teller", "vip_counter_teller"] },', '["low_counter_teller", "vip_teller"] },')
    assert problem.key == "duties[0] (profile).by[1].roles[1]"
    assert LINES[problem.line - 1].startswith("    { aum_from = 100_000")


def test_an_unknown_tier_names_the_tiers_there_are() -> None:
    problem = broken('{ tiers = ["wealth"], roles', '{ tiers = ["welth"], roles')
    assert (problem.key, problem.value) == ("duties[6] (birthday_visit).by[0].tiers[0]", "welth")
    assert problem.allowed == ("mass", "basic", "middle", "affluent", "wealth")


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("version = 1", "version = = 1", 11),
        ('id = "personal"', 'id = "personal', 15),
        ("from_yuan = 50_000", "from_yuan = 5万", 14),
    ],
)
def test_what_is_not_toml_is_told_by_line_and_column(old: str, new: str, column: int) -> None:
    problem = broken(old, new)
    line = TEXT[: TEXT.index(old)].count("\n") + 1
    assert (problem.reason, problem.line, problem.column) == ("bad_toml", line, column)
    assert problem.value == new
    assert problem.allowed


@pytest.mark.parametrize(
    "text",
    [
        *("", "roles = 1", "roles = [1, [], {}]", "a = [", '"\\u001b" = 1', "[[duties]]\nby = 1\nid = 1979-05-27"),
        *("x = " + "[" * 5_000, "v = " + "9" * 5_000, "version = 0x" + "f" * 5_000),
        "tiers = {}\nduties = [[]]\nprofile = []\nfestivals = ''",
    ],
)
def test_a_file_of_anything_else_is_refused_without_a_crash(text: str) -> None:
    for problem in problems(text):
        assert problem.reason
        assert (problem.key + problem.value).isprintable()


VALUES = ["1", "-1", "true", '""', '"x"', "[]", "[1]", '["x"]', "{}", "{ x = 1 }", "1.5", "nan", "2026-01-01"]
values = st.sampled_from(VALUES)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), values), min_size=1, max_size=4))
def test_any_values_in_place_of_its_own_leave_a_scheme_or_problems(changes: list[tuple[int, str]]) -> None:
    lines = list(LINES)
    for n, value in changes:
        if " = " in lines[n] and not lines[n].startswith((" ", "#")) and not lines[n].endswith("["):
            lines[n] = f"{lines[n].split(' = ')[0]} = {value}"
    text = "\n".join(lines)
    found: list[Problem] = []
    try:
        assert read_scheme(text).id
    except SchemeInvalid as refused:
        found = refused.problems
    assert all(0 <= problem.line <= len(lines) and problem.reason != "bad_toml" for problem in found)


def test_a_file_with_a_wrong_value_on_any_line_is_refused_on_that_line() -> None:
    for n, line in enumerate(LINES, 1):
        if " = " in line and not line.startswith((" ", "#")) and not line.endswith("["):
            text = "\n".join([*LINES[: n - 1], f"{line.split(' = ')[0]} = 1.5", *LINES[n:]])
            told = {problem.reason for problem in problems(text) if problem.line == n}
            assert told & {"wrong_type", "unknown_word"}
