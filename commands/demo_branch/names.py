"""Names of made-up people: surnames by how common they are, given names by generation."""

from random import Random
from typing import NamedTuple


class Name(NamedTuple):
    """A name in its two parts, the family's first."""

    surname: str
    given: str


# In order of frequency; each group shares its weight, in thousandths of the population.
_SURNAMES = (
    (70, "王 李 张"),
    (45, "刘 陈"),
    (23, "杨 赵 黄 周 吴"),
    (12, "徐 孙 胡 朱 高 林 何 郭 马 罗"),
    (8, "梁 宋 郑 谢 韩 唐 冯 于 董 肖"),
    (5, "程 曹 袁 邓 许 傅 沈 曾 彭 吕 苏 卢 蒋 蔡 贾 丁 魏 薛"),
    (3, "叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆"),
    (2, "郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段 雷 钱 汤 尹 黎 易 常 武 乔 贺 赖 龚 文"),
    (1, "欧阳 葛 兰 毕 耿 关 焦 左 柳 甘 祝 包 宁 尚 舒 阮 柯 纪 梅 童 凌 霍 裴 涂"),
    (0.2, "上官 司马 诸葛 皇甫 令狐 慕容 亓 逄 仝 佘"),
)
_OLD_MALE = (
    "建国 国强 建华 志强 建军 国华 德明 文华 永福 金山 国庆 明 平 卫国 福生 树林 玉林 志明 长江 海泉 宝山 德胜 大勇 "
    "光明 忠良 继先 兴华 学文 世昌 春生 根宝 克勤"
)
_OLD_FEMALE = (
    "桂英 秀英 玉兰 秀兰 桂兰 玉珍 凤英 淑珍 秀珍 玉梅 桂芳 淑兰 爱华 美英 素珍 月娥 翠英 惠珍 玉华 秋菊 春兰 彩云 "
    "凤仙 瑞芳 雅琴 文娟 志芳 金凤"
)
_MIDDLE_MALE = (
    "伟 勇 军 磊 涛 斌 强 鹏 杰 超 波 辉 刚 健 明 俊 志刚 海涛 建平 永强 文斌 晓东 国栋 少华 立新 海波 振宇 卫东 "
    "志勇 新民 东升 庆丰 立群 宏伟 向阳 世杰 家明 伟民 学军"
)
_MIDDLE_FEMALE = (
    "芳 敏 静 丽 艳 娟 霞 燕 红 玲 萍 丹 洁 琳 梅 丽娟 海燕 晓红 丽华 小红 春梅 雪梅 秀丽 晓燕 红梅 建芬 丽萍 淑敏 "
    "文静 玉洁 秋月 美玲 慧敏 亚男 晓琳 志红 彩霞"
)
_YOUNG_MALE = (
    "浩 宇 鑫 帅 凯 阳 博 晨 浩然 子轩 宇航 俊杰 梓豪 天宇 嘉伟 文博 一鸣 思远 泽宇 家豪 明轩 睿 志远 子涵 伟豪 "
    "逸飞 晓峰 昊天 景行 书恒 亦凡 哲 霖 嘉诚 承泽"
)
_YOUNG_FEMALE = (
    "婷 雪 颖 倩 悦 欣 佳 莹 梦 雨涵 思雨 欣怡 梓涵 佳怡 诗琪 雨欣 梦洁 晓雯 婷婷 佳琪 若曦 可欣 语嫣 静怡 紫萱 "
    "雅婷 一诺 心怡 书瑶 依晨 露 璐 嘉宁 思琪 清越 宛如 锦"
)
_RARE = "喆 䶮 堃 犇 翀 燊 㼆 昇 祎 旻"
"""Given names that older encodings lack or that few can type: one customer in three hundred has one."""


def _flat(groups: tuple[tuple[float, str], ...]) -> tuple[list[str], list[float]]:
    found = [(name, weight) for weight, names in groups for name in names.split()]
    return [name for name, _ in found], [weight for _, weight in found]


_FAMILIES, _WEIGHTS = _flat(_SURNAMES)
_GIVEN = {
    (True, 0): _OLD_MALE.split(),
    (False, 0): _OLD_FEMALE.split(),
    (True, 1): _MIDDLE_MALE.split(),
    (False, 1): _MIDDLE_FEMALE.split(),
    (True, 2): _YOUNG_MALE.split(),
    (False, 2): _YOUNG_FEMALE.split(),
}


def surname(rng: Random) -> str:
    """A family name, by its frequency."""
    return rng.choices(_FAMILIES, _WEIGHTS)[0]


def given(rng: Random, male: bool, born: int) -> str:
    """A given name such as parents gave in that year; the earlier in its list, the more common."""
    if rng.random() < 1 / 300:
        return rng.choice(_RARE.split())
    listed = _GIVEN[male, 0 if born < 1963 else 1 if born < 1987 else 2]
    return listed[int(len(listed) * rng.random() ** 1.6)]


def name(rng: Random, male: bool, born: int, family: str = "") -> Name:
    """A whole name; `family` where the surname is known."""
    return Name(family or surname(rng), given(rng, male, born))
