"""Made-up people with Chinese names as frequent as in life: common surnames are common, given names repeat."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random

# Shares of the registered population in per mille (the hundred most frequent surnames, rounded); the rest share 150.
_SURNAMES = (
    "王72 李71 张67 刘54 陈46 杨31 黄22 赵20 吴20 周19 徐14 孙14 马13 朱12 胡12 郭11 何11 林11 高10 罗9 "
    "郑9 梁8 谢7 宋7 唐7 许6 韩6 邓6 冯6 曹6 彭5 曾5 肖5 田5 董5 潘5 袁5 蔡4 蒋4 余4 于4 杜4 叶4 程4 魏4 "
    "苏4 吕4 丁3 任3 卢3 姚3 沈3 钟3 姜3 崔3 谭3 陆3 范3 汪3 廖3 石3 金3 韦3 贾3 夏3 付3 方3 邹3 熊3 白3 "
    "孟3 秦3 邱3 侯3 江3 尹3 薛3 闫3 段3 雷3 龙3 黎3 史3 陶3 贺3 毛3 郝3 顾3 龚3 邵3 万3 覃3 武3 钱3 戴2 "
    "严2 莫2 孔2 向2 常2 汤2 康2 欧阳1 司马1 上官1 尉迟1 单1 解1 仇1 查1"
)
_GIVEN = (
    "英华文明玉秀国丽建春金红平海志芳永军伟云桂林小龙德荣兰生光辉杰婷娟涛敏静强磊洋艳勇霞超秀刚桂芬梅玲燕"
    "鹏飞宇浩然欣怡子涵梓轩雨桐佳俊晨思琪嘉雪诗博睿泽翔凯倩莹颖璐瑶琳彬斌洁慧巧美娜淑惠珠翠雅芝萍娥琴素莲"
    "真环雁凡月香凤仪贞莉叶璧妍茜秋珊莎锦黛青滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝丝"
)
_STREETS = (
    "人民路", "解放路", "中山路", "建设街", "和平路", "新华街", "长江路", "黄河路", "幸福里", "朝阳街", "文化路",
)  # fmt: skip


class People:
    """A stream of people from a seed."""

    def __init__(self, random: Random) -> None:
        self._random = random
        pairs = [(word.rstrip("0123456789"), int(word.lstrip("".join(set(word) - set("0123456789")))))
                 for word in _SURNAMES.split()]  # fmt: skip
        self._surnames = [name for name, _ in pairs]
        self._bounds = list(accumulate(weight for _, weight in pairs))
        # Given names fall off as Zipf's law has it.
        self._given = list(dict.fromkeys(_GIVEN))
        self._given_bounds = list(accumulate(1.0 / (n + 8) for n in range(len(self._given))))

    def _pick(self, items: Sequence[str], bounds: Sequence[float]) -> str:
        return items[min(bisect(bounds, self._random.random() * bounds[-1]), len(items) - 1)]

    def name(self) -> str:
        """A name of two or, mostly, three characters."""
        given = self._pick(self._given, self._given_bounds)
        if self._random.random() < 0.85:
            given += self._pick(self._given, self._given_bounds)
        return self._pick(self._surnames, self._bounds) + given

    def phone(self) -> str:
        """A mobile number."""
        return f"1{self._random.choice('35789')}{self._random.randrange(10**9):09}"

    def birthday(self) -> str:
        """A day of birth of somebody of 18 to 90."""
        random = self._random
        return f"{random.randrange(1935, 2007)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"

    def address(self) -> str:
        """A street, a house and a door."""
        random = self._random
        house, block, door = random.randrange(1, 400), random.randrange(1, 30), random.randrange(101, 3300)
        return f"{random.choice(_STREETS)}{house}号{block}栋{door}室"
