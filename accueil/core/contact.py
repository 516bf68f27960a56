"""Phone numbers and e-mail addresses in a message: found, checked, and taken out of the text."""

import re
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email

PHONE_TOKEN = "[téléphone]"
EMAIL_TOKEN = "[email]"
BAD_PHONE_TOKEN = "[numéro incomplet]"
BAD_EMAIL_TOKEN = "[email incomplet]"

_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "NC", "PF")
_PHONE = re.compile(r"(?<![\w/])(?:(?:\+|00)\d{1,3}[\s.\-()]*\d|0)(?:[\s.\-()]*\d){5,13}(?![\w/])")
_DATE = re.compile(r"^\s*\d{1,2}(?:\s*[.\-]\s*\d{1,2}\s*[.\-]\s*\d{2,4}|\s+\d{1,2}\s+20\d{2})\s*$")
_GAP = r"[\s.\-]{0,3}"
_NINE = rf"[1-9](?:{_GAP}\d){{8}}(?!\d)"
_PREFIX = rf"(?:0|(?:\+|00)33{_GAP}(?:\(0\))?){_GAP}"
_COMPLETE = re.compile(
    rf"(?<!\d)(?!\d{{1,2}}[\s.\-]\d{{1,2}}[\s.\-]20\d\d(?!\d))(?:"
    # in one piece, whatever follows; in pairs between slashes, commas or underscores
    r"(?:0|\+33)[1-9]\d{8}(?!\d)|0[1-9](?:\s?[/_,]\s?\d{2}){4}(?!\d)|"
    # anyhow, when what follows is something else: a line, an age, a postal code, another number
    rf"{_PREFIX}{_NINE}(?=[^\S\n]*\n|\s*\d{{1,2}}\s*(?:ans|piges|h)\b|\s*\d{{5}}(?!\d)|"
    rf"\W*{_PREFIX}{_NINE}))"
)
"""French numbers that end where they end, however they are written; tried before ``_PHONE``."""
_MISTYPED = re.compile(
    rf"(?<!\w)[Oo][67](?:{_GAP}\d){{8}}(?!\d)|(?<![+\w])(?:33 ?)?[67](?:[ .\-]?\d{{2}}){{4}}(?!\d)"
)
"""A letter for the zero, or no zero at all: "O6 12...", "6 12...", "33 6..."; tried last."""
_AROBASE = re.compile(r"(?<=\w)\s+arobas[ez]?\s+(?=\w)", re.IGNORECASE)
_DOT = re.compile(r"(@[\w.\-]+)\s+point\s+(com|fr|net|org|eu|re)\b", re.IGNORECASE)
_IN_PART = r"[^\s@,;:<>()\[\]/«»\"“”]"
_PART = rf"{_IN_PART}+"
# A part begins where a part can begin: else each letter of a long text would be a new start.
_EMAIL = re.compile(rf"(?<!{_IN_PART}){_PART}\s?@{{1,3}}\s?(?!\d{{1,2}}\s?h){_PART}")
_POSTAL = re.compile(r"^0?\d{4,5}$")


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach someone. ``phone`` is E.164, ``email`` lower-cased; empty when absent."""

    phone: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.phone or self.email)


@dataclass(frozen=True, slots=True)
class ContactReading:
    """A message without its contacts, and the contacts. ``text`` holds tokens in their place."""

    text: str
    contact: Contact
    bad_phone: bool = False
    bad_email: bool = False


def read_contact(text: str) -> ContactReading:
    """Find the first phone number and e-mail address; put tokens in place of all of them.

    A number with digits missing or in excess is masked too (``bad_phone``), so that nothing that
    may identify someone goes further than the caller.
    """
    phone, email = "", ""
    bad_phone = bad_email = False

    def mask_email(match: re.Match[str]) -> str:
        nonlocal email, bad_email
        address = checked_email(match.group(0).replace(" ", "").rstrip(".!?").strip("'’"))
        if not address:
            bad_email = True
            return BAD_EMAIL_TOKEN
        email = email or address
        return EMAIL_TOKEN

    def mask_phone(match: re.Match[str]) -> str:
        nonlocal phone, bad_phone
        digits = re.sub(r"\D", "", match.group(0))
        if _POSTAL.match(digits) or len(digits) < 7 or _DATE.match(match.group(0)):
            return match.group(0)
        number = checked_phone(re.sub(r"[Oo](?=[67])|[/_,]", _plain_sign, match.group(0)))
        if not number:
            bad_phone = True
            return BAD_PHONE_TOKEN
        phone = phone or number
        return PHONE_TOKEN

    spoken = _DOT.sub(r"\1.\2", _AROBASE.sub("@", text))
    masked = _EMAIL.sub(mask_email, spoken)
    for pattern in (_COMPLETE, _PHONE, _MISTYPED):
        masked = pattern.sub(mask_phone, masked)
    return ContactReading(masked, Contact(phone, email), bad_phone, bad_email)


def _plain_sign(match: re.Match[str]) -> str:
    return "0" if match.group(0) in "Oo" else " "


def checked_phone(text: str) -> str:
    """Return the number in E.164 if it is valid in France, overseas or abroad, else ``""``."""
    numbers = [number for region in _REGIONS if (number := _parse(text, region)) is not None]
    for number in numbers:
        if phonenumbers.is_valid_number(number):
            return _e164(number)
    if numbers and _is_french_shaped(numbers[0]):
        return _e164(numbers[0])
    return ""


def _parse(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _e164(number: phonenumbers.PhoneNumber) -> str:
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_french_shaped(number: phonenumbers.PhoneNumber) -> bool:
    """Accept any nine national digits: numbers for fiction and new ranges are not listed."""
    national = number.national_number or 0
    return number.country_code == 33 and 100_000_000 <= national <= 999_999_999


def checked_email(text: str) -> str:
    """Return the normalised address if its syntax is valid (RFC 5322), else ``""``."""
    try:
        found = validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return ""
    return found.normalized.lower()


def shown_phone(e164: str) -> str:
    """Return a number as people read it: national in France, international elsewhere."""
    try:
        number = phonenumbers.parse(e164, "FR")
    except phonenumbers.NumberParseException:
        return e164
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if number.country_code in (33, 262, 590, 594, 596, 508)
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, style)
