"""The figures by which a department judges the care of customers (issue 5, figures): what each of them means.

A figure is a share: a numerator out of a denominator, both whole numbers. This is the one place where a figure is
defined; commands, screens and files show these sentences, `figure_rules.py` has the rules that they speak of, and
`projections/figures` counts by them. "Tiered" customers are in a tier of the scheme on the day in question. The start
of a period is the end of the day before it; its end is its last day, or the day asked about where that is earlier.
"""

from typing import Literal

import msgspec

from guanhu.domain.scheme import Names

Unit = Literal["customers", "occurrences", "entries", "fen", "points"]
Better = Literal["more", "less"]

RETENTION_DAYS = 30
"""Days after which it is seen what became of money that matured: by then a wage has come in and a new product begun."""
ATTRITION_PERCENT = 50
"""From a fall by this share on, a customer counts as lost: half of the money keeps its house bank elsewhere."""
VALUED_FROM_YUAN = 200_000
"""The floor from which customers are contacted every month (given, SCHEMES.md 1): their leaving is attrition."""


class Figure(msgspec.Struct, frozen=True):
    """One figure: its names, what is counted, whose it is and by which tier, in which unit, which way is better.

    `counted` is the numerator, `of` the denominator. `whose` says by which day's owner and tier a customer counts.
    """

    id: str
    names: Names
    counted: Names
    of: Names
    whose: Names
    unit: Unit
    better: Better


AT_END = Names(
    zh="按期末的管户人和层级归属；几人共管的客户，每位管户人名下都算一户，合计里只算一户",
    en="by the owner and the tier at the end of the period; "
    "who has several owners counts under each of them, once in the total",
)
AT_START = Names(
    zh="按期初的管户人和层级归属；几人共管的客户，每位管户人名下都算一户，合计里只算一户",
    en="by the owner and the tier at the start of the period; "
    "who has several owners counts under each of them, once in the total",
)

