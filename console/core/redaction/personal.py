"""Personal values in free text: what is one for certain becomes a pseudonym, the same for the same value."""

import hmac
import re

PSEUDONYM = "anon-"
PSEUDONYMS = re.compile(r"anon-[0-9a-f]{12}")
_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+-]{1,64}+(?:@|%40)(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}+\.){1,8}+[A-Za-z]{2,24}(?![\w-])"
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?:[ ]?+[A-Z0-9]){11,30}+(?![A-Za-z0-9])")
_DIGITS = re.compile(r"(?<![\w.+-])[0-9](?:[ -]?+[0-9]){10,18}+(?![\w.-]*[0-9A-Za-z])")
# A country's code with its plus sign, 8 to 15 digits in all (ITU-T E.164).
_PHONE = re.compile(r"(?<![\w+.%-])(?:\+|%2B)[1-9](?:[ ()-]{0,2}+[0-9]){7,14}+(?![\w.-]*[0-9A-Za-z])")
_CARD_STARTS = (
    "4",
    "51",
    "52",
    "53",
    "54",
    "55",
    "22",
    "23",
    "24",
    "25",
    "26",
    "27",
    "34",
    "37",
    "36",
    "38",
    "6011",
    "65",
)
_IBAN_LENGTHS = {
    "NO": 15, "BE": 16, "DK": 18, "FI": 18, "NL": 18, "AT": 20, "CH": 21, "DE": 22, "GB": 22, "IE": 22, "SE": 24,
    "ES": 24, "PT": 25, "IS": 26, "FR": 27, "IT": 27, "PL": 28, "LT": 20, "LV": 21, "EE": 20, "CZ": 24, "SK": 24,
    "HU": 28, "LU": 20, "RO": 24, "GR": 27, "HR": 21, "SI": 19, "BG": 22, "CY": 28, "MT": 31, "LI": 21, "MC": 27,
    "SM": 27, "UA": 29, "TR": 26, "SA": 24, "AE": 23, "IL": 23, "BR": 29,
}  # fmt: skip
_FIRST_WEIGHTS, _SECOND_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def pseudonym(value: str, key: bytes) -> str:
    """A hash under `key`, equal for equal values."""
    return PSEUDONYM + hmac.digest(key, value.encode("utf-8", "surrogatepass"), "sha256").hex()[:12]


def pseudonymised(text: str, key: bytes) -> str:
    """The text with e-mail addresses, IBANs, card numbers, Norwegian national identity numbers and telephone numbers
    replaced. The last four only where check digits or a country's code make them certain.
    """

    def replaced(match: re.Match[str]) -> str:
        return pseudonym(match[0].replace("%40", "@"), key)

    text = _EMAIL.sub(replaced, text) if "@" in text or "%40" in text else text
    text = _IBAN.sub(lambda match: replaced(match) if is_iban(match[0]) else match[0], text)
    text = _PHONE.sub(replaced, text) if "+" in text or "%2B" in text else text
    return _DIGITS.sub(
        lambda match: replaced(match) if is_card(match[0]) or is_national_id(match[0]) else match[0], text
    )


def count_pseudonyms(*values: object) -> int:
    """How many different persons' values were replaced in these, counted in what is left."""
    return len({found for value in values for found in PSEUDONYMS.findall(repr(value))})


def is_iban(text: str) -> bool:
    """ISO 13616: the country's length, and the check digits by ISO 7064 mod 97-10."""
    bare = text.replace(" ", "")
    if len(bare) != _IBAN_LENGTHS.get(bare[:2]):
        return False
    return int("".join(str(int(one, 36)) for one in bare[4:] + bare[:4])) % 97 == 1


def is_card(text: str) -> bool:
    """ISO/IEC 7812: an issuer's beginning, 13 to 19 digits, and the check digit by Luhn."""
    bare = text.replace(" ", "").replace("-", "")
    if not (13 <= len(bare) <= 19 and bare.startswith(_CARD_STARTS)) or len(set(bare)) < 2:
        return False
    doubled = sum(sum(divmod(2 * int(one), 10)) for one in bare[-2::-2])
    return (doubled + sum(map(int, bare[-1::-2]))) % 10 == 0


def is_national_id(text: str) -> bool:
    """A Norwegian fødselsnummer or D-number: a day, a month, and both check digits by mod 11."""
    bare = text.replace(" ", "").replace("-", "")
    if len(bare) != 11:
        return False
    digits = [int(one) for one in bare]
    day, month = int(bare[:2]), int(bare[2:4])
    is_date = 1 <= (day - 40 if day > 40 else day) <= 31 and 1 <= month <= 12
    return (
        is_date
        and sum(a * b for a, b in zip(digits, _FIRST_WEIGHTS, strict=False)) % 11 == 0
        and sum(a * b for a, b in zip(digits, _SECOND_WEIGHTS, strict=True)) % 11 == 0
    )
