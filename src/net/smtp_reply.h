// What became of a mail at its relay, and whose fault it is when it was not taken. Pure.
#pragma once
#include <string>
#include <string_view>

namespace sotevahti::net {

// How far the conversation had come.
enum class SmtpPhase { prepare, connect, tls, auth, mail, rcpt, data };

enum class SmtpVerdict {
  accepted,
  later,          // 4xx, no answer, or no connection: worth another try
  bad_recipient,  // this address takes no mail
  bad_message,    // this message is not taken, whoever asks
  bad_relay       // sign-in, policy or TLS: nothing will get through until somebody acts
};

struct SmtpReply {
  SmtpVerdict verdict = SmtpVerdict::later;
  SmtpPhase phase = SmtpPhase::prepare;
  int code = 0;          // the relay's, such as 550; 0 where it gave none
  std::string enhanced;  // such as "5.1.1" (RFC 3463), where it gave one
  std::string text;      // its words, or the cause; one line
};

// Sorts a relay's answer: by its codes and by the command that it answers.
SmtpReply judge_smtp_answer(SmtpPhase phase, int code, std::string_view text);
std::string_view to_string(SmtpPhase phase);

}  // namespace sotevahti::net
