// What a person sees on a terminal: its width, colour and links where it can, a progress line.
// Data goes to standard output, talk to standard error; a stranger's text is made fit for one line
// before it is printed.
#pragma once
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace sotevahti::cli {

// Columns of standard output's terminal, at least 20; $COLUMNS or 100 where it is none. As it
// was when first asked: a pager that stands between changes nothing.
std::size_t terminal_width();
bool stdout_is_terminal();
bool stderr_is_terminal();

enum class Style { plain, bold, dim, red, green, yellow, blue };
// With escape sequences when standard output is a terminal that wants colour (NO_COLOR).
std::string styled(std::string_view text, Style style);

// A link that a click opens (OSC 8), on terminals that are known for it and where $FORCE_HYPERLINK
// is not 0; the text alone elsewhere, and for what is no web address.
std::string linked(std::string_view text, std::string_view url);
// From here on no links: what the output goes through would show their letters.
void forget_links();

// At most so many columns, with an ellipsis where it was cut.
std::string fit(std::string_view text, std::size_t columns);

// To standard error, where a command says what is no data. Where that takes nothing, closed or on a full disk,
// there is nobody to tell, and the command does its work all the same.
void tell(std::string_view text);
template <class... Parts>
void tell(fmt::format_string<Parts...> format, Parts&&... parts) {
  tell(fmt::format(format, std::forward<Parts>(parts)...));
}

// "making the index anew:  42 %" on standard error, written over until it is done.
void show_progress(const std::string& what, double part);

// A line on standard error that is written over; nothing where that is no terminal.
class Progress {
 public:
  explicit Progress(std::size_t total) : total_(total) {}
  ~Progress();
  void show(std::size_t done, std::string_view note);

 private:
  std::size_t total_;
  bool shown_ = false;
};

}  // namespace sotevahti::cli
