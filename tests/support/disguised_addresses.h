// This machine and its neighbours, as addresses in URLs spell and disguise them: nothing
// that a stranger names may lead to one of these.
#pragma once

namespace sotevahti::test_support {

// No resolver is asked for a label of 64 letters: a test must not leave the machine.
#define SOTEVAHTI_NOWHERE "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

enum class Reading { address, resolvers, none };

struct Spelling {
  const char* host;
  Reading reading = Reading::address;  // by whom it may be taken for an address
};

inline constexpr Spelling disguised_addresses[] = {
    // This machine, where the canary listens.
    {"127.0.0.1"},
    {"127.1"},
    {"127.0.1"},
    {"127.0.0.1.", Reading::resolvers},
    {"0x7f.1"},
    {"0x7f000001"},
    {"0X7F.0x0.0x0.0x1"},
    {"2130706433"},
    {"0177.0.0.1"},
    {"017700000001"},
    {"00177.1"},
    {"127.255.255.254"},
    {"0"},
    {"0.0.0.0"},
    {"localhost"},
    {"LOCALHOST"},
    {"localhost.", Reading::resolvers},
    {"foo.localhost"},
    {"[::1]"},
    {"[0:0:0:0:0:0:0:1]"},
    {"[0000::0001]"},
    {"[::]"},
    {"[::ffff:127.0.0.1]"},
    {"[::ffff:7f00:1]"},
    {"[::ffff:0:127.0.0.1]"},
    {"[::127.0.0.1]"},
    {"[64:ff9b::7f00:1]"},
    {"[64:ff9b::127.0.0.1]"},
    {"[64:ff9b:1::7f00:1]"},
    {"[2002:7f00:1::]"},
    {"[2001:0:7f00:1::]"},
    {"[2001:0:808:808::80ff:fffe]"},
    {"[fe80::1]"},
    {"[fe80::1%25lo]"},
    {"user@127.0.0.1"},
    {"yle.fi@127.0.0.1"},
    {"user:80@127.0.0.1"},
    {"１２７.0.0.1"},
    {"①②⑦.⓪.⓪.①"},
    {"127。0。0。1"},
    {"%31%32%37.0.0.1"},
    {"127.0.0.1%00." SOTEVAHTI_NOWHERE, Reading::none},
    {"127.0.0.1%2f." SOTEVAHTI_NOWHERE, Reading::none},
    {"127.0.0.1%23@" SOTEVAHTI_NOWHERE, Reading::none},
    {"127.0.0.1\\@" SOTEVAHTI_NOWHERE, Reading::none},
    {"127.0.0.1 ." SOTEVAHTI_NOWHERE, Reading::none},
    // Its neighbours.
    {"10.0.0.1"},
    {"100.64.0.1"},
    {"169.254.169.254"},
    {"172.16.0.1"},
    {"192.168.1.1"},
    {"192.0.0.1"},
    {"198.18.0.1"},
    {"224.0.0.1"},
    {"240.0.0.1"},
    {"255.255.255.255"},
    {"[fd00::1]"},
    {"[ff02::1]"},
    {"[2002:a00:1::1]"},
    {"[::ffff:169.254.169.254]"}};

}  // namespace sotevahti::test_support
