"""Reads Chinese text without caring for blanks, bold marks and half-width punctuation, yet quotes it as printed."""

import re
import unicodedata
from functools import cache, lru_cache

from bihuan.documents.read.glyphs import fold

_DROPPED = re.compile(r"[\s*\u200b-\u200d\ufeff]")
# Traditional forms of characters in the word tables that the readers' own folding leaves alone.
_TRADITIONAL = (
    "資资 購购 項项 訂订 議议 費费 補补 貼贴 償偿 罰罚 違违 調调 擬拟 廢废 類类 種种 獲获 榮荣 稱称 評评 餘余 戶户 條条 "
    "輛辆 畝亩 棟栋 冊册 塊块 筆笔 噸吨 圓圆 簽签 談谈 誡诫 繳缴 壓压 滯滞 虛虚 偽伪 編编 佔占 較较 過过 財财 賬账 帳账 "
    "質质 屬属 盤盘 傳传 閱阅 盡尽 顯显 擔担 環环 圖图 線线 熱热 優优 穩稳 創创 緩缓 檔档 窪洼 舊旧 蓋盖 櫃柜 牆墙 樓楼 "
    "橋桥 護护 燈灯 電电 裝装 換换 維维 築筑 遷迁 併并 歸归 藥药 醫医 療疗 試试 隨随 視视 訓训 課课 師师 誠诚 諾诺 "
    "書书 紀纪 錢钱 賣卖 買买 貸贷 欄栏 劃划 測测 獨独 營营 業业 協协 則则 際际 聽听 達达 週周 終终 訴诉 訟讼 勝胜 敗败 還还 "
    "鑒鉴 鑑鉴 滅灭 災灾 險险 隱隐 漲涨 遲迟 誤误 確确 廳厅 園园 戰战 趨趋 勢势"
)
_SIMPLIFIED = {pair[0]: pair[1] for pair in _TRADITIONAL.split()}
_FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_CLAUSE_END = "，。；！？"
_QUOTATION_LIMIT = 80


@cache
def _plain_character(character: str) -> str:
    if _DROPPED.match(character):
        return ""
    normal = unicodedata.normalize("NFKC", fold(_SIMPLIFIED.get(character, character)))
    return _FULL_WIDTH.get(normal, normal)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return `text` without blanks and bold marks, in simplified characters, digits half-width, clause marks full."""
    return "".join(map(_plain_character, text))


@lru_cache(maxsize=8192)
def letters(text: str) -> str:
    """Return only the letters and digits of `text`, for comparing what two texts say."""
    return re.sub(r"[\W_]", "", plain(text))


def clauses(text: str) -> tuple[str, ...]:
    """Split plain text at commas, stops, semicolons and the items of lists; quotation marks do not shelter them."""
    return tuple(filter(None, re.split(f"[{_CLAUSE_END}、]", plain(text))))


def quote(text: str, start: int, end: int) -> str:
    """Return the clause of the raw `text` that holds plain positions [start, end), cut at 80 characters."""
    reading = plain(text)
    first = max((reading.rfind(mark, 0, start) for mark in _CLAUSE_END), default=-1) + 1
    ends = [position for mark in _CLAUSE_END if (position := reading.find(mark, end)) >= 0]
    return shorten(_raw(text, first, min(ends, default=len(reading))))


def shorten(text: str) -> str:
    """Return `text` on one line, cut at 80 characters with an ellipsis."""
    line = re.sub(r"\s+", " ", text).strip()
    return line if len(line) <= _QUOTATION_LIMIT else line[: _QUOTATION_LIMIT - 1] + "…"


def _raw(text: str, start: int, end: int) -> str:
    """Return the stretch of the raw text whose plain reading is [start, end)."""
    places = _places(text)
    return text[places[start] : places[end - 1] + 1] if start < end else ""


@lru_cache(maxsize=256)
def _places(text: str) -> tuple[int, ...]:
    """Return, for each character of the plain reading, where it came from."""
    return tuple(place for place, character in enumerate(text) for _ in _plain_character(character))
