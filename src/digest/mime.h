// The grammar of mail: header fields (RFC 5322) with encoded words (RFC 2047), and
// quoted-printable bodies (RFC 2045). Lines end in CR LF and nothing that is passed in
// can add a header, a line or a part. Pure; any thread.
#pragma once
#include <string>
#include <string_view>

namespace sotevahti::digest {

// "Subject: =?utf-8?Q?...?=\r\n": folded, ASCII, whatever the text holds.
std::string header_field(std::string_view name, std::string_view text);
// "To: =?utf-8?Q?...?= <a@b>\r\n"; the address must be checked (is_plain_address).
std::string address_field(std::string_view name, std::string_view display_name, std::string_view address);
// One line, not folded: for fields whose value is ours and ASCII (List-Unsubscribe).
std::string bare_field(std::string_view name, std::string_view value);

// One ASCII addr-spec that needs no quoting: local part up to 64 octets, domain up to 255.
bool is_plain_address(std::string_view address);

// Lines of at most 76. A run of letters, digits, "-" and "_" of up to 60 stays in one
// line, so that a token can still be found in the encoded text.
std::string quoted_printable(std::string_view text);

}  // namespace sotevahti::digest
