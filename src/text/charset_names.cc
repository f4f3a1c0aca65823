#include "text/charset_names.h"

#include <algorithm>
#include <array>

#include "text/url_parts.h"

namespace sotevahti::text {
namespace {

struct Known {
  std::string_view keys;  // names without case, "x-", "cs" and what stands between their parts
  Codec codec;
  std::string_view iana;
  std::string_view iconv;
};

// Names that the rules below do not find, and those that mean more in the field than
// they say (gb2312 is gb18030, euc-kr windows-949, shift_jis windows-31j).
constexpr Known known[] = {
    {"646 ansix341968 ansix341986 ansix34 ascii usascii us cp367 ibm367 iso646us iso646irv1991 isoir6", Codec::ascii,
     "us-ascii", ""},
    {"utf8 u8 utf unicode11utf8 unicode20utf8 cp65001 utf8ucs2 utf8ucs4", Codec::utf8, "utf-8", ""},
    {"utf16 u16 ucs2 iso10646ucs2 unicode utf16be utf16le unicodefffe unicodefeff unicodebigunmarked "
     "unicodelittleunmarked",
     Codec::utf16, "utf-16", ""},
    {"utf32 u32 ucs4 iso10646ucs4 utf32be utf32le", Codec::utf32, "utf-32", ""},
    {"iso88591 latin1 l1 latin isolatin1 isoir100 8859 iso8859 ibm819 cp819", Codec::latin1, "iso-8859-1", ""},
    {"cp1252", Codec::latin1, "windows-1252", ""},
    {"macgreek", Codec::mac_greek, "mac-greek", ""},
    {"macturkish", Codec::mac_turkish, "mac-turkish", ""},
    {"mac macroman macintosh", Codec::iconv, "macintosh", "MACINTOSH"},
    {"maccyrillic", Codec::iconv, "mac-cyrillic", "MAC-CYRILLIC"},
    {"macukrainian", Codec::iconv, "mac-ukrainian", "MAC-UK"},
    {"maclatin2 maccentraleurope maccenteuro macce", Codec::iconv, "mac-latin2", "MAC-CENTRALEUROPE"},
    {"maciceland macis", Codec::iconv, "mac-iceland", "MAC-IS"},
    {"ebcdiccpbe ebcdiccpch", Codec::iconv, "ibm500", "CP500"},
    {"ebcdiccpca ebcdiccpnl ebcdiccpus ebcdiccpwt cp039", Codec::iconv, "ibm037", "CP037"},
    {"ebcdiccphe", Codec::iconv, "ibm424", "CP424"},
    {"pc8codepage437", Codec::iconv, "ibm437", "CP437"},
    {"pc775baltic", Codec::iconv, "ibm775", "CP775"},
    {"pc850multilingual", Codec::iconv, "ibm850", "CP850"},
    {"pcp852", Codec::iconv, "ibm852", "CP852"},
    {"pc862latinhebrew", Codec::iconv, "ibm862", "CP862"},
    {"cpis", Codec::iconv, "ibm861", "CP861"},
    {"cpgr", Codec::iconv, "ibm869", "CP869"},
    {"cp858 pc858multilingual pcmultilingual850euro", Codec::iconv, "cp858", "CP858"},
    {"cp1125 cp866u ruscii", Codec::iconv, "cp1125", "CP1125"},
    {"cp1140", Codec::iconv, "cp1140", "CP1140"},
    {"koi koi8 koi8r", Codec::iconv, "koi8-r", "KOI8-R"},
    {"koi8u koi8ru", Codec::iconv, "koi8-u", "KOI8-U"},
    {"koi8t", Codec::iconv, "koi8-t", "KOI8-T"},
    {"gb18030 gb180302000 gb2312 gb231280 gb23121980 chinese iso58gb231280 isoir58 euccn eucgb2312cn "
     "macsimpchinese",
     Codec::iconv, "gb18030", "GB18030"},
    {"gbk cp936", Codec::iconv, "gbk", "GBK"},
    {"big5 big5tw cnbig5 xbig5 mactradchinese", Codec::iconv, "big5", "BIG5-HKSCS"},
    {"big5hkscs hkscs", Codec::iconv, "big5-hkscs", "BIG5-HKSCS"},
    {"cp950", Codec::iconv, "cp950", "CP950"},
    {"shiftjis sjis macjapanese", Codec::iconv, "shift_jis", "CP932"},
    {"cp932 mskanji windows31j", Codec::iconv, "cp932", "CP932"},
    {"eucjp ujis eucpkdfmtjapanese", Codec::iconv, "euc-jp", "EUC-JP"},
    {"iso2022jp", Codec::iconv, "iso-2022-jp", "ISO-2022-JP"},
    {"euckr korean ksc5601 ksc56011987 ksc56011989 ksx1001 isoir149 mackorean", Codec::iconv, "euc-kr", "CP949"},
    {"cp949 uhc", Codec::iconv, "cp949", "CP949"},
    {"johab cp1361", Codec::iconv, "johab", "JOHAB"},
    {"tis620 tis6200 tis62025290 tis62025291 isoir166", Codec::iconv, "tis-620", "CP874"},
    {"iso885911 thai", Codec::iconv, "iso-8859-11", "CP874"},
    {"cp874", Codec::iconv, "cp874", "CP874"},
    {"viscii", Codec::iconv, "viscii", "VISCII"},
    {"tcvn tcvn5712 tcvn57121", Codec::iconv, "tcvn", "TCVN"},
    {"ptcp154 pt154 cp154 cyrillicasian", Codec::iconv, "ptcp154", "PT154"},
    {"kz1048 rk1048 strk10482002", Codec::iconv, "kz-1048", "RK1048"},
    {"hproman8 roman8 r8 cp1051", Codec::iconv, "hp-roman8", "HP-ROMAN8"},
    {"isoir101", Codec::iconv, "iso-8859-2", "ISO-8859-2"},
    {"isoir109", Codec::iconv, "iso-8859-3", "ISO-8859-3"},
    {"isoir110", Codec::iconv, "iso-8859-4", "ISO-8859-4"},
    {"isoir148", Codec::iconv, "iso-8859-9", "ISO-8859-9"},
    {"isoir157", Codec::iconv, "iso-8859-10", "ISO-8859-10"},
    {"isoir199", Codec::iconv, "iso-8859-14", "ISO-8859-14"},
    {"isoir226", Codec::iconv, "iso-8859-16", "ISO-8859-16"},
    {"isolatincyrillic cyrillic isoir144", Codec::iconv, "iso-8859-5", "ISO-8859-5"},
    {"isolatinarabic arabic asmo708 ecma114 isoir127", Codec::iconv, "iso-8859-6", "ISO-8859-6"},
    {"isolatingreek greek greek8 ecma118 elot928 isoir126", Codec::iconv, "iso-8859-7", "ISO-8859-7"},
    {"isolatinhebrew hebrew isoir138 iso88598i logical", Codec::iconv, "iso-8859-8", "ISO-8859-8"},
};

bool is_number(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit); }

// "ISO_8859-2:1987" is iso885921987, "x-sjis" sjis, "csKOI8R" koi8r.
std::string key_of(std::string_view name) {
  std::string key;
  for (const char c : name)
    if (is_ascii_letter(c) || is_ascii_digit(c)) key += ascii_lower(c);
  if (name.size() > 2 && ascii_lower(name[0]) == 'x' && (name[1] == '-' || name[1] == '_')) key.erase(0, 1);
  if (key.starts_with("cs")) key.erase(0, 2);
  return key;
}

// Code pages: 437, cp437, ibm437, windows-1250, ms936 become cp437 and so on.
std::string code_page_of(std::string_view key) {
  for (const std::string_view prefix : {"", "cp", "ibm", "windows", "ms", "dos", "win", "ibm0", "cp0"}) {
    if (!key.starts_with(prefix)) continue;
    const std::string_view number = key.substr(prefix.size());
    if (is_number(number) && number.size() >= 3 && number.size() <= 4) return "cp" + std::string(number);
  }
  return {};
}

// "iso88592", "iso885921987", "latin2", "l2", "isolatin2": the part of ISO 8859, or "".
std::string iso_8859_part(std::string_view key) {
  if (key.starts_with("iso8859")) {
    std::string_view part = key.substr(7);
    if (part.size() > 4) part.remove_suffix(4);
    return is_number(part) && part.size() <= 2 ? std::string(part) : std::string();
  }
  constexpr std::array<std::string_view, 11> part_of_latin = {"",   "1",  "2",  "3",  "4", "9",
                                                              "10", "13", "14", "15", "16"};
  for (const std::string_view prefix : {"isolatin", "latin", "l"}) {
    if (!key.starts_with(prefix)) continue;
    const std::string_view number = key.substr(prefix.size());
    for (std::size_t i = 1; i < part_of_latin.size(); ++i)
      if (number == std::to_string(i)) return std::string(part_of_latin[i]);
  }
  return {};
}

bool has_key(std::string_view keys, std::string_view key) {
  while (!keys.empty()) {
    const std::size_t end = std::min(keys.find(' '), keys.size());
    if (keys.substr(0, end) == key) return true;
    keys.remove_prefix(std::min(end + 1, keys.size()));
  }
  return false;
}

CharsetName find_known(std::string_view key) {
  for (const Known& row : known)
    if (!key.empty() && has_key(row.keys, key)) return {row.codec, std::string(row.iana), std::string(row.iconv)};
  return {};
}

CharsetName of_code_page(const std::string& page) {
  const std::string number = page.substr(2);
  CharsetName name{Codec::iconv, "ibm" + number, "CP" + number};
  if (number.starts_with("125")) name.iana = "windows-" + number;
  return name;
}

// Families of iconv that nobody will use us to attack it by; others of its many are unknown here.
bool is_trusted_by_name(std::string_view key) {
  constexpr std::array<std::string_view, 7> families = {"ebcdic", "armscii", "georgian", "ms", "win", "tcvn", "mac"};
  return std::any_of(families.begin(), families.end(), [&](std::string_view f) { return key.starts_with(f); });
}

}  // namespace

CharsetName find_charset(std::string_view name) {
  if (name.size() > 40) return {};
  const std::string key = key_of(name);
  if (CharsetName found = find_known(key); found.codec != Codec::unknown) return found;
  if (const std::string page = code_page_of(key); !page.empty()) {
    CharsetName found = find_known(page);
    return found.codec != Codec::unknown ? found : of_code_page(page);
  }
  if (const std::string part = iso_8859_part(key); !part.empty()) {
    CharsetName found = find_known("iso8859" + part);
    return found.codec != Codec::unknown ? found : CharsetName{Codec::iconv, "iso-8859-" + part, "ISO-8859-" + part};
  }
  std::string written(name);
  std::transform(written.begin(), written.end(), written.begin(), ascii_lower);
  const bool plain = written.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string::npos;
  if (!plain || !is_trusted_by_name(key)) return {};
  std::string for_iconv = written;
  std::replace(for_iconv.begin(), for_iconv.end(), '_', '-');
  return {Codec::iconv, std::move(written), std::move(for_iconv)};
}

}  // namespace sotevahti::text
