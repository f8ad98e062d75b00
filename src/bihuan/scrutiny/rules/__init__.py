"""One file a rule. Each has CODE, TITLE and `remarks(document) -> Iterable[Remark]`, and is found by its place."""
