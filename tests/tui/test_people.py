"""Members of staff are found by what one types of them."""

import pytest

from guanhu.domain.errors import NotFound, Refused
from guanhu.tui.acts.people import Member, people

STAFF = (
    Member("S1", "周慧敏", "supervisor"), Member("R2", "李静", "manager"), Member("R3", "李静怡", "manager"),
    Member("T1", "陈晓", "teller"), Member("T2", "陈小", "teller"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "ids"),
    [("S1", "S1"), ("s1", "S1"), ("周慧敏", "S1"), ("zhm", "S1"), ("zhouhuimin", "S1"), ("周", "S1"),
     ("zhm，r2", "S1 R2"), ("S1 周慧敏", "S1"), ("李静", "R2"), ("lijingyi", "R3"), ("", "")],
)  # fmt: skip
def test_an_id_a_name_or_its_pinyin_names_a_person_once(text: str, ids: str) -> None:
    assert [each.staff_id for each in people(text, STAFF)] == ids.split()


def test_what_means_several_is_refused_with_their_names() -> None:
    with pytest.raises(Refused) as caught:
        people("cx", STAFF)
    assert caught.value.code == "ambiguous_staff"
    assert caught.value.details["staff"] == "陈晓 T1, 陈小 T2"


def test_what_means_nobody_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        people("zzz", STAFF)
    assert caught.value.code == "unknown_staff"
    assert not isinstance(caught.value, NotFound)
