"""The columns of each kind of file, under the many names that banks give them (DESIGN 7).

The first name is the column's own. Where two headers of a file mean the same column, the one that
stands earlier in the list is taken.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Literal, TypeAlias

from guanhu.intake.records import Kind

Unit: TypeAlias = Literal["yuan", "wan", "yi"]

_CUSTOMER_NO = (
    "customer_no customer_number customer_id cust_no cust_id client_no 客户号 客户编号 客户号码 客户代码 客户ID "
    "核心客户号 ECIF客户号 ECIF号 ECIF编号 客户内码 客户标识"
)
_NAME = "name customer_name full_name 客户名称 客户姓名 姓名 名称 户名 客户名"
_PRODUCT_NAMES = "product product_name 产品名称 产品 理财产品 理财产品名称 产品简称 储种"
_OUTLET = (
    "outlet outlet_code branch 网点 网点号 网点代码 网点编号 所属网点 机构 机构号 机构代码 机构编号 所属机构 开户机构 "
    "开户网点 归属机构 管户机构 网点名称 机构名称"
)
_STAFF_ID = "staff_id employee_id employee_no 工号 员工号 员工编号 员工工号 柜员号 用户号 人员编号"
_ROLE = "role roles 角色 岗位 职务 岗位名称 岗位角色 职位"
_BALANCE = (
    "balance aum 资产余额 AUM余额 AUM值 金融资产 金融资产余额 总资产 资产总额 管理资产 管理资产余额 资产 余额 账户余额 "
    "存款余额 当前余额 日终余额 金额"
)
_BALANCE_DATE = (
    "balance_date date 数据日期 余额日期 资产日期 报表日期 统计日期 AUM日期 日期 截止日期 数据日 业务日期 balance_day"
)

NAMES: Mapping[Kind, Mapping[str, str]] = {
    "customers": {
        "customer_no": _CUSTOMER_NO,
        "name": _NAME,
        "sex": "sex gender 性别 客户性别",
        "birthday": "birthday birth_date date_of_birth 生日 出生日期 出生年月日 公历生日 阳历生日 客户生日",
        "lunar_birthday": "lunar_birthday 农历生日 阴历生日 农历出生日期",
        "phone": (
            "phone mobile telephone phone_no mobile_no 手机号码 手机号 手机 联系电话 联系方式 移动电话 电话号码 电话"
        ),
        "address": "address 地址 联系地址 家庭地址 家庭住址 住址 通讯地址 通信地址 居住地址 住宅地址",
        "identity_no": "identity_no id_no id_card id_number 身份证号 身份证号码 身份证 证件号码 证件号 公民身份号码",
        "card_no": "card_no card_number card 卡号 银行卡号 借记卡号 借记卡卡号 主卡号 客户卡号",
        "age": "age 年龄 客户年龄",
        "occupation": "occupation 职业 客户职业 从事职业",
        "marital_status": "marital_status 婚姻状况 婚姻状态 婚姻 婚否",
        "education": "education 学历 文化程度 教育程度 最高学历",
        "income": "income 收入 年收入 月收入 收入水平 收入情况 家庭收入",
        "hobbies": "hobbies hobby 爱好 兴趣爱好 兴趣 客户爱好",
        "spending_habits": "spending_habits spending 消费习惯 消费偏好 消费特点 客户消费习惯",
        "risk_preference": "risk_preference risk_level 风险偏好 风险等级 风险承受能力 风险评级 客户风险等级",
        "needs": "needs need 需求 客户需求 金融需求 理财需求 业务需求",
        "outlet": _OUTLET,
        "owner": (
            "owner owner_id 管户人 管户人工号 管户员工号 管户工号 管户经理 管户经理工号 管户客户经理 客户经理工号 "
            "客户经理 客户经理编号 维护人 工号 员工号"
        ),
        "balance_yuan": _BALANCE,
        "balance_date": _BALANCE_DATE,
    },
    "balances": {
        "customer_no": _CUSTOMER_NO,
        "balance_yuan": _BALANCE,
        "date": "date " + _BALANCE_DATE.replace(" date ", " "),
    },
    "contacts": {
        "customer_no": _CUSTOMER_NO,
        "date": "date contact_date 联系日期 联系时间 日期 沟通日期 拜访日期 接触日期 外呼时间 外呼日期 时间",
        "channel": "channel 渠道 联系渠道 联系方式 方式 沟通方式 接触渠道 接触方式",
        "outcome": "outcome result 结果 联系结果 沟通结果 接触结果 外呼结果",
        "duration_seconds": (
            "duration_seconds duration 时长 通话时长 联系时长 时长(秒) 通话时长(秒) 通话秒数 通话时间(秒)"
        ),
        "staff": f"staff {_STAFF_ID} 员工 联系人工号 经办人 经办人工号 客户经理 客户经理工号 联系人员 操作员",
        "note": "note notes remark 备注 联系内容 内容 沟通内容 说明 摘要 记录",
        "next_date": "next_date 下次联系日期 下次联系时间 下次联系 下次跟进日期 下次跟进 下次日期",
    },
    "products": {
        "customer_no": _CUSTOMER_NO,
        "product": _PRODUCT_NAMES,
        "amount_yuan": "amount 金额 持有金额 购买金额 产品金额 认购金额 本金 份额金额 持仓金额 余额 产品余额 市值",
        "opened_on": (
            "opened_on open_date start_date 起息日 起息日期 购买日期 开户日期 开户日 成立日 起始日期 开始日期 认购日期"
        ),
        "matures_on": "matures_on maturity_date maturity end_date 到期日 到期日期 产品到期日 终止日期 结束日期",
        "product_no": "product_no product_code product_id 产品代码 产品编号 产品号 账号 合同号 协议号",
    },
    "staff": {
        "staff_id": _STAFF_ID,
        "name": "name staff_name 姓名 员工姓名 名称 员工名称",
        "role": _ROLE,
        "outlet": _OUTLET,
    },
    "assignments": {
        "customer_no": _CUSTOMER_NO,
        "staff_id": (
            f"{_STAFF_ID} owner 管户人 管户人工号 管户员工号 管户工号 管户经理 管户经理工号 客户经理工号 客户经理"
        ),
        "role": f"{_ROLE} 管户角色 管户岗位",
    },
}

REQUIRED: Mapping[Kind, tuple[str, ...]] = {
    "customers": ("customer_no",),
    "balances": ("customer_no", "balance_yuan", "date"),
    "contacts": ("customer_no", "date", "channel", "outcome"),
    "products": ("customer_no", "product", "amount_yuan"),
    "staff": ("staff_id", "role"),
    "assignments": ("customer_no", "staff_id"),
}
"""Columns without which a file can't be read; `--date` stands in for the date of balances."""

