"""The made-up city: its districts, roads and estates, and numbers that no telephone has."""

from random import Random

CITY = "澜江市"
_DISTRICTS = {
    "01": ("城中区", "人民路 中山路 解放大道 鼓楼街 文庙巷 府前街 书院路 望江路 西门大街 青年路 建设路"),
    "02": ("滨河区", "滨河大道 翠湖路 梅园路 柳堤街 科技路 桃源路 明珠路 锦绣路 长堤街 荷塘路"),
    "03": ("开元区", "开元大道 新港路 工业大道 学府路 东风路 双塔街 石桥路 果园路 站前路"),
}
_ESTATES = (
    "阳光花园 锦绣家园 金桂苑 翠湖名邸 书香雅苑 江畔花城 幸福里 紫荆花园 和平新村 教师新村 东方明珠 水岸豪庭 "
    "丽景华庭 龙泉小区 世纪城 玫瑰园 铁路新村 纺织厂家属院 枫林晚 御景湾 星河湾 百合公寓 望江公寓 南苑小区"
)

# No operator gives these out to people, so that no made-up customer has somebody's number.
_PREFIXES = ("154", "163", "164", "168", "169")
_REGION = "990"
"""No division of the country begins with it, so that no identity number is anybody's."""


def address(rng: Random, outlet: str) -> str:
    """An address near an outlet."""
    district, roads = _DISTRICTS[outlet]
    road = rng.choice(roads.split())
    place = f"{CITY}{district}{road}{rng.randrange(1, 320)}号"
    if rng.random() < 0.12:
        return place
    room = f"{rng.randrange(1, 28)}0{rng.randrange(1, 5)}室"
    return f"{place}{rng.choice(_ESTATES.split())}{rng.randrange(1, 24)}栋{rng.randrange(1, 5)}单元{room}"


def phone(rng: Random) -> str:
    """A mobile number of eleven digits that nobody has."""
    return f"{rng.choice(_PREFIXES)}{rng.randrange(100_000_000):08d}"


def identity_no(rng: Random, born: str, male: bool) -> str:
    """An identity number of someone born on that day (YYYYMMDD), with its check digit and no region."""
    from stdnum.cn.ric import calc_check_digit

    order = rng.randrange(0, 499) * 2 + male
    number = f"{_REGION}{rng.randrange(100, 999)}{born}{order:03d}"
    return number + str(calc_check_digit(number + "0"))
