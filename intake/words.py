"""Words of the cells: channels, outcomes, roles and sexes in Chinese, as the ids that the book knows (SCHEMES.md 1)."""

import re
from collections.abc import Mapping

from guanhu.domain.contact import CHANNELS, OUTCOMES
from guanhu.intake.columns import same

_CHANNEL_WORDS: Mapping[str, str] = {
    "phone": "电话 电话联系 外呼 手机 座机 打电话 电话外呼 call",
    "wecom": "企业微信 企微 微信 wechat",
    "message": "短信 短消息 信息 sms",
    "letter": "信函 信件 邮寄 寄信",
    "counter": "到店 面谈 柜面 网点 来行 到行 厅堂 到访",
    "other": "其他 其它",
}
_OUTCOME_WORDS: Mapping[str, str] = {
    "reached_success": "接通有意向 有意向 接通意向 success",
    "reached_declined": "接通婉拒 婉拒 接通拒绝 拒绝 无意向 接通无意向 declined",
    "reached_other": "接通其他 接通其它 接通 已接通",
    "appointment": "已预约 预约",
    "replied": "已回复 回复",
    "sent": "已发送 发送 发送成功",
    "no_answer": "未接通 无人接听 未接 无应答 没接通",
    "message_left": "已留言 留言",
    "wrong_number": "号码错误 错号 空号 号码有误",
    "do_not_disturb": "请勿打扰 免打扰 勿扰",
}
_ROLE_WORDS: Mapping[str, str] = {
    "high_counter_teller": "高柜柜员 高柜",
    "low_counter_teller": "低柜柜员 低柜",
    "vip_counter_teller": "VIP柜台柜员 VIP柜员 VIP柜台 贵宾柜员",
    "lobby_manager": "大堂经理 大堂",
    "relationship_manager": "客户经理 理财经理",
    "rm_supervisor": "客户经理主管 理财经理主管",
    "outlet_manager": "网点负责人 网点主任 支行长 网点行长",
    "department": "个金部 个人银行金融部 个人金融部",
    "inspector": "检查人员 检查员",
}
# 0, 1, 2 and 9 are the codes of GB/T 2261.1; unknown and unstated are no fact.
_SEX_WORDS: Mapping[str, str] = {
    "male": "男 男性 先生 m 1",
    "female": "女 女性 女士 f 2",
    "": "未知 不详 未说明 保密 unknown 0 9",
}
_DOTS = re.compile(r"[·•・‧∙.\-/,、]+")


def plain(word: str) -> str:
    """The form in which words are compared: as headers are, and without the dot of 接通·有意向."""
    return _DOTS.sub("", same(word))


def _table(words: Mapping[str, str], ids: tuple[str, ...]) -> Mapping[str, str]:
    """Compared word -> id, the ids standing for themselves."""
    table = {plain(id_): id_ for id_ in ids if id_}
    for id_, listed in words.items():
        table.update((plain(word), id_) for word in listed.split())
    return table


CHANNEL = _table(_CHANNEL_WORDS, CHANNELS)
OUTCOME = _table(_OUTCOME_WORDS, OUTCOMES)
ROLE = _table(_ROLE_WORDS, tuple(_ROLE_WORDS))
SEX = _table(_SEX_WORDS, tuple(_SEX_WORDS))

_TOTALS = frozenset(
    {"合计", "总计", "小计", "共计", "总合计", "本页合计", "本页小计", "total", "subtotal", "grandtotal", "sum"}
)


# Most rows are known for no total by the last sign of their first cell, long before it is compared.
_LAST_SIGNS = frozenset("计lLmMｌＬｍＭ:：")


def is_total(cells: list[str]) -> bool:
    """Whether a row is a total below the table: its first filled cell says so."""
    for cell in cells:
        word = cell.strip()
        if word:
            return word[-1] in _LAST_SIGNS and same(word) in _TOTALS
    return False