AMOUNTS = frozenset({"balance_yuan", "amount_yuan"})

IGNORED = frozenset({"行号", "原因", "guanhurow", "guanhureason", "序号"})
"""Headers that hold nothing of the customer: what a file of refused rows adds, and running numbers."""

_UNITS: Mapping[str | None, Unit | None] = {
    None: None, "元": "yuan", "yuan": "yuan", "万元": "wan", "万": "wan", "wan": "wan", "亿元": "yi", "亿": "yi",
}  # fmt: skip
_WITH_UNIT = re.compile(
    r"(?P<base>.+?)[(\[【/,]?(?:单位)?(?:折?人民币|rmb|cny|本币)?(?P<unit>[万亿]?元|[万亿]|wan|yuan)?[)\]】]?"
)
_TITLE_UNIT = re.compile(r"单位\s*:?\s*(?:人民币)?\s*(?P<unit>[^\W\d]{0,3}元)(?![^\W\d])")
_SKIPPED = re.compile(r"[\s_*:\-]+")


def same(header: str) -> str:
    """The form in which headers and words are compared: NFKC, casefold, no spaces, underscores, hyphens or colons."""
    return _SKIPPED.sub("", unicodedata.normalize("NFKC", header).casefold())


@cache
def _ranks(kind: Kind) -> Mapping[str, tuple[str, int]]:
    """Compared name -> (column, place in its list of names)."""
    ranks: dict[str, tuple[str, int]] = {}
    for column, names in NAMES[kind].items():
        for rank, name in enumerate([column, *names.split()]):
            ranks.setdefault(same(name), (column, rank))
    return ranks


def column_named(kind: Kind, name: str) -> str | None:
    """The column that a name of the table means, in this kind of file."""
    found = _ranks(kind).get(same(name))
    return found[0] if found else None


def recognise(kind: Kind, header: str) -> tuple[str, int, Unit | None] | None:
    """The column that a header means, its rank among that column's names, and the unit that the header states."""
    ranks = _ranks(kind)
    compared = same(header)
    split = _WITH_UNIT.fullmatch(compared)
    if split and (found := ranks.get(split["base"])) and found[0] in AMOUNTS:
        return found[0], found[1], _UNITS[split["unit"]]
    if exact := ranks.get(compared):
        return exact[0], exact[1], None
    return None


def title_unit(cells: list[str]) -> tuple[str, Unit | None] | None:
    """The unit that a title row states for the whole table ("单位:万元"), as written and as known; None if none is."""
    for cell in cells:
        found = _TITLE_UNIT.search(unicodedata.normalize("NFKC", cell))
        if found:
            return found["unit"], _UNITS.get(found["unit"])
    return None
