"""Made-up customers: who they are, how old, what they do, and how much of it the bank knows."""

from datetime import date, timedelta
from random import Random

import msgspec

from guanhu.commands.demo_branch import names, places
from guanhu.domain.customer import PersonalData

OUTLETS = ("01", "02", "03")
_OUTLET_SHARES = (50, 29, 21)

_WORK = (
    "教师 公务员 医生 护士 会计 工程师 销售经理 个体经营 餐饮店主 货车司机 企业主 程序员 律师 建筑承包 物业管理 "
    "超市店长 设计师 银行职员 快递站长 药店经营 服装批发 五金店主 装修队长 公交司机 幼儿园老师 自由职业"
)
_RETIRED = "退休教师 退休工人 退休干部 退休医生 退休职工 退休会计 返聘工程师"
_HOBBIES = (
    "广场舞 太极拳 钓鱼 摄影 书法 旅游 羽毛球 乒乓球 登山 象棋 养花 烘焙 跑步 瑜伽 游泳 听戏 集邮 读书 自驾游 品茶 "
    "骑行 篮球 合唱 收藏 观影"
)
_EDUCATION = ("初中", "高中", "中专", "大专", "本科", "硕士")
_RISK = ("保守型", "稳健型", "平衡型", "成长型", "进取型")
_INCOME = ("5万以下", "5-10万", "10-20万", "20-50万", "50-100万", "100万以上")
_SPENDING = ("节俭,大额消费少", "喜欢网购", "餐饮旅游支出多", "子女教育支出大", "生意周转频繁", "医疗保健支出多")
_NEEDS = (
    "大额存单", "养老规划", "子女教育金", "短期理财", "房贷提前还款", "资产传承", "外汇兑换", "经营周转", "黄金积存",
    "保障型保险",
)  # fmt: skip


class Customer(msgspec.Struct):
    """A made-up customer. `step`: the tier held in the end, 0 untiered; `joined`: the first month that knows them."""

    no: str
    name: str
    surname: str
    male: bool
    born: date
    outlet: str
    step: int
    joined: int
    facts: dict[str, str]
    untold: dict[str, str] = {}
    """What staff will learn later on."""
    relative: str = ""
    """The number of somebody of the family who is a customer too."""

    @property
    def data(self) -> PersonalData:
        """What is sealed at registration."""
        return PersonalData(self.name, self.facts)

    def age(self, today: date) -> int:
        """About how old the customer is."""
        return today.year - self.born.year

    def title(self, today: date) -> str:
        """How staff speak of the customer: 王女士, 李叔叔."""
        if self.age(today) >= 66:
            return self.surname + ("叔叔" if self.male else "阿姨")
        return self.surname + ("先生" if self.male else "女士")


def make_customers(rng: Random, steps: list[int], months: int, today: date) -> list[Customer]:
    """One customer for each entry of `steps`, in the order in which the branch got to know them."""
    joined = sorted(0 if rng.random() < 0.84 else rng.randrange(1, months - 1) for _ in steps)
    number = 20_000_000
    found: list[Customer] = []
    for step, month in zip(steps, joined, strict=True):
        number += rng.randrange(2, 30)
        relative = found[-1] if found and step and rng.random() < 0.04 else None
        found.append(_customer(rng, str(number), step, month, today, relative))
    return found


def _customer(rng: Random, no: str, step: int, joined: int, today: date, relative: Customer | None) -> Customer:
    outlet = relative.outlet if relative else rng.choices(OUTLETS, _OUTLET_SHARES)[0]
    age = min(int(rng.triangular(20, 88, 40 + 3 * step)), 88)
    born = today - timedelta(days=age * 365 + rng.randrange(365))
    male = rng.random() < 0.49
    family = relative.surname if relative and rng.random() < 0.6 else ""
    name = names.name(rng, male, born.year, family)
    facts = _facts(rng, outlet, male, born, age, step)
    if relative and "address" in relative.facts and "address" in facts:
        facts["address"] = relative.facts["address"]
    # A birthday is known from the identity card in most cases; the rest is learned by asking.
    known = {fact: value for fact, value in facts.items() if rng.random() < _known(fact, step)}
    if "birthday" not in known:
        known.pop("lunar_birthday", None)
    untold = {fact: value for fact, value in facts.items() if fact not in known}
    kin = relative.no if relative else ""
    return Customer(no, "".join(name), name.surname, male, born, outlet, step, joined, known, untold, kin)


def _known(fact: str, step: int) -> float:
    """How often a fact is known of a customer of that tier."""
    if fact in ("sex", "age"):
        return 0.97
    if fact in ("birthday", "identity_no"):
        return 0.93 if step else 0.8
    if fact in ("phone", "address", "lunar_birthday"):
        return 0.9 if step < 2 else 0.94
    return (0.03, 0.08, 0.3, 0.62, 0.72, 0.85)[step]


def _facts(rng: Random, outlet: str, male: bool, born: date, age: int, step: int) -> dict[str, str]:
    facts = {
        "sex": "male" if male else "female",
        "birthday": born.isoformat(),
        "age": str(age),
        "phone": places.phone(rng),
        "address": places.address(rng, outlet),
        "identity_no": places.identity_no(rng, f"{born:%Y%m%d}", male),
        "occupation": rng.choice((_RETIRED if age >= (60 if male else 55) else _WORK).split()),
        "marital_status": "未婚" if age < 27 and rng.random() < 0.7 else "离异" if rng.random() < 0.07 else "已婚",
        "education": _EDUCATION[min(5, max(0, int(rng.gauss(2.6 - (age - 45) / 30, 1.2))))],
        "income": _INCOME[min(5, max(0, step - 1 + rng.randrange(0, 2)))],
        "hobbies": "、".join(rng.sample(_HOBBIES.split(), rng.choice((1, 1, 2)))),
        "spending_habits": rng.choice(_SPENDING),
        "risk_preference": _RISK[min(4, int(rng.random() ** 1.5 * 5))],
        "needs": "、".join(rng.sample(_NEEDS, rng.choice((1, 1, 2)))),
    }
    if age >= 58 and rng.random() < 0.6:
        facts["lunar_birthday"] = _lunar(born)
    return facts


def _lunar(born: date) -> str:
    """The same birthday by the moon, as the elderly keep it; a leap month as L06-01."""
    from lunardate import LunarDate

    found = LunarDate.from_solar_date(born.year, born.month, born.day)
    return f"{'L' if found.is_leap_month else ''}{found.month:02}-{found.day:02}"
