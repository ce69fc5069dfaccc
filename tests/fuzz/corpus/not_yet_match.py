match x:
    case [1, *_]: pass
    case {"a": b} if b: pass
