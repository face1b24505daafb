"""What staff write into the log, in the words of a branch; each line has places for the customer and the matter."""

from random import Random
from zlib import crc32

PRODUCTS = (
    "一年期大额存单", "三年期大额存单", "安盈90天理财", "安盈180天理财", "稳享一年定开", "月月增利", "三年期定期存款",
    "一年期定期存款", "六个月定期存款", "储蓄国债三年期", "鑫享FOF", "年金保险",
)  # fmt: skip

_LINES: dict[str, str] = {
    "care": """
        电话问候{who},近期身体不错,资金暂时不动,约定下月再联系。
        和{who}聊了近期利率下调,客户对定期利率比较关注,已说明本行最新价格。
        {who}表示近期忙于{matter},理财的事等月底再说。
        例行回访,{who}对上次办理的{product}比较满意,没有其他需求。
        {who}询问手机银行限额如何调整,已电话指导办理完成。
        提醒{who}近期电信诈骗多发,不要点击陌生链接,客户表示感谢。
        {who}说孩子在外地工作,想了解异地取款和转账手续费,已说明。
        与{who}联系,客户近期在外地旅游,回来后到网点打印流水。
        {who}关心他行活动利率,已对比说明我行存单可转让的优点。
        回访{who},询问上月到期资金安排,客户打算先放活期观察。
        {who}社保卡已换发,提醒到网点激活金融功能。
        {who}近期生意周转较多,账户资金进出频繁,属正常经营。
        和{who}沟通了家庭资产情况,在他行还有约{wan}万元定期,明年到期。
        {who}喜欢{hobby},聊得比较投缘,约好下次沙龙一起参加。""",
    "interest": """
        {who}对{product}有兴趣,约{wan}万元,要求到期前提醒,本周来网点详谈。
        向{who}介绍{product},客户愿意先买{wan}万元试一试,资金从他行转入。
        {who}他行存款{wan}万元下月到期,有意转来我行,已发利率表。
        {who}想给孩子存一笔教育金,已介绍{product},客户要与家人商量。
        {who}问大额存单额度,已登记预约{wan}万元,有额度第一时间通知。
        {who}对保本类产品感兴趣,风险测评已过期,约定到店重新测评。
        介绍个人养老金账户,{who}愿意开户,已发所需资料清单。
        {who}希望做一次资产配置,目前活期约{wan}万元闲置,建议分三笔配置。
        {who}近期拆迁款将到账,约{wan}万元,已提前约好到账后面谈。
        {who}房子已卖出,房款{wan}万元下周到账,希望安排短期产品。
        {who}有意购买积存金,约定每月定投。""",
    "declined": """
        {who}表示资金已买股票,暂不考虑。
        {who}正在忙,说暂时不需要,语气客气。
        {who}认为理财收益下降,宁愿放活期,暂无意向。
        {who}说家里的钱由爱人打理,让以后联系其爱人。
        介绍{product},{who}觉得期限太长,婉拒。
        {who}近期要还房贷,没有闲钱,下季度再联系。
        {who}不愿多谈,只说需要时会到网点。""",
    "appointment": """
        {who}约{day}上午到网点办理{product},需带身份证。
        与{who}约好{day}下午上门,带上最新产品资料。
        {who}同意{day}到店做风险测评并更新资料。
        {who}约{day}来网点更换到期存单,提醒带原单。
        约{who}{day}参加养老金融沙龙,客户可能带一位朋友。""",
    "no_answer": """
        拨打两次无人接听,明天换个时间再打。
        电话未接通,已发短信说明来意。
        响铃后挂断,可能在开会。
        上午下午各打一次均未接。""",
    "message_left": """
        家人接听,说{who}外出,已请家人转告。
        转入语音信箱,已留言请客户方便时回电。""",
    "wrong_number": """
        接电话的人说不认识{who},号码可能已换,待核实。
        号码为空号,需通过网点联系客户更新。""",
    "do_not_disturb": """
        {who}明确表示不希望再接到营销电话,已致歉。
        客户要求不要再打电话和发短信,有事自己会到网点。""",
    "inflow": """
        {who}入账约{wan}万元为卖房款,打算三个月内买新房,建议短期产品。
        核实{who}大额入账,是公司分红,客户有意配置{product}。
        {who}转入{wan}万元是他行到期存款,已介绍{product}。
        {who}到账为工程款,近期还要支付材料费,留存约一半。""",
    "outflow": """
        {who}转出{wan}万元给儿子付购房首付,属正常用途。
        {who}资金转往他行购买活动存单,已说明我行下周有同档产品,争取转回。
        {who}转出用于店铺装修,年底回款后再转入。
        {who}转到证券账户,客户近期看好股市,提醒风险。
        核实{who}大额转出,为本人住院费用,已表示慰问。""",
    "maturity": """
        {who}的{product}即将到期,客户同意到期后续存。
        提醒{who}{product}到期,客户想拿一部分装修,其余续做。
        {who}的{product}到期,嫌新利率低,答应先比较再定。
        通知{who}{product}到期,约定到期日到网点办理转存。
        与{who}确认{product}到期资金转入{other}。""",
    "first": """
        首次联系{who},作自我介绍并加企业微信,客户比较客气。
        接手后首次电话,{who}希望有固定的人联系,了解到其爱好{hobby}。
        首次联系{who},核对了地址和电话,了解到近期有{matter}的打算。
        新分配客户{who},已说明今后由我服务,客户对{product}略有兴趣。""",
    "first_message": """
        尊敬的{who},您好!今后由我为您服务,有业务问题请随时联系。
        您好,我是您在澜江支行的专属服务人员,如需预约取款或咨询存款请联系我。""",
    "birthday": """
        {who}生日快乐,祝您健康平安,万事顺意!
        {who}您好,今天是您的生日,祝您生活美满,阖家幸福!
        祝{who}生日快乐,笑口常开!""",
    "festival": """
        值此{festival}佳节,祝您阖家幸福,身体健康!
        {festival}到来,祝您和家人平安喜乐,万事如意!
        祝您{festival}快乐,心想事成!""",
    "visit": """
        上门拜访{who},了解到家庭近期有{matter}的打算,送上台历。
        到{who}店里走访,经营情况稳定,旺季资金周转需求约{wan}万元。
        陪同主管走访{who},介绍{product},客户表示考虑。
        {who}对我行服务较满意,希望柜台等候时间再短一些。
        到单位拜访{who},认识了其同事两位,均有代发工资账户在我行。""",
    "birthday_visit": """
        与主管一起上门祝贺{who}生日,送鲜花一束,客户很高兴。
        登门为{who}贺寿,合影留念,客户家人也在,聊到资产传承。
        到单位看望{who}祝贺生日,约好下月做一次资产检视。""",
    "lobby": """
        {who}来网点办业务,协助叫号并引导到贵宾窗口。
        厅堂遇到{who},提醒其存单下月到期。
        {who}到店存款,介绍了本月活动,客户带走一份宣传折页。
        协助{who}在自助机上打印明细,顺便问候近况。""",
    "refer": """
        客户在柜台存入一笔,余额接近20万,谈吐中提到他行还有存款,请跟进。
        {who}咨询理财较多,柜台讲不细,转客户经理。
        {who}准备卖房,预计资金较大,建议提前接触。
        {who}在大堂询问大额存单额度,有提升空间。""",
    "accept": """
        已收到,今日联系。
        已与客户通话,后续由我跟进。""",
    "return": """
        已联系,客户暂无意愿,先由柜台维护。
        客户本月两次婉拒,退回继续关注。""",
    "promise": """
        答应{who}有大额存单额度时第一时间通知。
        答应为{who}打印近一年流水并盖章。
        答应{who}帮忙预约五万元新版小面额现金。
        答应给{who}送一份利率表和产品说明书。
        答应{who}查清上月账户管理费并回电。
        答应为{who}申请转账限额提高,并告知结果。
        答应{who}帮其母亲上门激活社保卡。""",
    "kept": """
        已办妥并电话告知客户。
        已按约定落实,客户表示满意。
        已回电说明办理结果,客户表示感谢。""",
    "excused": """
        额度已满,已向客户说明并登记下一期。
        总行不批,已向客户解释原因,客户表示理解。""",
    "opinion": """
        {who}认为高柜窗口开得太少,上午等候常超过半小时。
        {who}建议沙龙多安排在周末,工作日没空参加。
        {who}反映手机银行字体太小,老年人看不清。
        {who}觉得换客户经理太频繁,希望固定一位。
        {who}希望生日礼品可以自选。
        {who}表扬大堂经理服务耐心,帮其处理卡片锁定。
        {who}认为我行理财到账慢,希望改进。""",
    "request": """
        客户资产较大,近期他行频繁拜访,请部门支持。
        请部门协助设计家庭资产配置方案。
        客户关心资产传承,请部门派专人讲解。""",
    "joint": """
        拟联合走访{who},请部门领导参加。
        {who}即将有大额资金到期,请部门一同上门。""",
    "answered": """
        已安排专人对接,方案发至网点。
        部门已与网点沟通,同意支持。""",
    "supervised": """
        已查看当日维护记录,重点客户跟进基本到位。
        逾期事项提醒网点负责人督办。
        临界客户跟进偏少,已提示。""",
}
LINES = {kind: tuple(line.strip() for line in lines.strip().splitlines()) for kind, lines in _LINES.items()}

