// Any bytes as a delivery report, and as a relay's answer.
#include <cstdint>
#include <string_view>

#include "deliver/bounce_report.h"
#include "fuzz/demand.h"
#include "net/smtp_reply.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sotevahti;
  using test_support::demand;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (const auto report = deliver::read_bounce_report(input)) {
    demand(report->message_id.find_first_of("\r\n") == std::string::npos, "a Message-ID of two lines", input);
    for (const auto& recipient : report->recipients) {
      demand(recipient.address.find_first_of("\r\n") == std::string::npos, "an address of two lines", input);
      demand(recipient.diagnostic.find_first_of("\r\n") == std::string::npos, "a diagnostic of two lines", input);
    }
  } else {
    demand(!report.error().message.empty(), "refused without a cause", input);
  }
  if (size < 3) return 0;
  const auto phase = static_cast<net::SmtpPhase>(data[0] % 5);
  const int code = 200 + (data[1] % 4) * 100 + data[2] % 100;
  const auto reply = net::judge_smtp_answer(phase, code, input.substr(3));
  demand(reply.code == code, "another code", input);
  demand(reply.text.find_first_of(std::string_view("\r\n\0\x1b", 4)) == std::string::npos,
         "control characters in the answer", reply.text);
  return 0;
}
