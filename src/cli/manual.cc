#include "cli/manual.h"

#include <fmt/format.h>

#include <algorithm>

#include "cli/roff.h"
#include "config/settings.h"

namespace sotevahti::cli {
namespace {

std::string synopsis_of(std::string_view name, const std::vector<OptionWords>& options) {
  std::string line(name);
  const bool has_options =
      std::any_of(options.begin(), options.end(), [](const OptionWords& option) { return !option.is_argument; });
  if (has_options) line += " [options]";
  for (const auto& option : options) {
    if (option.is_argument) line += option.is_required ? " " + option.names : " [" + option.names + "]";
  }
  return line;
}

void put_command(Roff& page, Command& command) {
  const auto options = option_words(command);
  page.subsection("sotevahti " + synopsis_of(command.name(), options));
  page.paragraph(fmt::format("{}.", command.help()));
  for (const auto& option : options)
    page.tagged(option.value.empty() ? option.names : fmt::format("{} {}", option.names, option.value), option.help);
}

void put_files(Roff& page) {
  page.section("FILES");
  page.tagged("/etc/sotevahti/sotevahti.toml",
              "The settings: sotevahti.toml(5). Looked for after --config, "
              "$SOTEVAHTI_CONFIG and ./sotevahti.toml; without any, defaults hold.");
  page.tagged("/etc/sotevahti/feeds.d/*.toml", "The sources: feeds.d(5).");
  page.tagged("/etc/sotevahti/tags.d/*.toml", "Areas, places and topics: tags.d(5).");
  page.tagged("/var/lib/sotevahti/sotevahti.db", "The archive, one SQLite file, and what SQLite keeps beside it.");
  page.tagged("/var/lib/sotevahti/backups", "What sotevahti-backup.timer makes each night.");
}

void put_statuses(Roff& page) {
  page.section("EXIT STATUS");
  page.tagged("0", "Done.");
  page.tagged("1", "Nothing was found, what was named is not there, or not all of it succeeded.");
  page.tagged("2", "The command line, a filter or a file given to it cannot be understood.");
  page.tagged("3", "It failed.");
  page.tagged("78", "The configuration has errors: each is told with file and line.");
}

void put_signals(Roff& page) {
  page.section("SIGNALS");
  page.paragraph("Of the service, sotevahti run:");
  page.tagged("SIGHUP",
              "Reads the configuration again. One with errors is refused whole: the old one stays in force, "
              "and systemctl status says so.");
  page.tagged("SIGTERM, SIGINT", "Ends in order: what is under way gets ten seconds.");
}

// "topic:rahoitus   words": two columns where a line is indented, headings where it is not.
void put_filter_help(Roff& page) {
  std::string_view rest = filter_help();
  std::string block;
  const auto flush = [&] {
    if (!block.empty()) page.literal(block);
    block.clear();
  };
  for (bool is_opening = true; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty()) {
      flush();
      is_opening = false;
    } else if (line.starts_with("  ")) {
      block += fmt::format("{}\n", line.substr(2));
    } else if (is_opening) {
      page.paragraph(line);
    } else {
      std::string title(line);
      for (char& c : title) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      page.section(title);
    }
  }
  flush();
}

}  // namespace

std::string program_manual() {
  Roff page("sotevahti", 1, "follows Finland's social and health care reform and tells those who asked");
  page.section("SYNOPSIS");
  page.paragraph("sotevahti [--config FILE] COMMAND [options]");
  page.section("DESCRIPTION");
  page.paragraph(
      "Polls what ministries, the wellbeing services counties, agencies, associations and papers publish, keeps every "
      "entry in an archive, says which county and topic each is about, and sends each subscriber a digest of just "
      "that, by mail or webhook. The service is sotevahti run; the other commands read or change the same archive, "
      "also beside the running service.");
  page.section("COMMANDS");
  for (const auto& command : all_commands()) put_command(page, *command);
  put_files(page);
  page.section("ENVIRONMENT");
  page.tagged("SOTEVAHTI_CONFIG", "The settings' file, where --config names none.");
  page.tagged("SOTEVAHTI_<TABLE>_<KEY>", "Overrides one setting: SOTEVAHTI_POLL_PER_HOST is poll.per_host.");
  put_statuses(page);
  put_signals(page);
  page.see_also("sotevahti.toml(5), feeds.d(5), tags.d(5), sotevahti-filter(7)");
  return page.text();
}

std::string settings_manual() {
  Roff page("sotevahti.toml", 5, "the settings of sotevahti");
  page.section("DESCRIPTION");
  page.paragraph(
      "A TOML file of tables and keys. Every key has a default, so the file may be empty or absent. An unknown key is "
      "an error, told with file and line. Times are written \"30s\", \"15min\", \"2h\", \"7d\"; sizes \"512KiB\", "
      "\"10MiB\", \"1GiB\". An empty text stands for the default; relative paths start at the folder of the file.");
  page.paragraph(
      "A variable of the environment overrides each key; a list is written with commas there. sotevahti config show "
      "prints every value in force and where it comes from, sotevahti config check names all that is wrong.");
  std::string table;
  for (const auto& key : config::setting_words()) {
    if (const std::string own = key.name.substr(0, key.name.find('.')); own != table) {
      table = own;
      page.section("[" + table + "]");
    }
    std::string text = key.help;
    if (!key.bounds.empty()) text += fmt::format(" Allowed: {}.", key.bounds);
    text += fmt::format(" Default: {}.", key.worked_out.empty() ? key.default_value : key.worked_out);
    text += fmt::format(" Environment: {}.", key.variable);
    page.tagged(fmt::format("{} ({})", key.name.substr(table.size() + 1), key.type), text);
  }
  page.section("HOSTS");
  page.paragraph("A host with limits of its own; what is left out is as for every host:");
  page.literal("[poll.hosts.\"www.example.fi\"]\nconnections = 1\ngap_ms = 5000\n");
  page.section("EXAMPLE");
  page.paragraph("All that a service needs which sends mail by a relay of its own network:");
  page.literal(
      "[mail]\ntransport = \"smtp\"\nurl = \"smtp://mail.example.fi:587\"\nfrom = \"sotevahti@example.fi\"\n"
      "tls = \"required\"\nusername = \"sotevahti\"\npassword_file = \"$CREDENTIALS_DIRECTORY/sotevahti.smtp\"\n"
      "allowed_domains = [\"example.fi\"]\n\n[web]\npublic_url = \"https://sote.example.fi\"\n");
  page.see_also("sotevahti(1), feeds.d(5), tags.d(5), systemd.exec(5)");
  return page.text();
}

std::string filter_manual() {
  Roff page("sotevahti-filter", 7, "the filter language of sotevahti");
  page.section("DESCRIPTION");
  put_filter_help(page);
  page.see_also("sotevahti(1), tags.d(5)");
  return page.text();
}

}  // namespace sotevahti::cli
