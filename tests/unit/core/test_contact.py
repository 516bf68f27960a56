"""Phone numbers and addresses as young people type them."""

import pytest

from accueil.core.contact import Contact, checked_email, checked_phone, read_contact, shown_phone

MOBILE = "+33612345678"
MAIL = "lina@exemple.fr"


@pytest.mark.parametrize(
    "text",
    [
        "0612345678", "06 12 34 56 78", "06.12.34.56.78", "06-12-34-56-78", "06/12/34/56/78",
        "06_12_34_56_78", "06,12,34,56,78", "0 6 1 2 3 4 5 6 7 8", "061 234 56 78",
        "+33612345678", "+33 6 12 34 56 78", "+33 (0)6 12 34 56 78", "0033612345678",
        "0033 6 12 34 56 78", "33612345678", "33 6 12 34 56 78", "612345678", "6 12 34 56 78",
        "O6 12 34 56 78", "o612345678", "tel:0612345678.", "mon num c 06.12.34.56.78!",
        "appelle moi au0612345678", "0612345678c'est lina", "(06 12 34 56 78)",
        "06\u00a012 34 56 78",
        "06 12 34 56 78 ou 07 12 34 56 78", "0612345678/0712345678", "0612345678 19 ans",
        "06 12 34 56 78 19 ans", "0612345678\n19 ans", "06 12 34 56 78 \n 75011 Paris",
        "0612345678 75011", "06 12 34 56 78 75011 paris", "Lina, 06 12 34 56 78, 18h",
        "+33612345678 19 ans",
    ],
)  # fmt: skip
def test_a_french_mobile_is_found_however_it_is_written(text: str) -> None:
    reading = read_contact(text)
    assert reading.contact.phone == MOBILE
    assert "[téléphone]" in reading.text
    assert "1234" not in reading.text.replace(" ", "")
    assert not reading.bad_phone


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("0612345678 19 ans", "[téléphone] 19 ans"),
        ("06 12 34 56 78 19 ans", "[téléphone] 19 ans"),
        ("0612345678 75011 Paris", "[téléphone] 75011 Paris"),
        ("0612345678/0712345678", "[téléphone]/[téléphone]"),
        ("Lina 06 12 34 56 78 mardi 10h", "Lina [téléphone] mardi 10h"),
    ],
)
def test_what_stands_after_a_number_stays(text: str, kept: str) -> None:
    assert read_contact(text).text == kept


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0692 12 34 56", "+262692123456"),
        ("0639 01 23 45", "+262639012345"),
        ("0590 12 34 56", "+590590123456"),
        ("0696 12 34 56", "+596696123456"),
        ("0694 20 12 34", "+594694201234"),
        ("+32 470 12 34 56", "+32470123456"),
        ("+212 6 12 34 56 78", "+212612345678"),
        ("01 99 00 12 34", "+33199001234"),
        ("01 42 68 53 00", "+33142685300"),
    ],
)
def test_overseas_and_foreign_numbers(text: str, number: str) -> None:
    assert read_contact(text).contact.phone == number


@pytest.mark.parametrize(
    "text",
    ["06 12 34 56", "061234567", "06 12 34 56 7", "06 12 34 56 78 9", "06123456789", "+33 6 12"],
)
def test_digits_missing_or_in_excess_are_masked_and_said(text: str) -> None:
    reading = read_contact(text)
    assert reading.contact.phone == ""
    assert reading.bad_phone is (sum(c.isdigit() for c in text) >= 7)
    if reading.bad_phone:
        assert reading.text == "[numéro incomplet]"


