import json

from tests.scrutiny.build import numbered

from bihuan.scrutiny import as_json, scrutinise
from bihuan.words import Phrase


def test_the_json_is_plain_and_complete() -> None:
    scrutiny = scrutinise(numbered("提高认识。", "清退12人。"))
    said = json.loads(json.dumps(as_json(scrutiny), ensure_ascii=False))
    assert said["headline"] == {
        "findings": 2,
        "measures": 2,
        "declared_done": 2,
        "with_stated_result": 1,
        "unverifiable_done": 1,
        "unverifiable_measures": 1,
        "sentence": "declared done 2, with a stated result 1",
    }
    assert len(said["remarks"]) == len(scrutiny.remarks)
    (whole,) = [remark for remark in said["remarks"] if remark["code"] == "F02"]
    assert whole["findings"] == [{"part": "二", "category": 1, "ordinal": 1, "label": "二、（一）1"}]
    assert (whole["severity"], whole["measure"], whole["quotation"]) == ("warns", None, "提高认识。")


def test_phrases_are_said_in_the_readers_language() -> None:
    def shout(said: Phrase) -> str:
        return str(said).upper()

    said = as_json(scrutinise(numbered("提高认识。")), say=shout)
    assert said["headline"]["sentence"] == "DECLARED DONE 1, WITH A STATED RESULT 0"
    assert all(remark["reason"].isupper() for remark in said["remarks"])
