"""The HTML of an article's body: its blocks as the paper's build writes them, and the noise between them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from html import escape
from itertools import groupby

from tests.newspaper.filler import WORDS, fill, line, seeded
from tests.newspaper.layout import MINUTE, Block
from tests.newspaper.papers import Paper, slug
from tests.newspaper.stories import Story

CONTAINERS = {"row": "table", "item": "ul", "line": "p", "entry": "div"}


def body_html(story: Story, paper: Paper, part: list[Block], *, first: bool = True, last: bool = True) -> str:
    """The body of one page of an article, noise included: what `gold` leaves out is made here."""
    rng = seeded("noise", story.id, first)
    groups = [
        list(run) for _, run in groupby(enumerate(part), key=lambda pair: pair[1].shape if in_run(pair[1]) else pair)
    ]
    written = [group_html([block for _, block in group], paper, story, rng) for group in groups]
    noisy = list(written)
    if story.kind not in ("live", "box") and len(written) > 3:
        for html in reversed(list(interruptions(story, paper, rng))):
            noisy.insert(rng.randint(1, len(written) - 1), html)
    if first:
        noisy.insert(0, photo(paper, rng))
    if last:
        noisy += endings(story, paper, rng)
    return "\n".join(noisy)


def old_cms(story: Story) -> bool:
    """Whether the page comes from the network's older editor, which knew no paragraphs: half of La Curva's do."""
    return story.paper == "curva" and story.number % 2 == 0


def in_run(block: Block) -> bool:
    return block.shape in CONTAINERS


def group_html(group: list[Block], paper: Paper, story: Story, rng: random.Random) -> str:
    """A heading or paragraph, or a run of rows, items, lines or entries in its container."""
    shape = group[0].shape
    if shape == "paragraph" and old_cms(story):
        return f"{glue(escape(group[0].text), story, paper, rng)}<br /><br />"
    if shape == "row":
        return table(group, paper)
    if shape == "item":
        bold, name = (bold_label, "c-tabellino") if story.kind == "box" else (bold_name, "c-pagelle")
        return f'<ul class="{name}">{"".join(f"<li>{bold(b.text)}</li>" for b in group)}</ul>'
    if shape == "line":
        return f'<p class="tabellino">{"<br />".join(bold_label(b.text) for b in group)}</p>'
    if shape == "entry":
        return "".join(entry(block, paper, rng) for block in group)
    tag = "h2" if shape == "heading" else "p"
    return f"<{tag}>{glue(escape(group[0].text), story, paper, rng) if tag == 'p' else escape(group[0].text)}</{tag}>"


def table(group: list[Block], paper: Paper) -> str:
    rows = []
    for block in group:
        head, *cells = (escape(cell) for cell in block.text.split("\t"))
        rows.append(f"<tr><th scope=row>{head}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    name = "c-tabellino" if paper.build == "network" else "wp-block-table"
    return f'<table class="{name}"><tbody>{"".join(rows)}</tbody></table>'


def bold_label(text: str) -> str:
    head, colon, rest = text.partition(":")
    return f"<strong>{escape(head)}:</strong>{escape(rest)}" if colon and len(head) < 32 else escape(text)


def bold_name(text: str) -> str:
    head, space, rest = text.partition(" ")
    return f"<strong>{escape(head)}</strong>{space}{escape(rest)}"


def entry(block: Block, paper: Paper, rng: random.Random) -> str:
    """One entry of a commentary: the network sets its minute apart and offers to share it."""
    minute = MINUTE.match(block.text)
    if paper.build == "wordpress" or not minute:
        return f"<p>{bold_name(block.text)}</p>"
    rest = block.text[minute.end() :].strip()
    return (
        f'<div class="lb-entry" id="e{rng.randrange(10**6)}"><span class="lb-min">{escape(minute[0].strip())}</span> '
        f'<span class="lb-text">{escape(rest)}</span>'
        f'<div class="share-mini"><a href="#" rel="nofollow">Condividi</a></div></div>'
    )


def headline_link(paper: Paper, rng: random.Random) -> str:
    """A link to a headline of the paper that leads to no article."""
    title = line("headlines", rng)
    folder = "galleria" if paper.build == "wordpress" else "foto"
    return f'<a href="/{folder}/{slug(title)}/">{escape(title)}</a>'


def glue(html: str, story: Story, paper: Paper, rng: random.Random) -> str:
    """A paragraph, now and then with a pointer to another article glued to its end."""
    if rng.random() < 0.04 and story.kind == "report":
        return f"{html} LEGGI ANCHE: {headline_link(paper, rng)}"
    return html


def interruptions(story: Story, paper: Paper, rng: random.Random) -> Iterator[str]:
    """What the paper puts between paragraphs: pointers, prompts, tweets, advertising."""
    yield pointer(story, paper, rng)
    yield '<div class="adv-slot" data-unit="inline">Pubblicità</div>'
    if rng.random() < 0.6:
        yield prompt(paper, rng)
    if rng.random() < 0.3 and paper.build == "wordpress":
        yield tweet(story, rng)
    if rng.random() < 0.4:
        links = "".join(f"<li>{headline_link(paper, rng)}</li>" for _ in range(3))
        if paper.build == "wordpress":
            yield f"<p><strong>Leggi anche:</strong></p><ul>{links}</ul>"
        else:
            yield f'<aside class="c-correlati"><h4>Articoli correlati</h4><ul>{links}</ul></aside>'


def pointer(story: Story, paper: Paper, rng: random.Random) -> str:
    """A line that sends the reader to another article."""
    text = rng.choice(WORDS["read_also"]).replace("{link}", headline_link(paper, rng))
    return f"<b>{text}</b><br /><br />" if old_cms(story) else f"<p><strong>{text}</strong></p>"


def prompt(paper: Paper, rng: random.Random) -> str:
    """An invitation to subscribe, follow or share, with a form or as a paragraph like any other."""
    text = escape(rng.choice(WORDS["newsletter"]).replace("{paper}", paper.title))
    if paper.build == "wordpress" and rng.random() < 0.5:
        form = '<form><input type="email" placeholder="La tua email"></form>'
        return f'<div class="newsletter-box"><p>{text}</p>{form}</div>'
    return f'<p><em><a href="/newsletter/">{text}</a></em></p>' if rng.random() < 0.5 else f"<p><em>{text}</em></p>"


def tweet(story: Story, rng: random.Random) -> str:
    tag = fill("{tag}", rng)
    link = f"https://twitter.example/{tag}/status/{rng.randrange(10**18)}"
    return (
        f'<blockquote class="twitter-tweet" data-lang="it"><p lang="it" dir="ltr">{escape(line("tweets", rng))}</p>'
        f"&mdash; {escape(rng.choice(WORDS['clubs']))} (@{tag.lower()}) "
        f'<a href="{link}">{story.published:%d/%m/%Y}</a></blockquote>'
        '<script async src="https://platform.twitter.example/widgets.js"></script>'
    )


def photo(paper: Paper, rng: random.Random) -> str:
    caption = escape(line("captions", rng))
    source = f"/foto/{rng.randrange(10**8)}.jpg"
    kind = "wp-caption" if paper.build == "wordpress" else "c-foto"
    return (
        f'<figure class="{kind}"><img src="{source}" width="1200" height="675" alt="">'
        f'<figcaption class="{kind}-text">{caption}</figcaption></figure>'
    )


def endings(story: Story, paper: Paper, rng: random.Random) -> Iterator[str]:
    """What stands under the last paragraph: the invitation to stay, the copyright line."""
    if rng.random() < 0.35:
        yield f"<p>{escape(rng.choice(WORDS['stay']).replace('{paper}', paper.title))}</p>"
    if story.traits.get("paywalled"):
        yield '<div class="paywall"><p>Per continuare a leggere abbonati: i primi tre mesi a 1 euro.</p></div>'
    if rng.random() < 0.8:
        yield f'<p class="copy">{escape(rng.choice(WORDS["closing"]).replace("{paper}", paper.title))}</p>'
