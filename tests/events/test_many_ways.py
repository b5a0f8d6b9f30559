"""The same events told in many ways: every sentence stands in a short report, which tells nothing else of Rossi."""

import pytest

from pipelines.events import read
from pipelines.items import Event

OPENING = (
    "Bari-Lecce 4-3\n\n"
    "Partita vibrante al San Nicola davanti a diecimila spettatori. Il Bari parte forte, il Lecce si difende con "
    "ordine. Al 3' Fabbri calcia a lato. Al 7' il portiere Orlandi para il tiro di Fabbri. Al 9' ammonito "
    "Costanzi.\n"
)
OTHERS = {"Fabbri", "Costanzi"}

GOALS = [
    ("Al 12' segna Rossi, al 34' raddoppia Bianchi su rigore, al 67' Neri accorcia di testa.",
     "Rossi 12 Bianchi 34 Neri 67"),
    ("Rossi illude i suoi al 12', Bianchi pareggia al 40' e Neri, su rigore, ribalta tutto al 55'.",
     "Rossi 12 Bianchi 40 Neri 55"),
    ("Le reti portano la firma di Rossi (21') e De Bianchi (57').", "Rossi 21 De-Bianchi 57"),
    ("Di Rossi (21') e De Bianchi (57') le reti della vittoria.", "Rossi 21 De-Bianchi 57"),
    ("Di Rossi la rete del vantaggio al 18', di Bianchi quella del pareggio al 40'.", "Rossi 18 Bianchi 40"),
    ("Al 23' arriva il 2-0 firmato Rossi, che scavalca Neri con un pallonetto.", "Rossi 23"),
    ("Il gol che riapre la gara lo firma Rossi al 64'.", "Rossi 64"),
    ("Al 30' tris firmato Rossi.", "Rossi 30"),
    ("Al 75' il poker porta la firma di Rossi.", "Rossi 75"),
    ("Al 51' Rossi ha trafitto con un preciso diagonale l'estremo difensore Neri.", "Rossi 51"),
    ("Al 27' Rossi, dopo un errore della difesa, non ci pensa due volte e buca Neri.", "Rossi 27"),
    ("A decidere la gara è il gol di Rossi al 70'.", "Rossi 70"),
    ("La rete decisiva, su punizione, è opera di Rossi al 70'.", "Rossi 70"),
    ("Al 70' il gol partita, a firma del centrocampista Rossi.", "Rossi 70"),
    ("Bari a segno con Rossi al 12' e Bianchi al 40'; per il Lecce in gol Neri al 55'.", "Rossi 12 Bianchi 40 Neri 55"),
    ("Vantaggio del Bari con Rossi al 10', pari di Neri al 22'.", "Rossi 10 Neri 22"),
    ("Il Bari passa al 10' con Rossi, raggiunto al 22' da Neri.", "Rossi 10 Neri 22"),
    ("Al 12' segna Rossi su assist di Verdi, poi Bianchi al 34', Neri (67') su rigore.", "Rossi 12 Bianchi 34 Neri 67"),
    ("Al 33' Verdi crossa, Rossi di testa sovrasta Neri: 1-0.", "Rossi 33"),
    ("Al 33' Verdi crossa, incornata di Rossi ed è 1-0.", "Rossi 33"),
    ("Destro di Rossi all'incrocio, uno a zero al 33'.", "Rossi 33"),
    ("Al 33' la partita la sblocca Rossi.", "Rossi 33"),
    ("Al 33' Rossi scarta anche il portiere e deposita nella porta sguarnita.", "Rossi 33"),
    ("Al 33' il Lecce pareggia: Verdi per Rossi, diagonale vincente.", "Rossi 33"),
    ("Al 33' Verdi ruba palla a Neri e lancia Rossi: gol.", "Rossi 33"),
    ("Al 33' bordata di Rossi dai venti metri, Neri è battuto.", "Rossi 33"),
    ("Al 33' il muro ospite crolla sotto i colpi di Rossi.", "Rossi 33"),
    ("Rossi apre le danze al 12', Bianchi le chiude al 78'.", "Rossi 12 Bianchi 78"),
    ("Doppietta per Rossi (12' e 40').", "Rossi 12 Rossi 40"),
    ("Botta e risposta nel giro di due minuti: al 12' Rossi, al 14' Bianchi.", "Rossi 12 Bianchi 14"),
    ("Al 33' sfortunata deviazione di Neri nella propria porta.", "Neri 33"),
    ("Il gol arriva al 33' grazie ad un'autorete di Neri.", "Neri 33"),
]  # fmt: skip

NO_GOALS = [
    "Al 15' Rossi insacca, ma è in posizione di fuorigioco.",
    "Al 15' il Bari va in rete con Rossi, ma il gioco era fermo per offside.",
    "Al 15' colpo di testa di Rossi, Neri smanaccia in angolo.",
    "Al 15' provvidenziale salvataggio di Neri su tiro di Rossi.",
    "Rossi risponde alle critiche con una prova generosa.",
    "Il tecnico Rossi segna la strada ai suoi.",
    "Il Bari spinge alla ricerca del pari con Rossi.",
    "Rossi, in gol domenica scorsa, parte dalla panchina.",
    "Il bomber Rossi, dieci gol in campionato, resta a guardare.",
    "Rossi ha segnato tre gol nelle ultime quattro partite.",
    "Il Bari passa al 4-4-2 con Rossi largo a destra.",
    "La ripresa si apre con Rossi per Bianchi.",
    "Per Rossi sarebbe stato il decimo gol.",
    "Rossi salva un gol fatto sulla linea al 33'.",
]

CARDS = [
    ("Espulsi Rossi (40') e Bianchi (60').", "Rossi 40 Bianchi 60"),
    ("Al 40' Rossi prende due gialli in quattro minuti.", "Rossi 40"),
    ("Al 40' vengono espulsi tra le file dei padroni di casa Rossi e l'estremo difensore Bianchi.",
     "Rossi 40 Bianchi 40"),
    ("Al 40' l'arbitro Sartori ha ammonito per la seconda volta Rossi.", "Rossi 40"),
]  # fmt: skip


def told(sentence: str, kind: str) -> list[tuple[str, int | None]]:
    events: list[Event] = [e for e in read(OPENING + sentence).events if e.type == kind and e.player not in OTHERS]
    return sorted(((e.player or "").replace(" ", "-"), e.minute) for e in events)


def wanted(names: str) -> list[tuple[str, int | None]]:
    words = names.split()
    return sorted((name, int(minute)) for name, minute in zip(words[::2], words[1::2], strict=True))


@pytest.mark.parametrize(("sentence", "names"), GOALS)
def test_goals(sentence: str, names: str) -> None:
    assert told(sentence, "goal") == wanted(names)


@pytest.mark.parametrize("sentence", NO_GOALS)
def test_no_goals(sentence: str) -> None:
    assert told(sentence, "goal") == []


@pytest.mark.parametrize(("sentence", "names"), CARDS)
def test_sendings_off(sentence: str, names: str) -> None:
    assert told(sentence, "red_card") == wanted(names)
