// sotevahti completions bash|zsh|fish: a script for the shell, which asks
// `sotevahti completions words -- LINE` at each press of Tab, so that ids are those in force.
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/completion.h"
#include "cli/context.h"

namespace sotevahti::cli {
namespace {

// Bash takes a colon for the end of a word; what stands before it must not be said again.
constexpr const char* bash_script = R"sh(# eval "$(sotevahti completions bash)"
_sotevahti() {
  local line="${COMP_LINE:0:COMP_POINT}" written before="" word
  local -a words
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  written="${words[-1]}"
  [[ $written == *:* && $COMP_WORDBREAKS == *:* ]] && before="${written%"${written##*:}"}"
  COMPREPLY=()
  while IFS= read -r word; do
    COMPREPLY+=("${word#"$before"}")
  done < <("${words[0]}" completions words -- "${words[@]:1}" 2>/dev/null)
  [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *: ]] && compopt -o nospace
  return 0
}
complete -o default -F _sotevahti sotevahti
)sh";
constexpr const char* zsh_script = R"sh(#compdef sotevahti
_sotevahti() {
  local -a found
  found=("${(@f)$(sotevahti completions words -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -Q -S '' -- ${(M)found:#*:}
  compadd -Q -- ${found:#*:}
}
compdef _sotevahti sotevahti
)sh";
constexpr const char* fish_script = R"sh(function __sotevahti
  set -l line (commandline -opc) (commandline -ct)
  sotevahti completions words -- $line[2..-1] 2>/dev/null
end
complete -c sotevahti -f -a '(__sotevahti)'
)sh";

class Completions final : public Command {
 public:
  std::string_view name() const override { return "completions"; }
  std::string_view help() const override { return "Prints what a shell needs to complete commands, ids and filters"; }
  void declare(Syntax& syntax) override {
    syntax.argument("shell", shell_, "bash, zsh or fish");
    syntax.arguments("line", line_, "After \"words --\": the words written so far, of which the last one is completed");
    syntax.footer(
        "bash: echo 'eval \"$(sotevahti completions bash)\"' >> ~/.bashrc\n"
        "zsh:  sotevahti completions zsh > a folder of $fpath/_sotevahti\n"
        "fish: sotevahti completions fish > ~/.config/fish/completions/sotevahti.fish");
  }

  int run(Context& context) override {
    if (shell_ == "bash") fmt::print("{}", bash_script);
    else if (shell_ == "zsh") fmt::print("{}", zsh_script);
    else if (shell_ == "fish") fmt::print("{}", fish_script);
    else if (shell_ != "words") throw UsageError("completions are there for bash, zsh and fish");
    else
      for (const auto& word : completions_of(line_, context)) fmt::print("{}\n", word);
    return Exit::done;
  }

 private:
  std::string shell_;
  std::vector<std::string> line_;
};

}  // namespace

std::unique_ptr<Command> make_completions() { return std::make_unique<Completions>(); }

}  // namespace sotevahti::cli
