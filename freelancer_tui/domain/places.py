"""Places: countries by their two letters and by their names in English and Indonesian."""

import unicodedata
from functools import cache
from typing import Final

_OTHER_NAMES: Final = """\
AE UAE; UEA
BN Brunei Darussalam
BO Bolivia, Plurinational State of
CD Democratic Republic of the Congo
CI Ivory Coast
CN Tiongkok; Cina
CV Cabo Verde
CZ Czechia
DE Deutschland
GB UK; Great Britain; England; Britania; Inggris
HK Hong Kong SAR China
IR Iran, Islamic Republic of
KR Korea
LA Lao
MD Moldova, Republic of
MK Macedonia
MM Burma
MO Macao
NL Holland
PS Palestinian Territories
RU Russian Federation
SA KSA
SY Syrian Arab Republic
SZ Swaziland
TR Türkiye; Turkiye
TW Taiwan
TZ Tanzania, United Republic of
US USA; United States of America; America; Amerika
VN Viet Nam
"""
"""What else people and marketplaces call some of them."""
_NAMES: Final = """\
AD Andorra
AE United Arab Emirates | Uni Emirat Arab
AF Afghanistan | Afganistan
AG Antigua and Barbuda | Antigua dan Barbuda
AI Anguilla
AL Albania
AM Armenia
AO Angola
AQ Antarctica | Antarktika
AR Argentina
AS American Samoa | Samoa Amerika
AT Austria
AU Australia
AW Aruba
AX Åland Islands | Kepulauan Aland
AZ Azerbaijan
BA Bosnia and Herzegovina | Bosnia dan Herzegovina
BB Barbados
BD Bangladesh
BE Belgium | Belgia
BF Burkina Faso
BG Bulgaria
BH Bahrain
BI Burundi
BJ Benin
BL St. Barthélemy | Saint Barthélemy
BM Bermuda
BN Brunei
BO Bolivia
BQ Caribbean Netherlands | Belanda Karibia
BR Brazil | Brasil
BS Bahamas | Bahama
BT Bhutan
BV Bouvet Island | Pulau Bouvet
BW Botswana
BY Belarus
BZ Belize
CA Canada | Kanada
CC Cocos (Keeling) Islands | Kepulauan Cocos (Keeling)
CD Congo (DRC) | Kongo - Kinshasa
CF Central African Republic | Republik Afrika Tengah
CG Congo | Kongo - Brazzaville
CH Switzerland | Swiss
CI Cote d'Ivoire | Côte d'Ivoire
CK Cook Islands | Kepulauan Cook
CL Chile | Cile
CM Cameroon | Kamerun
CN China | Tiongkok
CO Colombia | Kolombia
CR Costa Rica | Kosta Rika
CU Cuba | Kuba
CV Cape Verde | Tanjung Verde
CW Curaçao
CX Christmas Island | Pulau Natal
CY Cyprus | Siprus
CZ Czech Republic | Ceko
DE Germany | Jerman
DJ Djibouti | Jibuti
DK Denmark
DM Dominica | Dominika
DO Dominican Republic | Republik Dominika
DZ Algeria | Aljazair
EC Ecuador | Ekuador
EE Estonia
EG Egypt | Mesir
EH Western Sahara | Sahara Barat
ER Eritrea
ES Spain | Spanyol
ET Ethiopia | Etiopia
FI Finland | Finlandia
FJ Fiji
FK Falkland Islands | Kepulauan Falkland
FM Micronesia | Mikronesia
FO Faroe Islands | Kepulauan Faroe
FR France | Prancis
GA Gabon
GB United Kingdom | Inggris Raya
GD Grenada
GE Georgia
GF French Guiana | Guyana Prancis
GG Guernsey
GH Ghana
GI Gibraltar
GL Greenland
GM Gambia
GN Guinea
GP Guadeloupe
GQ Equatorial Guinea | Guinea Ekuatorial
GR Greece | Yunani
GS South Georgia and South Sandwich Islands | Georgia Selatan and Kep. Sandwich Selatan
GT Guatemala
GU Guam
GW Guinea-Bissau
GY Guyana
HK Hong Kong
HM Heard and McDonald Islands | Pulau Heard dan Kepulauan McDonald
HN Honduras
HR Croatia | Kroasia
HT Haiti
HU Hungary | Hungaria
ID Indonesia
IE Ireland | Irlandia
IL Israel
IM Isle of Man | Pulau Man
IN India
IO British Indian Ocean Territory | Wilayah Inggris di Samudra Hindia
IQ Iraq | Irak
IR Iran
IS Iceland | Islandia
IT Italy | Italia
JE Jersey
JM Jamaica | Jamaika
JO Jordan | Yordania
JP Japan | Jepang
KE Kenya
KG Kyrgyzstan | Kirgizstan
KH Cambodia | Kamboja
KI Kiribati
KM Comoros | Komoro
KN St. Kitts and Nevis | Saint Kitts dan Nevis
KP North Korea | Korea Utara
KR South Korea | Korea Selatan
KW Kuwait
KY Cayman Islands | Kepulauan Cayman
KZ Kazakhstan
LA Laos
LB Lebanon
LC St. Lucia | Saint Lucia
LI Liechtenstein
LK Sri Lanka
LR Liberia
LS Lesotho
LT Lithuania | Lituania
LU Luxembourg | Luksemburg
LV Latvia
LY Libya
MA Morocco | Maroko
MC Monaco | Monako
MD Moldova
ME Montenegro
MF St. Martin | Saint Martin
MG Madagascar | Madagaskar
MH Marshall Islands | Kepulauan Marshall
MK North Macedonia | Makedonia Utara
ML Mali
MM Myanmar
MN Mongolia
MO Macau | Makau
MP Northern Mariana Islands | Kepulauan Mariana Utara
MQ Martinique | Martinik
MR Mauritania
MS Montserrat
MT Malta
MU Mauritius
MV Maldives | Maladewa
MW Malawi
MX Mexico | Meksiko
MY Malaysia
MZ Mozambique | Mozambik
NA Namibia
NC New Caledonia | Kaledonia Baru
NE Niger
NF Norfolk Island | Kepulauan Norfolk
NG Nigeria
NI Nicaragua | Nikaragua
NL Netherlands | Belanda
NO Norway | Norwegia
NP Nepal
NR Nauru
NU Niue
NZ New Zealand | Selandia Baru
OM Oman
PA Panama
PE Peru
PF French Polynesia | Polinesia Prancis
PG Papua New Guinea | Papua Nugini
PH Philippines | Filipina
PK Pakistan
PL Poland | Polandia
PM St. Pierre and Miquelon | Saint Pierre dan Miquelon
PN Pitcairn Islands | Kepulauan Pitcairn
PR Puerto Rico | Puerto Riko
PS Palestine | Palestina
PT Portugal
PW Palau
PY Paraguay
QA Qatar
RE Réunion
RO Romania | Rumania
RS Serbia
RU Russia | Rusia
RW Rwanda
SA Saudi Arabia | Arab Saudi
SB Solomon Islands | Kepulauan Solomon
SC Seychelles
SD Sudan
SE Sweden | Swedia
SG Singapore | Singapura
SH St. Helena | Saint Helena
SI Slovenia
SJ Svalbard and Jan Mayen | Kepulauan Svalbard dan Jan Mayen
SK Slovakia
SL Sierra Leone
SM San Marino
SN Senegal
SO Somalia
SR Suriname
SS South Sudan | Sudan Selatan
ST São Tomé and Príncipe | Sao Tome dan Principe
SV El Salvador
SX Sint Maarten
SY Syria | Suriah
SZ Eswatini | eSwatini
TC Turks and Caicos Islands | Kepulauan Turks dan Caicos
TD Chad
TF French Southern Territories | Wilayah Selatan Prancis
TG Togo
TH Thailand
TJ Tajikistan
TK Tokelau
TL Timor-Leste | Timor Leste
TM Turkmenistan
TN Tunisia
TO Tonga
TR Turkey | Turki
TT Trinidad and Tobago | Trinidad dan Tobago
TV Tuvalu
TW Taiwan
TZ Tanzania
UA Ukraine | Ukraina
UG Uganda
UM U.S. Outlying Islands | Kepulauan Terluar AS
US United States | Amerika Serikat
UY Uruguay
UZ Uzbekistan
VA Vatican City | Vatikan
VC St. Vincent and Grenadines | Saint Vincent dan Grenadine
VE Venezuela
VG British Virgin Islands | Kepulauan Virgin Britania Raya
VI U.S. Virgin Islands | Kepulauan Virgin Amerika Serikat
VN Vietnam
VU Vanuatu
WF Wallis and Futuna | Kepulauan Wallis dan Futuna
WS Samoa
XK Kosovo
YE Yemen | Yaman
YT Mayotte
ZA South Africa | Afrika Selatan
ZM Zambia
ZW Zimbabwe
"""
"""Letters, English name, and the Indonesian one where it is another."""


def country_code(name: str) -> str | None:
    """Give the two small letters of a country by any of its names, or by its letters."""
    return _codes().get(folded(name))


def country_key(name: str) -> str:
    """Give what tells one country from another: its letters where it is known, else its name."""
    return country_code(name) or folded(name)


def country_name(code: str, language: str) -> str:
    """Give a country's name in English or Indonesian; nothing for letters of none."""
    found = _names().get(code.lower())
    return (found[1] if language == "id" else found[0]) if found else ""


def folded(text: str) -> str:
    """Give a name without accents, capitals and signs, for comparing."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))
    return " ".join("".join(kept).split())


@cache
def _names() -> dict[str, tuple[str, str]]:
    found = {}
    for line in _NAMES.splitlines():
        code, _gap, names = line.partition(" ")
        english, _bar, indonesian = names.partition(" | ")
        found[code.lower()] = (english, indonesian or english)
    return found


@cache
def _codes() -> dict[str, str]:
    codes = {code: code for code in _names()}
    for line in _OTHER_NAMES.splitlines():
        code, _gap, names = line.partition(" ")
        codes |= {folded(name): code.lower() for name in names.split("; ")}
    for code, names_of in _names().items():
        codes |= {folded(name): code for name in names_of}
    return codes
