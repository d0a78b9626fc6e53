"""Who lives in the demonstration: sixty people with something to say about themselves."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """A made-up member."""

    username: str
    name: str
    note: str
    interest: str  # which posts are theirs, see posts.py


_FIRST = [
    "Ada",
    "Bruno",
    "Chidi",
    "Dalia",
    "Emre",
    "Farah",
    "Goran",
    "Hana",
    "Ivo",
    "Jun",
    "Kaya",
    "Lior",
    "Mira",
    "Nils",
    "Oona",
    "Pavel",
    "Qiu",
    "Rosa",
    "Sami",
    "Tove",
    "Uma",
    "Viktor",
    "Wanda",
    "Ximena",
    "Yusuf",
    "Zofia",
    "Anouk",
    "Bilal",
    "Carmen",
    "Dmitri",
]
_LAST = [
    "Moreau",
    "Silva",
    "Okafor",
    "Haddad",
    "Demir",
    "Rahman",
    "Petrov",
    "Suzuki",
    "Horvat",
    "Park",
    "Yilmaz",
    "Cohen",
    "Novak",
    "Berg",
    "Virtanen",
    "Dvorak",
    "Chen",
    "Romero",
    "Nasser",
    "Lind",
    "Iyer",
    "Orlov",
    "Kowalska",
    "Ortiz",
    "Aydin",
    "Zielinska",
    "Dubois",
    "Khan",
    "Vega",
    "Sokolov",
]

INTERESTS = {
    "gardens": "Grows more tomatoes than anybody can eat. Seeds to share in spring.",
    "bread": "Baker before sunrise, reader after lunch. Sourdough questions welcome.",
    "code": "Writes software that other people have to maintain, and tries to be kind about it.",
    "trains": "Takes the slow train and a window seat. Timetables are literature.",
    "birds": "Up early with binoculars. Mostly sparrows, sometimes luck.",
    "music": "Plays the double bass in rooms with bad acoustics.",
    "photos": "One camera, one lens, one roll a week.",
    "books": "Library volunteer. Ask me for a book about anything.",
    "bikes": "Fixes bicycles on Saturdays, rides them on Sundays.",
    "space": "Looks up. Builds small telescopes and large mistakes.",
}


def people() -> list[Person]:
    """All sixty, the same every time."""
    interests = list(INTERESTS)
    found = []
    for number in range(60):
        first, last = _FIRST[number % 30], _LAST[(number * 7 + number // 30) % 30]
        interest = interests[number % len(interests)]
        username = first.lower() if number < 30 else f"{first.lower()}_{last.lower()}"
        found.append(Person(username, f"{first} {last}", INTERESTS[interest], interest))
    return found
