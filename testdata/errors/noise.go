]]}{(*&^%$#@!~`0x 0b2 'ab' "unterminated