@pytest.mark.parametrize(
    "text",
    [
        "", "salut", "le 24/11/2026 à 10h", "le 24.11.2026 à 10h", "01.12.2026 10h", "01-12-2026",
        "le 01 12 2026", "mardi à 9h30 ou 14h", "j'habite à 75011 Paris", "06000 Nice",
        "13 rue du 8",
        "j'ai 17 ans", "le 3919", "le 17 ou le 112", "appeler le 36 39", "entre 9h et 12h",
        "20 24 22", "mon rdv est à 14 h 30", "2026", "j'ai 06 en maths", "02/03", "à 06 h 30",
    ],
)  # fmt: skip
def test_what_is_no_number_is_left_alone(text: str) -> None:
    reading = read_contact(text)
    assert reading.text == text
    assert not reading.contact
    assert not reading.bad_phone
    assert not reading.bad_email


@pytest.mark.parametrize(
    "text",
    [
        "lina@exemple.fr", "LINA@Exemple.FR", "lina @ exemple.fr", "lina@ exemple.fr",
        "mon mail c lina@exemple.fr.", "<lina@exemple.fr>", "«lina@exemple.fr»",
        "'lina@exemple.fr'",
        '"lina@exemple.fr"', "mail:lina@exemple.fr", "lina@exemple.fr!!", "lina arobase exemple.fr",
        "lina arobase exemple point fr", "lina@exemple.fr/0612345678", "0612345678,lina@exemple.fr",
    ],
)  # fmt: skip
def test_an_address_is_found_however_it_is_written(text: str) -> None:
    reading = read_contact(text)
    assert reading.contact.email == MAIL
    assert "[email]" in reading.text
    assert "exemple" not in reading.text.lower()
    assert not reading.bad_email


@pytest.mark.parametrize(
    "text", ["lina@exemple", "lina@@exemple.fr", "lina@.fr", "lina@exemple..fr"]
)
def test_a_wrong_address_is_masked_and_said(text: str) -> None:
    reading = read_contact(text)
    assert reading.bad_email
    assert not reading.contact
    assert "lina" not in reading.text


def test_a_wrong_then_a_right_one() -> None:
    reading = read_contact("lina@exemple pardon lina@exemple.fr et 06 12 34 puis 0612345678")
    assert reading.contact == Contact(MOBILE, MAIL)
    assert reading.bad_email


def test_the_first_of_two_is_kept_and_both_are_masked() -> None:
    reading = read_contact("lina@exemple.fr ou sacha@exemple.fr, 0612345678 ou 0712345678")
    assert reading.contact == Contact(MOBILE, MAIL)
    assert reading.text == "[email] ou [email], [téléphone] ou [téléphone]"


@pytest.mark.parametrize("text", ["rdv @ 14h", "on se voit @14h"])
def test_an_hour_after_an_at_sign_is_no_address(text: str) -> None:
    assert read_contact(text).text == text


@pytest.mark.parametrize(
    "text", ["lina+ml@exemple.fr", "l.i-n_a@sous.exemple.fr", "josé@exemple.fr"]
)
def test_unusual_addresses_are_addresses(text: str) -> None:
    assert checked_email(text) == text


@pytest.mark.parametrize("text", ["", "a", "abc", "00", "+", "0612", "99999999999999999999", "٠"])
def test_what_cannot_be_a_number(text: str) -> None:
    assert checked_phone(text) == ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (MOBILE, "06 12 34 56 78"),
        ("+262692123456", "0692 12 34 56"),
        ("+32470123456", "+32 470 12 34 56"),
        ("n'importe quoi", "n'importe quoi"),
        ("", ""),
    ],
)
def test_numbers_are_shown_as_people_read_them(number: str, shown: str) -> None:
    assert shown_phone(number) == shown


def test_reading_twice_changes_nothing_more() -> None:
    once = read_contact("Lina 0612345678 lina@exemple.fr 06 12").text
    assert read_contact(once).text == once


def test_a_very_long_message_is_read_quickly() -> None:
    assert read_contact("1 2 " * 3000).contact == Contact()
    assert read_contact("a" * 12_000 + "@").contact == Contact()
    assert read_contact("lina@" * 2000).contact == Contact()
