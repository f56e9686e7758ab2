"""How hard a text is to read: the grade of Flesch and Kincaid.

In:   English text.
Out:  a school grade: 8 is what most people who left school read with ease.
Not here: whether it is true, or kind.

grade = .39 words / sentences + 11.8 syllables / words - 15.59

Source: Kincaid, Fishburne, Rogers & Chissom (1975), Derivation of new readability formulas for Navy enlisted
personnel. Syllables are counted by groups of vowels, with the silent endings of English taken off; numbers
count by how they are spoken, and a file's name or another code counts as one word of two syllables.
"""

import re

_VOWELS = re.compile(r"[aeiouy]+")
_SENTENCE = re.compile(r"(?<=[.!?])[\s”\"')]+|\n+")
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*|[−-]?\d[\d,.]*\d|\d")
_CODE = re.compile(r"\S*[/_]\S*|\S+\.(?:csv|toml|har|json|md)\b|\b[0-9a-f]{12,}\b")
# Where groups of vowels mislead.
_TWO = re.compile(r"(?:[^c]ia|iu|[^q]ua|eo|io(?!u|n)|ea(?=te|ti|$)|ui(?=n)|ism)")


def grade(text: str) -> float:
    plain = _CODE.sub("paper", text)
    sentences = [part for part in _SENTENCE.split(plain) if _WORD.search(part)]
    words = _WORD.findall(plain)
    n_syllables = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * n_syllables / len(words) - 15.59


def syllables(word: str) -> int:
    if word[-1].isdigit():
        return _spoken(word)
    return sum(_of_part(part) for part in re.split("[-’']", word.lower()) if part)


def _of_part(word: str) -> int:
    stem = re.sub(r"(?<=[^aeiouyt d])ed$|(?<=[^t])(?<=[^d])ed$", "", word) if len(word) > 3 else word
    stem = re.sub(r"(?<![aeiouylr])es$", "e", stem) if re.search(r"[^sxzcgh]es$", stem) else stem
    if stem.endswith("e") and not re.search(r"[^aeiouy]le$", stem):
        stem = stem[:-1]
    return max(1, len(_VOWELS.findall(stem)) + len(_TWO.findall(stem)))


def _spoken(number: str) -> int:
    """About as many as its digits take: 7 is one word, 412 is four."""
    digits = [d for d in number if d.isdigit()]
    return max(1, round(1.3 * len([d for d in digits if d != "0"])) or 1)
