"""What web pages and printers put around a text: navigation, counters, share buttons, page numbers."""

import re

# Lines cut before the text begins and after it ends.
AROUND: tuple[str, ...] = (
    r"附件\s*\d*\s*:?",
    r"(?:信息)?索\s*引\s*号?.*",
    r"(?:发布|成文|生成|公开|发文|更新|录入|印发)(?:日期|时间|机构|单位|机关|字号|方式|形式|人)?\s*:.*",
    r"(?:主题(?:词|分类)?|文\s*号|发文字号|分\s*类|体裁|组配分类|有效性|公开属性|公开范围|名\s*称|标\s*题|关键[词字]|摘要|概述)\s*:.*",
    r"(?:信息|文章|稿件|内容)?(?:来源|出处)\s*:.*",
    r"(?:作者|责任编辑|责编|编辑|审核|初审|复审|终审|校对|供稿|撰稿|录入|签发)\s*:.*",
    r"(?:时间|日期)\s*:\s*[\d年月日:./\- ]+.*",
    r"(?:浏览|阅读|点击|访问)(?:量|次数|数|率|人次)?\s*:?.{0,20}",
    r"[\[【(]?\s*(?:字体|字号)\s*:?.{0,24}",
    r"[\[【(]?\s*大\s*中\s*小\s*[\]】)]?",
    r"(?:分享|转发)(?:到|至|给)?.{0,24}",
    r"(?:一键)?(?:朗读|语音播报|语音朗读|播报|收听|听全文|暂停|播放).{0,10}",
    r"(?:[【\[(]?\s*(?:我要)?(?:打印|收藏|关闭|下载|纠错|保存|返回)(?:本页|此页|窗口|页面|文章|顶部|列表)?\s*[】\])]?\s*[|/]?\s*){1,6}",
    r"扫一扫.{0,30}|.{0,12}二维码.{0,12}",
    r"(?:您?的?当前|您(?:现在)?(?:的|所在的?)|所在)(?:的)?位置\s*:?.*",
    r"首\s*页(?:\s*[>›»/|].*)?|返回(?:首页|顶部|列表|上一页)?",
    r"(?:上一篇|下一篇|上一条|下一条)\s*:?.*",
    r"相关(?:链接|附件|文章|阅读|新闻|信息|稿件|文档).{0,60}",
    r"(?:版权所有|主办(?:单位)?|承办(?:单位)?|技术支持|网站标识码|网站地图|联系我们|关于我们|备案号).{0,80}",
    r".*(?:ICP备|公网安备|网安备).*",
    r"(?:无障碍|适老化|长者版|关怀版|繁体|简体|English|登录|注册|搜索|微信|微博|QQ空间|手机版|APP下载).{0,30}",
    r".{1,20}[>›»].{1,80}",
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s+.{0,40})?",
    r"[\W_]{1,80}",
)
# Lines cut anywhere, because pages end anywhere.
PAGE_NUMBER = re.compile(
    r"[-—–－]{1,2}\s*\d{1,4}\s*[-—–－]{1,2}|第\s*\d{1,4}\s*页(?:[,/ ]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|[Pp]age \d{1,4}.{0,12}|\d{1,3}"
)
_AROUND = re.compile("|".join(f"(?:{pattern})" for pattern in AROUND))
_LONGEST = 200


def is_page_number(key: str) -> bool:
    """Tell whether a line is a page number and nothing else."""
    return len(key) < 20 and PAGE_NUMBER.fullmatch(key) is not None


def is_around(key: str) -> bool:
    """Tell whether a line is page chrome, if it stands outside the text."""
    return len(key) <= _LONGEST and _AROUND.fullmatch(key) is not None