_TALKED = (
    "下周再跟进一次。", "已更新联系方式。", "客户愿意加企业微信。", "月底前再联系。", "约好有新产品先通知。",
    "客户对服务表示认可。", "已把要点记入档案。", "客户说下午联系更方便。", "请其带家人一起来网点坐坐。",
    "提醒其核对短信通知是否开通。", "顺带问了家人近况。", "已告知网点新的营业时间。", "客户更愿意到店面谈。",
    "打算国债发行时再问一次。", "通话期间客户在单位。", "客户记得上次谈过的内容。", "后续以短信为主。",
    "已在日历上记下。", "客户在外地,回来再约。", "客户要先看看利率走势。", "谈了近二十分钟。",
    "客户话不多,但态度好。", "答应发一份资料。", "客户主动问起积分兑换。",
)  # fmt: skip
_UNREACHED = (
    "改发企业微信。", "后天上午再打。", "换了座机拨打也未接。", "周末前再试。", "晚上六点后再联系。",
    "已请大堂留意其到店。", "上次也是下午不便接听。", "先记一笔,下周补打。", "拟改约到店。", "中午再试一次。",
)  # fmt: skip
_ENDINGS = {"no_answer": _UNREACHED} | dict.fromkeys(
    ("care", "interest", "declined", "visit", "lobby", "first", "inflow", "outflow", "maturity"), _TALKED
)
"""What is added to most notes of these kinds: nobody who means it writes the same words twenty times."""

