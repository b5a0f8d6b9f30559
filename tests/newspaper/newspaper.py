"""The four papers together: what they print now, what was asked of them, and what tests order to go wrong."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from tests.newspaper.bulk import BULK_SIZE
from tests.newspaper.edition import Edition
from tests.newspaper.faults import Fault, faulty, ordered
from tests.newspaper.layout import gold
from tests.newspaper.papers import BY_HOST, PAPERS
from tests.newspaper.response import JSON, TEXT, Response
from tests.newspaper.stories import Story

CONTROL = "/__control__/"


@dataclass(slots=True)
class Newspaper:
    """Answers requests for the papers at one port; pages are rendered once and kept until what they print changes."""

    stories: Sequence[Story]
    port: int
    delay: float = 0.05
    editions: dict[str, Edition] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    faults: dict[str, Fault] = field(default_factory=dict)
    kept: dict[str, Response] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for paper in PAPERS.values():
            own = [story for story in self.stories if story.paper == paper.name]
            root = f"http://{paper.host}:{self.port}"
            self.editions[paper.name] = Edition(paper, root, own, page_size, self.delay)

    def answer(self, host: str, target: str) -> tuple[Response, Fault | None]:
        """The response to a request, and the fault that strikes it."""
        name = host.partition(":")[0].lower()
        paper = BY_HOST.get(name)
        if paper is None:
            return self.nobody(), None
        key = f"{name}{target}"
        self.asked[key] += 1
        response = self.kept.get(key) or self.keep(key, self.editions[paper.name].answer(target))
        fault = self.fault_of(name, target)
        return (faulty(fault, target, response), fault) if fault else (response, None)

    def keep(self, key: str, response: Response) -> Response:
        if response.status == 200:
            self.kept[key] = response
        return response

    def warm(self) -> None:
        """Render and compress all articles beforehand, so that a benchmark measures its client."""
        for edition in self.editions.values():
            for story in edition.stories:
                self.keep(f"{edition.paper.host}{story.path}", edition.answer(story.path)).pack()

    def fault_of(self, host: str, target: str) -> Fault | None:
        if not self.faults:
            return None
        fault = self.faults.get(f"{host}{target.partition('?giro=')[0]}")
        return fault if fault and fault.strike() else None

    def nobody(self) -> Response:
        links = "\n".join(edition.root for edition in self.editions.values())
        return Response(f"Qui rispondono:\n{links}\n".encode(), type=TEXT, status=404)

    def control(self, action: str, order: dict[str, Any]) -> Response:
        """Do what a test orders, and answer with a JSON object; 400 with the reason where it cannot be done."""
        acts: dict[str, Callable[..., Any]] = {
            "edit": self.edit,
            "grow": self.grow,
            "fault": self.order_fault,
            "heal": self.heal,
            "counts": self.counts,
            "articles": self.articles,
            "reset": self.reset,
        }
        try:
            if action not in acts:
                raise ValueError(f"no such action: {action}; there are {', '.join(acts)}")
            result, status = acts[action](**order), 200
        except (KeyError, TypeError, ValueError) as error:
            result, status = {"error": str(error)}, 400
        return Response(json.dumps(result, ensure_ascii=False).encode(), type=JSON, status=status, cacheable=False)

    def edit(self, paper: str, id: str, find: str = "", replace_with: str = "", append: str = "") -> dict[str, Any]:
        """Change an article's words: a text in its title or lines, or a paragraph more at its end."""
        story = self.story(paper, id)
        lines = tuple(line.replace(find, replace_with) if find else line for line in story.lines)
        title = story.title.replace(find, replace_with) if find else story.title
        if append:
            lines += (append,)
        if (title, lines) == (story.title, story.lines):
            raise ValueError("nothing would change")
        return self.print_again(replace(story, title=title, lines=lines, modified=story.modified + timedelta(hours=2)))

    def grow(self, paper: str, id: str, by: int = 1) -> dict[str, Any]:
        """Write so many more entries of a running commentary."""
        story = self.story(paper, id)
        if "live" not in story.traits:
            raise ValueError(f"{id} is no running commentary")
        traits = {**story.traits, "live": story.traits["live"] + by}
        return self.print_again(replace(story, traits=traits, modified=story.modified + timedelta(minutes=2 * by)))

    def print_again(self, story: Story) -> dict[str, Any]:
        edition = self.editions[story.paper]
        edition.replace(story)
        own = {f"{edition.paper.host}{s.path}" for s in edition.stories if s is not story}
        self.kept = {
            key: page for key, page in self.kept.items() if key in own or not key.startswith(edition.paper.host)
        }
        return self.described(story)

    def story(self, paper: str, id: str) -> Story:
        found = next((story for story in self.editions[paper].stories if story.id == id), None)
        if found is None:
            raise ValueError(f"no article {id} in {paper}")
        return found

    def described(self, story: Story) -> dict[str, Any]:
        return {
            "paper": story.paper,
            "id": story.id,
            "url": self.editions[story.paper].pages.url(story),
            "title": story.title,
            "subtitle": story.subtitle,
            "kind": story.kind,
            "published": story.published.isoformat(),
            "modified": story.modified.isoformat(),
            "traits": dict(story.traits),
            "gold": gold(story),
        }

    def articles(self, paper: str = "") -> dict[str, list[dict[str, Any]]]:
        """All articles as they stand now, with the clean text that each must yield."""
        chosen = [self.editions[paper]] if paper else self.editions.values()
        return {"articles": [self.described(story) for edition in chosen for story in edition.stories]}

    def order_fault(self, host: str, path: str, **order: Any) -> dict[str, Any]:
        self.faults[f"{host}{path}"] = ordered(order)
        return {"fault": f"{host}{path}"}

    def heal(self) -> dict[str, Any]:
        """All faults end."""
        self.faults.clear()
        return {}

    def counts(self) -> dict[str, dict[str, int]]:
        """How often each host and path was asked for since the last reset."""
        return {"counts": dict(self.asked)}

    def reset(self) -> dict[str, Any]:
        self.asked.clear()
        return {}


def page_size(story: Story) -> int:
    """Bytes of an article's page: as on real sites, 80 to 150 KB."""
    return BULK_SIZE if story.traits.get("bulk") else 80_000 + story.number * 7919 % 70_000
