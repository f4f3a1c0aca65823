#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "base/private_file.h"
#include "deliver/mail_transport.h"

namespace sotevahti::deliver {
namespace {

// A name that no message id can lead out of the folder.
std::string file_name(const std::string& message_id) {
  std::string name = message_id;
  std::replace_if(
      name.begin(), name.end(),
      [](char c) {
        return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 std::string_view("@._-+=").find(c) != std::string_view::npos);
      },
      '_');
  return name + ".eml";
}

// The whole content on disk, or the cause why not.
std::string write_whole(const std::filesystem::path& file, std::string_view content) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  if (descriptor < 0) return std::generic_category().message(errno);
  std::string fault;
  while (!content.empty() && fault.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fault = std::generic_category().message(errno);
    else content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (fault.empty() && ::fsync(descriptor) != 0) fault = std::generic_category().message(errno);
  ::close(descriptor);
  return fault;
}

class FileTransport final : public MailTransport {
 public:
  explicit FileTransport(std::filesystem::path folder) : folder_(std::move(folder)) {}

  MailAnswer send(const std::string&, const std::string&, const std::string& message_id,
                  std::string_view message) override {
    std::error_code error;
    base::make_folder(folder_);
    const std::filesystem::path file = folder_ / file_name(message_id);
    const std::filesystem::path unfinished = folder_ / ("." + file_name(message_id) + ".tmp");
    std::string fault = write_whole(unfinished, message);
    if (fault.empty()) {
      std::filesystem::rename(unfinished, file, error);
      if (error) fault = error.message();
    }
    if (fault.empty()) return {MailAnswer::Kind::accepted, file.string()};
    std::filesystem::remove(unfinished, error);
    return {MailAnswer::Kind::relay, fmt::format("{}: {}", folder_.string(), fault)};
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace

std::unique_ptr<MailTransport> make_file_transport(const std::filesystem::path& folder) {
  return std::make_unique<FileTransport>(folder);
}

}  // namespace sotevahti::deliver
