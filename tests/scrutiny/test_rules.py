"""Every rule by a table: texts on which it must speak, and texts on which it must be silent."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.scrutiny.build import DONE, document, finding, numbered

import bihuan.scrutiny
from bihuan.documents.model import Category, Completion, Declared, Document, PartialDate, Totals
from bihuan.scrutiny import TITLES, FindingKey, Remark, Severity, evidence, scrutinise
from bihuan.scrutiny.rules import f02_no_verifiable_result as f02
from bihuan.scrutiny.rules import f03_same_text as f03
from bihuan.scrutiny.rules import f06_status_against_text as f06
from bihuan.scrutiny.rules import f07_answer_without_figure as f07
from bihuan.scrutiny.rules import f12_system_without_number as f12
from bihuan.scrutiny.rules import f18_no_remaining_work as f18
from bihuan.scrutiny.rules import f19_counts_do_not_add_up as f19
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.weigh import RULES

BASIC = Declared(Completion.BASIC, raw="基本完成")
NOT_DONE = Declared(Completion.NOT_DONE, raw="未完成")
LONG_TERM = Declared(Completion.UNKNOWN, sustained=True, raw="长期坚持")
DONE_AND_SUSTAINED = Declared(Completion.DONE, sustained=True, raw="已完成并长期坚持")
FIRST = FindingKey("二", 1, 1)


def weighed(*remarks: Remark) -> list[Severity]:
    return [remark.severity for remark in remarks]


class TestNoVerifiableResult:
    def test_a_finding_done_with_nothing_verifiable_gets_one_remark_as_a_whole(self) -> None:
        (remark,) = f02.remarks(document(finding("提高认识。", "压实责任。")))
        assert (remark.findings, remark.measure) == ((FIRST,), None)
        assert remark.severity is SEVERITY["all_unverifiable"]
        assert remark.quotation == "提高认识。压实责任。"

    def test_otherwise_each_such_measure_gets_its_own(self) -> None:
        found = list(f02.remarks(document(finding("提高认识。", "印发《云渡街道值班办法》。", "压实责任。"))))
        assert [(remark.measure, remark.quotation) for remark in found] == [
            (1, "提高认识。"),
            (3, "压实责任。"),
        ]

    def test_a_finding_not_declared_done_is_never_flagged_as_a_whole(self) -> None:
        (remark,) = f02.remarks(document(finding("提高认识。", declared=BASIC)))
        assert remark.measure == 1

    @pytest.mark.parametrize("measures", [(), ("每月检查一次。",), ("清退12人。", "召开专题会议。")])
    def test_silent(self, measures: tuple[str, ...]) -> None:
        assert not list(f02.remarks(document(finding(*measures))))


class TestSameText:
    LONG = "组织全体社区书记开展专题培训，建立每月检查制度，对发现的问题逐一登记并限期整改。"

    @pytest.mark.parametrize(
        ("first", "second", "sign"),
        [
            (LONG, LONG, "near_identical"),
            (LONG, LONG.replace("社区书记", "支部书记").replace("限期", "按期"), "near_identical"),
            (LONG, " ".join(LONG).replace("，", ","), "near_identical"),
            (LONG, "建立每月检查制度，对发现的问题逐一登记。", "similar"),
            (LONG, "组织社区书记开展培训，另设专人核对账目，对发现的问题登记整改。", "similar"),
        ],
    )
    def test_speaks_of_a_pair(self, first: str, second: str, sign: str) -> None:
        (remark,) = f03.remarks(numbered(first, second))
        assert remark.severity is SEVERITY[sign]
        assert remark.findings == (FIRST, FindingKey("二", 1, 2))

    def test_copies_of_one_text_are_one_remark_whatever_their_dates(self) -> None:
        texts = [f"开展资产专项清查，于2024年{month}月完成登记造册。" for month in range(1, 11)]
        (remark,) = f03.remarks(numbered(*texts))
        assert [key.ordinal for key in remark.findings] == list(range(1, 11))
        assert remark.severity is SEVERITY["near_identical"]

    def test_a_text_similar_to_copies_is_compared_with_the_first_of_them(self) -> None:
        shorter = "建立每月检查制度，对发现的问题逐一登记。"
        same, similar = f03.remarks(numbered(self.LONG, self.LONG, shorter))
        assert [key.ordinal for key in same.findings] == [1, 2]
        assert [key.ordinal for key in similar.findings] == [1, 3]

    def test_speaks_once_of_a_deliverable_claimed_in_many_findings(self) -> None:
        shared = "修订完善街道议事决策工作细则"
        (remark,) = f03.remarks(
            numbered(
                f"{shared}，明确会前酝酿程序和材料报送时间。",
                f"清理历史欠账三十七笔。{shared}，补上回避条款。",
                f"约谈相关责任人。{shared}，增加票决环节并留存表决票。",
            )
        )
        assert [key.ordinal for key in remark.findings] == [1, 2, 3]
        assert (remark.quotation, remark.severity) == (shared, SEVERITY["same_deliverable"])

    def test_a_head_count_does_not_hide_a_repetition(self) -> None:
        (remark,) = f03.remarks(
            numbered(
                "组织 36 名社区工作者参加业务轮训，更换老旧水管三百米。",
                "组织社区工作者参加业务轮训、食品安全讲座，清理历史欠账三十七笔。",
            )
        )
        assert remark.quotation == "组织 36 名社区工作者参加业务轮训"

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("提高认识。", "提高认识。"),
            (LONG, "清退多发补贴，追回资金并上缴国库，对责任人给予诫勉。"),
            (LONG, ""),
            ("定期检查，确保落实到位。更换老旧水管三百米。", "修剪行道树，确保落实到位。招录两名统计员。"),
        ],
    )
    def test_silent(self, first: str, second: str) -> None:
        assert not list(f03.remarks(numbered(first, second)))

    def test_the_same_words_twice_under_one_finding_are_not_sharing(self) -> None:
        text = "修订完善街道议事决策工作细则。"
        assert not list(f03.remarks(document(finding(text, text))))


class TestStatusAgainstText:
    @pytest.mark.parametrize(
        ("measure", "sign"),
        [
            ("制度已起草，后续将提交党工委审议。", "still_to_come"),
            ("下一步，将组织验收。", "still_to_come"),
            ("正在办理移交手续。", "still_to_come"),
            ("两处违建尚未拆除。", "still_to_come"),
            ("将进一步加大巡查力度。", "still_to_come"),
            ("拟于年底前印发。", "still_to_come"),
            ("逐步解决停车难问题。", "still_to_come"),
            ("目前已基本完成清点。", "not_quite"),
            ("问题基本解决。", "not_quite"),
            ("初步建立联动机制。", "not_quite"),
            ("三分之二的小区已签订协议。", "only_part"),
            ("大部分社区已完成换届。", "only_part"),
            ("除 2 户外均已签约。", "only_part"),
            ("已整改13项，其余1项已明确时间。", "only_part"),
            ("合同签订率达到 92%。", "below_full"),
            ("整改率为87.5%。", "below_full"),
            ("目标值为95%，目前达到90%。", "below_target"),
            ("2021年起，已按月公开账目。", "before_inspection"),
            ("2024年2月已印发通知。", "before_inspection"),
            ("已于2023年12月完成验收。", "before_inspection"),
        ],
    )
    def test_speaks(self, measure: str, sign: str) -> None:
        (remark,) = f06.remarks(document(finding("印发通知。", measure)))
        assert (remark.severity, remark.measure) == (SEVERITY[sign], 2)
        assert remark.reason is f06._REASONS[sign]

    @pytest.mark.parametrize(
        "measure",
        [
            "将学习成果转化为工作举措。",
            "将会议纪要存入档案。",
            "将该项工作纳入考核。",
            "将上述人员调离岗位。",
            "按照基本建设程序办理。",
            "落实基本公共卫生服务。",
            "核对党员基本信息。",
            "逐项核对，按步骤留痕，逐步骤签字。",
            "进一步提高认识。",
            "持续开展巡查。",
            "合同签订率达到100%。",
            "调解成功率37.5%，排名第一。",
            "目标值为95%，目前达到98%。",
            "按2019年印发的办法执行。",
            "对2020年度账目进行复核。",
            "2024年4月起，每月公开账目。",
            "2024年起，每月公开账目。",
            "已于2024年11月完成验收。",
            "组织部分社区开展试点。",
            "已签约20户，其余2户均已搬迁。",
            "模拟在校演练。",
        ],
    )
    def test_silent(self, measure: str) -> None:
        assert not list(f06.remarks(document(finding(measure))))

    @pytest.mark.parametrize("declared", [BASIC, NOT_DONE, LONG_TERM])
    def test_silent_on_what_is_not_declared_done(self, declared: Declared) -> None:
        assert not list(f06.remarks(document(finding("后续将推进。", declared=declared))))

    def test_what_is_also_sustained_may_look_ahead_but_not_hedge(self) -> None:
        found = f06.remarks(
            document(finding("后续将持续巡查。", "已基本完成。", declared=DONE_AND_SUSTAINED))
        )
        assert [remark.measure for remark in found] == [2]

    def test_one_measure_may_show_two_signs_but_each_once(self) -> None:
        found = f06.remarks(document(finding("已基本完成，后续将验收，后续将移交。")))
        assert sorted(remark.quotation for remark in found) == ["后续将验收", "已基本完成"]

    def test_without_any_date_of_the_inspection_nothing_is_before_it(self) -> None:
        assert not list(f06.remarks(document(finding("2001年起，已公开。"), started_on=None)))

    def test_a_start_known_to_the_month_counts_from_its_first_day(self) -> None:
        text = document(finding("2024年3月已印发。"), started_on=PartialDate(2024, 3))
        assert not list(f06.remarks(text))


class TestAnswerWithoutFigure:
    @pytest.mark.parametrize(
        ("title", "measure", "sign"),
        [
            ("热线工单办结率偏低", "加强督办，落实专人。", "ratio_asked"),
            ("群众满意度靠后", "走访12户群众。", "ratio_asked"),
            ("入户安检率低", "督促企业加大力度。", "ratio_asked"),
            ("部分合同超期未结算", "督促科室加快办理。", "quantity_asked"),
            ("违规发放津补贴", "已全部清退。", "quantity_asked"),
            ("支部记录缺失", "补齐记录。", "quantity_asked"),
        ],
    )
    @pytest.mark.parametrize("declared", [DONE, BASIC])
    def test_speaks(self, title: str, measure: str, sign: str, declared: Declared) -> None:
        (remark,) = f07.remarks(document(finding(measure, title=title, declared=declared)))
        assert (remark.severity, remark.quotation) == (SEVERITY[sign], title)

    @pytest.mark.parametrize(
        ("title", "measure", "declared"),
        [
            ("热线工单办结率偏低", "办结率由82%升至98%。", DONE),
            ("群众满意度靠后", "上半年排名全市第3。", DONE),
            ("违规发放津补贴", "清退8人，追回3.2万元。", DONE),
            ("热线工单办结率偏低", "加强督办。", NOT_DONE),
            ("热线工单办结率偏低", "加强督办。", LONG_TERM),
            ("学习不够深入", "加强学习。", DONE),
            ("末位表态制落实不到位", "修订议事规则。", DONE),
            ("未有效率先垂范", "加强学习。", DONE),
            ("办事效率低", "加强学习。", DONE),
            ("档案数字化进度慢", "完成数字化8.4万件。", DONE),
            ("青年职工占比低", "今年新招职工17名，其中青年11名。", DONE),
        ],
    )
    def test_silent(self, title: str, measure: str, declared: Declared) -> None:
        assert not list(f07.remarks(document(finding(measure, title=title, declared=declared))))

    def test_silent_on_a_letter_that_only_lists_findings(self) -> None:
        assert not list(f07.remarks(document(finding(title="办结率偏低", declared=DONE))))


class TestSystemWithoutNumber:
    @pytest.mark.parametrize(
        ("measure", "quotation"),
        [
            ("修订财务管理制度，堵塞漏洞。", "修订财务管理制度"),
            ("加强管理。建立健全 会商研判 机制。", "建立健全 会商研判 机制"),
            ("出台《云渡街道用车办法》。", "出台《云渡街道用车办法》"),
            ("全面 建立“双签”制度。", "全面 建立“双签”制度"),
        ],
    )
    def test_speaks(self, measure: str, quotation: str) -> None:
        (remark,) = f12.remarks(document(finding(measure)))
        assert (remark.quotation, remark.measure) == (quotation, 1)

    def test_a_named_document_is_only_asked_for_its_number(self) -> None:
        (unnamed,) = f12.remarks(document(finding("修订用车办法。")))
        (named,) = f12.remarks(document(finding("修订《用车管理办法》。")))
        assert unnamed.reason != named.reason

    def test_the_same_claim_under_several_findings_is_one_remark(self) -> None:
        (remark,) = f12.remarks(numbered("修订议事规则，明确程序。", "完成补课。修订议事规则。"))
        assert ([key.ordinal for key in remark.findings], remark.measure) == ([1, 2], None)

    @pytest.mark.parametrize(
        "measure",
        [
            "修订《云渡街道用车办法》（云办发〔2024〕18号）。",
            "印发云办〔2025〕3号文件，建立会商机制。",
            "严格执行公示制度。",
            "利用包案机制处置。",
            "制度化推动工作落实。",
            "加强制度学习。",
            "制定培训计划。",
            "推动形成“双签”制度。",
            "按新修订的考核办法执行。",
            "建立台账。",
        ],
    )
    def test_silent(self, measure: str) -> None:
        assert not list(f12.remarks(document(finding(measure))))


class TestNoRemainingWork:
    @pytest.mark.parametrize(
        ("declared", "measure", "next_steps", "sign"),
        [
            (BASIC, "建立台账。", (), "nothing_remaining_said"),
            (NOT_DONE, "优化方案。", (), "nothing_remaining_said"),
            (BASIC, "剩余两户正在协商。", (), "no_next_date"),
            (BASIC, "对无法联系的人员按规定处理。", (), "nothing_remaining_said"),
            (LONG_TERM, "开展整治。", ("继续巡查。",), "no_next_date"),
            (NOT_DONE, "一家机构因租赁纠纷无法施工。", (), "no_next_date"),
            (LONG_TERM, "开展整治。", ("开展2025年重点区域整治。",), "no_next_date"),
        ],
    )
    def test_speaks(self, declared: Declared, measure: str, next_steps: tuple[str, ...], sign: str) -> None:
        (remark,) = f18.remarks(document(finding(measure, declared=declared, next_steps=next_steps)))
        assert (remark.severity, remark.quotation) == (SEVERITY[sign], declared.raw)
        assert ("date" in str(remark.reason).split(".")[0]) == (sign == "no_next_date")

    @pytest.mark.parametrize(
        ("declared", "measure", "next_steps"),
        [
            (BASIC, "剩余两户将于2025年9月底前签约。", ()),
            (LONG_TERM, "开展整治。", ("2026年底前完成全部小区改造。",)),
            (LONG_TERM, "开展整治。", ("三个月内完成首批验收。",)),
            (DONE, "建立台账。", ()),
            (DONE_AND_SUSTAINED, "建立台账。", ()),
            (Declared(), "建立台账。", ()),
        ],
    )
    def test_silent(self, declared: Declared, measure: str, next_steps: tuple[str, ...]) -> None:
        assert not list(f18.remarks(document(finding(measure, declared=declared, next_steps=next_steps))))


class TestCountsDoNotAddUp:
    THREE = numbered("印发通知。", "召开会议。", "清退3人。")

    @pytest.mark.parametrize(
        ("totals", "said", "read"),
        [
            (Totals(findings=4), 4, 3),
            (Totals(findings=2), 2, 3),
            (Totals(measures=9), 9, 3),
            (Totals(done=2), 2, 3),
            (Totals(basic=1), 1, 0),
            (Totals(not_done=1), 1, 0),
            (Totals(in_progress=2), 2, 0),
        ],
    )
    def test_speaks_of_a_total_that_differs(self, totals: Totals, said: int, read: int) -> None:
        (remark,) = f19.remarks(replace(self.THREE, totals=totals))
        assert (remark.reason.values["said"], remark.reason.values["read"]) == (said, read)
        assert remark.findings == ()

    def test_speaks_of_parts_larger_than_the_whole(self) -> None:
        reasons = [str(remark.reason) for remark in f19.remarks(replace(self.THREE, totals=Totals(3, 3, 1)))]
        assert any(reason.startswith("By status the text declares 4") for reason in reasons)

    @pytest.mark.parametrize(
        ("ordinals", "key", "said"),
        [
            ((1, 2, 4), 4, "finding 4 follows finding 2"),
            ((2, 3), 2, "has the ordinal 2"),
            ((1, 2, 2), 2, "occurs 2 times"),
            ((1, 900_000_000), 900_000_000, "follows finding 1"),
        ],
    )
    def test_speaks_of_ordinals_left_out_or_repeated(
        self, ordinals: tuple[int, ...], key: int, said: str
    ) -> None:
        (remark,) = f19.remarks(document(*(finding("x", ordinal=ordinal) for ordinal in ordinals)))
        assert remark.findings == (FindingKey("二", 1, key),)
        assert said in str(remark.reason)

    @pytest.mark.parametrize(
        "text",
        [
            THREE,
            replace(THREE, totals=Totals(findings=3, done=3, basic=0, measures=3)),
            document(finding("x"), finding("x", category=Category("三", None, "长期"))),
            document(finding("x", declared=Declared()), totals=Totals(findings=1, done=1)),
            Document(),
            Document(totals=Totals(findings=486, done=480, measures=1520)),
        ],
    )
    def test_silent(self, text: Document) -> None:
        assert not list(f19.remarks(text))


class TestMissingEverywhere:
    COMPLETE = (
        "责任领导：林某某；责任部门：综合办；整改时限：2024年12月底前；",
        "已于2024年11月完成验收，佐证材料：附表三。",
    )

    def test_each_kind_of_fact_is_remarked_once_for_the_whole_document(self) -> None:
        scrutiny = scrutinise(numbered("印发通知。", "召开会议。", "清退3人。"))
        whole = [remark for remark in scrutiny.remarks if remark.code == "F00"]
        assert [remark.reason for remark in whole] == list(scrutiny.missing)
        assert len(whole) == 7
        assert {remark.findings for remark in whole} == {()}

    def test_silent_when_every_fact_is_stated_somewhere(self) -> None:
        text = document(finding(*self.COMPLETE), totals=Totals(findings=1), contact="联系电话：000-0000000")
        assert scrutinise(text).missing == ()

    @pytest.mark.parametrize(
        ("removed", "word"),
        [
            ("责任领导：林某某；", "leader"),
            ("责任部门：综合办；", "department"),
            ("整改时限：2024年12月底前；", "deadline"),
            ("已于2024年11月完成验收，", "completion"),
            ("佐证材料：附表三", "evidence"),
        ],
    )
    def test_names_what_is_missing(self, removed: str, word: str) -> None:
        measures = [measure.replace(removed, "") for measure in self.COMPLETE]
        text = document(finding(*measures), totals=Totals(findings=1), contact="电话")
        (reason,) = scrutinise(text).missing
        assert word in str(reason)

    def test_mentioning_the_words_without_saying_who_is_not_enough(self) -> None:
        text = numbered("逐一明确责任领导、责任部门和完成时限，收集佐证材料。")
        assert len(scrutinise(text).missing) == 7

    def test_a_letter_that_only_lists_findings_is_asked_for_nothing(self) -> None:
        assert scrutinise(document(finding(), finding(ordinal=2))).missing == ()


class TestHouse:
    def test_rules_are_found_by_their_place_and_say_what_they_are(self) -> None:
        assert [rule.CODE for rule in RULES] == ["F00", "F02", "F03", "F06", "F07", "F12", "F18", "F19"]
        assert all(rule.TITLE for rule in RULES)

    def test_every_code_has_one_title(self) -> None:
        titles = {(rule.CODE, rule.TITLE) for rule in (*RULES, *evidence.RULES)}
        assert titles == set(TITLES.items())

    def test_an_empty_document_gets_no_remarks(self) -> None:
        scrutiny = scrutinise(Document())
        assert scrutiny.remarks == ()
        assert scrutiny.headline.declared_done == 0

    def test_the_wording_of_a_text_never_blocks(self) -> None:
        text = numbered("提高认识。", "已基本完成，后续将推进。", "建立机制。")
        assert Severity.BLOCKS not in weighed(*scrutinise(text).remarks)

    @pytest.mark.parametrize(
        ("key", "label"),
        [
            (FindingKey("二", 1, 4), "二、（一）4"),
            (FindingKey("二", 20, 10), "二、（二十）10"),
            (FindingKey(None, 12, 1), "（十二）1"),
            (FindingKey("三", None, 2), "三、2"),
            (FindingKey(None, None, 7), "7"),
        ],
    )
    def test_a_finding_is_named_as_printed(self, key: FindingKey, label: str) -> None:
        assert str(key) == label

    def test_every_sign_of_the_severity_table_is_used_by_a_rule_and_no_other(self) -> None:
        package = Path(bihuan.scrutiny.__file__).parent
        rules = "\n".join(path.read_text(encoding="utf-8") for path in package.glob("*/f*.py"))
        assert {sign for sign in SEVERITY if f'"{sign}"' not in rules} == set()
