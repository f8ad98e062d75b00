"""Folding: a shadow of a line, of the same length, in which one grammar reads every way of printing.

Traditional characters (only those that occur in the grammar), full-width digits, brackets, colons and
corner quotation marks are mapped one to one, so a place found in the shadow is the place in the text
and the content stays as it was printed.
"""

_TRADITIONAL = (
    "關关 於于 問问 題题 狀状 態态 況况 進进 長长 堅坚 與与 對对 針针 說说 説说 報报 黨党 組组 織织 產产 後后 個个 項项 條条 "
    "開开 發发 現现 將将 監监 電电 話话 郵邮 聯联 繫系 係系 導导 領领 責责 門门 時时 間间 標标 準准 無无 實实 際际 決决 議议 "
    "學学 習习 務务 體体 績绩 結结 總总 萬万 億亿 兩两 幹干 員员 會会 審审 計计 視视 辦办 區区 縣县 鎮镇 鄉乡 號号 頁页 閱阅 "
    "讀读 瀏浏 覽览 訪访 來来 佈布 劃划 階阶 啟启 動动 該该 轉转 為为 為为 從从 嚴严 處处 貫贯 徹彻 執执 單单 別别 類类 餘余 "
    "層层 銷销 並并 銀银 據据 規规 範范 協协 確确 認认 見见 訊讯 設设 備备 額额 還还 這这 點点 請请 歡欢 眾众 幾几 內内 "
    "陸陆 參参 續续 積积 極极 滿满 達达 歸归 歷历 節节 練练 場场 齊齐 樣样 檢检 機机 構构 測测 寫写 適适 運运 錄录 戶户 "
    "產产 畫画 復复 複复 網网 頭头 級级 紀纪 約约 們们 饋馈 屆届 輪轮 專专 隊队 團团 證证 應应 論论 舉举 採采 獎奖 終终 調调 數数 據据 東东 廣广 庫库 補补 裝装 製制 鐘钟 雙双 擬拟 譯译 異异"
)
_FORMS = {
    **dict(zip("０１２３４５６７８９", "0123456789", strict=True)),
    **dict(zip("（）：，；％．﹒﹕﹔﹐！？", "():,;%..:;,!?", strict=True)),
    **dict(zip("「」『』", "“”‘’", strict=True)),
    **dict.fromkeys("\t\u3000\u00a0\u2002\u2003\u2009", " "),
}
_FOLD = str.maketrans({pair[0]: pair[1] for pair in _TRADITIONAL.split()} | _FORMS)


def fold(text: str) -> str:
    """Return the shadow of `text`; both have the same length."""
    folded = text.translate(_FOLD)
    return _turn(folded) if '"' in folded or "＂" in folded else folded


def _turn(text: str) -> str:
    """Give straight quotation marks a direction: they open and close by turns."""
    pieces = text.replace("＂", '"').split('"')
    return (
        "".join(piece + ("“" if index % 2 == 0 else "”") for index, piece in enumerate(pieces[:-1]))
        + pieces[-1]
    )
