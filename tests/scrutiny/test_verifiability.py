import pytest

from bihuan.scrutiny.verifiability import Verifiability, figures, verifiability

RESULT = [
    "已收回闲置办公用房6间，全部移交区资产中心。",
    "清退违规领取补贴43人，追回资金12.6万元。",
    "工单办结率由71%上升至96.5%。",
    "拖欠的工程款已全部结清。",
    "完成云渡河三处护栏更换。",
    "经核对上半年台账，均为真实记录。",
    "累计走访二十三户困难群众。",
    "群众满意度排名全区第二。",
    "五分之四的小区已完成备案。",
    "组织 210 名网格员培训。",
    "重新排查危旧房屋，封控危房2栋。",
    "对1.2万份过期资料统一回收。",
    "改造库房电路，通过消防验收。",
]
DELIVERABLE = [
    "印发《云渡街道公务用车管理办法》。",
    "修订财务报销制度。",
    "建立重点项目台账，实行销号管理。",
    "召开专题会议研究消防工作。",
    "对新任职干部开展廉政谈话。",
    "组织开展应急演练。",
    "安排专人负责档案整理。",
    "废止原供应商名录库。",
    "重新编制年度采购计划。",
    "启用扫码签到系统。",
    "建立采购论证专家库。",
    "公布投诉电话。",
    "委托第三方逐户核查。",
    "已于2024年6月召开。",
    "将该公司列入履约负面清单。",
    "定期修订应急预案和处置规程。",
    "对两家单位主要负责人进行约谈。",
    "取消以抽签方式选定服务单位的做法。",
    "将整改情况纳入年度绩效考核。",
    "对20-50万元项目通过平台进行公告。",
    "计划培训200人，安排专人负责。",
]
FREQUENCY = [
    "每月检查一次值班记录。",
    "每半年听取一次汇报。",
    "坚持周调度，及时掌握进展。",
    "一季度一通报，督促落实。",
]
NOTHING = [
    "进一步提高政治站位，强化责任担当。",
    "严格执行有关规定，杜绝类似问题发生。",
    "不断提升服务水平，持续优化营商环境。",
    "规范工作流程，提高工作效率。",
    "加强沟通协调，形成工作合力。",
    "将学习成果转化为推动工作的强大动力。",
    "定期检查，发现问题及时整改。",
    "按新修订的管理办法严格落实。",
    "确保“应检尽检”“一个不漏”。",
    "深入贯彻“三个一百”要求。",
    "明确科室负责人为第一责任人。",
    "工作质效稳步提升。",
    "推动形成齐抓共管机制。",
    "把该项工作纳入重要议事日程。",
]


@pytest.mark.parametrize(
    ("measure", "expected"),
    [(text, Verifiability.RESULT) for text in RESULT]
    + [(text, Verifiability.DELIVERABLE) for text in DELIVERABLE]
    + [(text, Verifiability.FREQUENCY) for text in FREQUENCY]
    + [(text, Verifiability.NOTHING) for text in NOTHING],
)
def test_each_measure_belongs_to_the_strongest_class_it_fits(measure: str, expected: Verifiability) -> None:
    assert verifiability(measure) is expected


@pytest.mark.parametrize("measure", RESULT + DELIVERABLE + FREQUENCY + NOTHING)
def test_blanks_bold_marks_and_half_width_punctuation_change_nothing(measure: str) -> None:
    damaged = " ".join("**" + measure.replace("，", ",") + "**")
    assert verifiability(damaged) is verifiability(measure)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("開展採購專項檢查，收回資金3.2萬元。", Verifiability.RESULT),
        ("修訂議事規則，明確事項。", Verifiability.DELIVERABLE),
        ("組織集中培訓。", Verifiability.DELIVERABLE),
        ("每週調度一次。", Verifiability.FREQUENCY),
        ("進一步提高認識。", Verifiability.NOTHING),
    ],
)
def test_traditional_characters_are_read_as_well(measure: str, expected: Verifiability) -> None:
    assert verifiability(measure) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共处理12件，办结率95%。", ["12件", "95%"]),
        ("对50万元以上项目公开招标。", []),
        ("力争年内达到90%。", []),
        ("2024年5月起执行。", []),
        ("落实“十个一”活动。", []),
        ("《2025年三项整治方案》已下发。", []),
    ],
)
def test_limits_plans_years_and_names_are_no_figures(text: str, expected: list[str]) -> None:
    assert list(figures(text)) == expected