_ALL = (
    Figure(
        "coverage",
        Names(zh="管户覆盖率", en="coverage"),
        Names(
            zh="其中管户人符合层级岗位要求的客户（共同负责的层级，各岗位都有管户人）",
            en="those whose owners hold the roles of the tier (of a joint tier each of them)",
        ),
        Names(zh="期末分层客户，不含已销户", en="tiered customers at the end, closed accounts left out"),
        AT_END,
        "customers",
        "more",
    ),
    Figure(
        "reach",
        Names(zh="触达率", en="reach"),
        Names(
            zh="期内至少联系上一次的客户（接通、回复、预约，或见到人的拜访；不论谁联系）",
            en="those who were reached in the period by a contact or a visit, whoever made it",
        ),
        Names(
            zh="期末有管户人的分层客户，不含免打扰、已故和已销户",
            en="tiered customers with an owner at the end whom one may contact",
        ),
        AT_END,
        "customers",
        "more",
    ),
    Figure(
        "on_time",
        Names(zh="按期完成率", en="on time"),
        Names(zh="其中在到期日之前（含当日）完成的事项", en="those that were done by the day they were due"),
        Names(
            zh="期内到期的应尽事项，不含免办的事项和岗位每日事项",
            en="duties to customers that fell due in the period and were not waived",
        ),
        Names(
            zh="按期末的责任人和客户层级归属；几人共同负责的任务，每人名下都算一项，合计里只算一项",
            en="by who owes it and the customer's tier at the end; "
            "what several owe together counts under each of them, once in the total",
        ),
        "occurrences",
        "more",
    ),
    Figure(
        "up_rate",
        Names(zh="提升率", en="up rate"),
        Names(zh="期末层级高于期初的客户", en="those in a higher tier at the end"),
        Names(zh="期初分层客户", en="tiered customers at the start"),
        AT_START,
        "customers",
        "more",
    ),
    Figure(
        "down_rate",
        Names(zh="降级率", en="down rate"),
        Names(zh="期末层级低于期初的客户（含降为未分层）", en="those in a lower tier or none at the end"),
        Names(zh="期初分层客户", en="tiered customers at the start"),
        AT_START,
        "customers",
        "less",
    ),
    Figure(
        "near_conversion",
        Names(zh="临界提升转化率", en="near-tier conversion"),
        Names(zh="期内升入上一层级或更高层级的客户", en="those who rose to it or higher on a day of the period"),
        Names(
            zh="期初临界客户（资产距上一层级起点不足方案所定的比例）",
            en="tiered customers near the next tier at the start, as near as the scheme says",
        ),
        AT_START,
        "customers",
        "more",
    ),
    Figure(
        "maturity_retention",
        Names(zh="到期承接率", en="maturity retention"),
        Names(
            zh=f"到期后第 {RETENTION_DAYS} 天（未到则按查询日）仍留在行内的部分：到期金额减去资产比到期前一天的减少额，"
            f"最少为零；同一客户 {RETENTION_DAYS} 天内相继到期的合并计算",
            en=f"what of it is still with the bank {RETENTION_DAYS} days later, or on the day asked about: the amount"
            " less the fall of the AUM since the day before, not below nothing; maturities of a customer within"
            f" {RETENTION_DAYS} days are one",
        ),
        Names(
            zh="期内到期的产品金额（提前结束的、到期前没有余额记录的不计）",
            en="money of products that matured in the period, unless they ended before or no balance is known before",
        ),
        Names(
            zh="按到期前一天的管户人和层级归属；几人共管的客户，每位管户人名下都计入，合计里只计一次",
            en="by the owner and the tier on the day before it matured; "
            "who has several owners counts under each of them, once in the total",
        ),
        "fen",
        "more",
    ),
    Figure(
        "attrition",
        Names(zh="流失率", en="attrition"),
        Names(
            zh=f"期末资产比期初减少 {ATTRITION_PERCENT}% 及以上，或低于最低层级起点的客户",
            en=f"those whose AUM fell by {ATTRITION_PERCENT} % or more, or is below the lowest tier at the end",
        ),
        Names(
            zh=f"期初在 {VALUED_FROM_YUAN // 10_000} 万元及以上层级的客户",
            en=f"customers at the start in tiers from {VALUED_FROM_YUAN:,} yuan up",
        ),
        AT_START,
        "customers",
        "less",
    ),
    Figure(
        "late_writing",
        Names(zh="补录率", en="late writing"),
        Names(zh="其中在发生日之后补录的记录", en="those written down on a later day than they happened"),
        Names(
            zh="期内发生的日志记录，按更正后的日期，不含撤销的和导入的",
            en="entries of the log that happened in the period, as corrected; withdrawn and imported ones left out",
        ),
        Names(
            zh="按经办人和同行人、发生日的客户层级归属；几人同去的，每人名下都算一条，合计里只算一条",
            en="by who did it or came along, and the customer's tier on its day; "
            "what several did together counts under each of them, once in the total",
        ),
        "entries",
        "less",
    ),
    Figure(
        "profile_completeness",
        Names(zh="档案完整度", en="profile completeness"),
        Names(zh="已得的档案分", en="points of the profile that are reached"),
        Names(
            zh="期末应建档客户（方案要求完善档案的客户）的满分之和",
            en="points that can be had, of customers whose profile the scheme asks for at the end",
        ),
        AT_END,
        "points",
        "more",
    ),
    Figure(
        "profile_complete",
        Names(zh="档案完整率", en="complete profiles"),
        Names(zh="档案分达到方案所定满档分数的客户", en="those whose profile has the score of a full file"),
        Names(
            zh="期末应建档客户（方案要求完善档案的客户）",
            en="customers whose profile the scheme asks for at the end",
        ),
        AT_END,
        "customers",
        "more",
    ),
)

FIGURES = {figure.id: figure for figure in _ALL}
"""Every figure by its id, in the order in which they are shown."""


def per_mille(numerator: int, denominator: int) -> int | None:
    """The share in thousandths, rounded half away from zero (四舍五入); None out of nothing."""
    if denominator <= 0:
        return None
    return (2 * numerator * 1000 + denominator) // (2 * denominator)


def percent(numerator: int, denominator: int) -> str:
    """The share as people read it: 63.2%; "" out of nothing."""
    thousandths = per_mille(numerator, denominator)
    return "" if thousandths is None else f"{thousandths // 10}.{thousandths % 10}%"
