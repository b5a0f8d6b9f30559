"""The kind of an article, and that an article of another kind than a match's tells no event."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.events import kinds as module
from pipelines.events.kinds import BadKinds, cues
from pipelines.events.reader import read

TELLING = {
    "report": """Bari-Lecce 2-1, decide Rossi

Il Bari batte il Lecce: al 12' segna Rossi di testa, al 50' pareggia Verdi e all'88' Neri firma il 2-1 finale.
""",
    "live": """Bari-Lecce, la diretta

1' Si parte
12' Gol di Rossi!
20' Ammonito Verdi
45' Fine primo tempo
60' Fuori Neri, dentro Galli
90' Finita
""",
    "marks": """Le pagelle di Bari-Lecce 2-1

Dragoni 6: attento.
Sassi 5,5: impreciso.
Ferri 6: ordinato.
Corsi 7: segna.
Mauri 6,5: corre.
""",
    "refereeing": """La moviola di Bari-Lecce

12' - Contatto in area: l'arbitro lascia correre, giusto così.
30' - Giallo a Verdi, ci sta.
50' - Il Var conferma il gol di Neri: posizione regolare.
""",
}
SILENT = {
    "preview": """Bari, la vigilia

Domani il Bari affronta il Lecce al San Nicola. La probabile formazione (4-3-3): Dragoni; Sassi, Ferri, Olmi. In dubbio
Neri, squalificato Verdi.
""",
    "market": """Calciomercato, il Napoli vuole Rossi

Il Napoli ha offerto 10 milioni per Rossi, autore di un gol al 12' domenica. La trattativa prosegue, il contratto
scade nel 2027.
""",
    "words": """Rossi dopo Bari-Lecce

"Abbiamo giocato bene", ha detto Rossi in conferenza stampa. "Il gol al 30' ci ha aiutato, pensiamo alla prossima".
""",
    "odds": """Bari-Lecce, pronostico e quote

Il segno 1 è quotato a 2,10, l'over 2,5 a 1,90. Scommesse: il gol di Rossi entro il 30' paga 4,50.
""",
    "other sport": """Basket, la Virtus vince

Canestro decisivo di Rossi al 38', la Virtus chiude 82-79 con i liberi.
""",
}


@pytest.mark.parametrize(("kind", "text"), TELLING.items(), ids=TELLING)
def test_an_article_that_tells_a_match(kind: str, text: str) -> None:
    reading = read(text)
    assert reading.kind == kind and reading.events


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_an_article_that_tells_none(text: str) -> None:
    assert read(text).events == ()


@pytest.mark.parametrize(
    ("content", "fault"),
    [('[gossip]\n"a" = 1', "gossip"), ('[report]\n"goal " = 1', "goal "), ('[report]\n"goal" = "much"', "goal")],
)
def test_a_wrong_cue_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, fault: str) -> None:
    path = tmp_path / "kinds.toml"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(module, "DATA", path)
    with pytest.raises(BadKinds, match=rf"kinds\.toml.*{fault}"):
        cues.__wrapped__()
