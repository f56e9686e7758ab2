"""What lists show of a page: enough to search, filter and compare two thousand products without opening them.

In:   a page.
Out:  a card, kept beside the publication when it is frozen.
Not here: anything that the page does not say itself.
"""

from datetime import date

from plainview.desk.published.page import ClaimKind, Condition, Kept, Mark, Page, Row, Slug, Words


class CardClaim(Kept):
    id: str
    says: str
    is_quoted: bool = True
    kind: ClaimKind
    mark: Mark
    sentence: Words


class CardRow(Kept):
    mark: Mark
    sentence: Words


class Card(Kept):
    slug: Slug
    name: str
    vendor: str
    version: str
    one_line: str
    office: str
    number: int
    published_on: date
    expires_on: date | None
    opening: Words
    label: dict[Row, CardRow]
    claims: tuple[CardClaim, ...]
    conditions: tuple[Condition, ...]
    n_stories: int

    @property
    def words_to_find(self) -> str:
        said = (self.name, self.vendor, self.one_line, *(one.says for one in self.claims))
        return " ".join(said).casefold()


def card_of(page: Page) -> Card:
    return Card(
        **page.product.model_dump(include={"slug", "name", "vendor", "version", "one_line"}),
        **page.model_dump(include={"office", "number", "published_on", "expires_on"}),
        opening=page.opening,
        label={one.row: CardRow(mark=one.mark, sentence=one.sentence) for one in page.label},
        claims=tuple(
            CardClaim.model_validate(one.model_dump(include=set(CardClaim.model_fields)))
            for one in page.claims
        ),
        conditions=page.conditions,
        n_stories=page.stories.n,
    )
