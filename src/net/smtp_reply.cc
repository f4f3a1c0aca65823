#include "net/smtp_reply.h"

#include <algorithm>

#include "base/log.h"

namespace sotevahti::net {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "5.1.1 No such user": class, subject and detail of RFC 3463 at the beginning of the text.
std::string enhanced_status(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
  const std::string status(text.begin(), end);
  const bool has_class = status.starts_with("2.") || status.starts_with("4.") || status.starts_with("5.");
  const bool is_whole = std::count(status.begin(), status.end(), '.') == 2 && is_digit(status.back());
  return has_class && is_whole ? status : "";
}

SmtpVerdict refused_recipient(std::string_view enhanced) {
  // Security or policy (no relaying, sender not allowed): not the recipient's fault.
  return enhanced.starts_with("5.7.") || enhanced.starts_with("5.5.") ? SmtpVerdict::bad_relay
                                                                      : SmtpVerdict::bad_recipient;
}

SmtpVerdict judge(SmtpPhase phase, int code, std::string_view enhanced) {
  if (code < 500) return SmtpVerdict::later;
  if (phase == SmtpPhase::rcpt) return refused_recipient(enhanced);
  // A mailbox or system status may come after the data as well; for the rest the content is at fault.
  if (phase == SmtpPhase::data)
    return enhanced.starts_with("5.1.") ? SmtpVerdict::bad_recipient : SmtpVerdict::bad_message;
  if (phase == SmtpPhase::mail && (code == 552 || enhanced == "5.3.4")) return SmtpVerdict::bad_message;  // its size
  return SmtpVerdict::bad_relay;
}

}  // namespace

SmtpReply judge_smtp_answer(SmtpPhase phase, int code, std::string_view text) {
  SmtpReply reply;
  reply.phase = phase;
  reply.code = code;
  reply.text = base::one_line(text);
  reply.enhanced = enhanced_status(text);
  reply.verdict = judge(phase, code, reply.enhanced);
  return reply;
}

std::string_view to_string(SmtpPhase phase) {
  switch (phase) {
    case SmtpPhase::prepare: return "prepare";
    case SmtpPhase::connect: return "connect";
    case SmtpPhase::tls: return "tls";
    case SmtpPhase::auth: return "auth";
    case SmtpPhase::mail: return "mail";
    case SmtpPhase::rcpt: return "rcpt";
    case SmtpPhase::data: return "data";
  }
  return "prepare";
}

}  // namespace sotevahti::net