# (kind, from what age, to what age, what is noted)
_EVENTS = (
    ("wedding", 20, 42, "{who}本月结婚,已听大堂同事说起。"),
    ("wedding", 43, 99, "{who}的女儿本月结婚,已听大堂同事说起。"),
    ("birth", 20, 44, "{who}家里添了宝宝。"),
    ("birth", 45, 99, "{who}喜添孙辈。"),
    ("promotion", 25, 56, "{who}升任单位副职。"),
    ("moving", 20, 99, "{who}乔迁新居。"),
    ("study", 38, 58, "{who}的孩子考上重点大学。"),
    ("retirement", 55, 62, "{who}本月办理退休。"),
    ("illness", 20, 99, "{who}住院手术,恢复中。"),
    ("bereavement", 30, 70, "{who}家中老人去世。"),
    ("business", 25, 65, "{who}新开分店。"),
    ("other", 20, 99, "{who}家中失窃,心情不好。"),
)
FESTIVALS = {
    "new_year": "元旦",
    "spring_festival": "春节",
    "dragon_boat": "端午",
    "mid_autumn": "中秋",
    "national_day": "国庆",
}
_MATTERS = ("装修新房", "孩子中考", "照顾孙子", "换车", "店铺搬迁", "外出旅游", "老人住院", "年底盘点", "出国探亲")
_HOBBIES = ("钓鱼", "摄影", "广场舞", "太极拳", "养花", "书法", "羽毛球", "自驾游", "品茶")
_DAYS = ("周三", "周四", "周五", "下周一", "下周二", "本周六")
TAGS = (
    "养老客户", "代发工资", "拆迁户", "个体经营", "白领", "基金偏好", "稳健型", "退休干部", "教育金需求", "外币需求",
    "他行有存款", "常来网点", "线上活跃", "房贷客户", "企业主",
)  # fmt: skip


def event(rng: Random, who: str, age: int, kind: str = "") -> tuple[str, str]:
    """(kind, note) of something that happens to people of that age; `kind` where it is known."""
    fitting = [(each, said) for each, low, high, said in _EVENTS if kind in ("", each) and low <= age <= high]
    chosen, said = rng.choice(fitting)
    return chosen, said.format(who=who)


def note(rng: Random, kind: str, who: str, *, product: str = "", festival: str = "") -> str:
    """One note of a kind about somebody; `product` where the matter is one that they hold.

    The ending follows from the note and from where the dice lie, and draws none.
    """
    said = filled(rng, rng.choice(LINES[kind]), who, product=product, festival=festival)
    endings = _ENDINGS.get(kind, ())
    lie = rng.getstate()[1][-1]
    n = crc32(f"{lie} {said}".encode()) % (len(endings) + len(endings) // 4 + 1)
    return said + endings[n] if n < len(endings) else said


def filled(rng: Random, line: str, who: str, *, product: str = "", festival: str = "") -> str:
    """One of the lines about somebody."""
    if "{" not in line:
        return line
    return line.format(
        who=who, product=product or rng.choice(PRODUCTS), other=rng.choice(PRODUCTS), festival=festival,
        matter=rng.choice(_MATTERS), hobby=rng.choice(_HOBBIES), day=rng.choice(_DAYS),
        wan=rng.choice((5, 8, 10, 15, 20, 30, 50)),
    )  # fmt: skip
