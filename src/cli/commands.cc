#include "cli/commands.h"

namespace sotevahti::cli {

std::vector<std::unique_ptr<Command>> all_commands() {
  using Make = std::unique_ptr<Command> (*)();
  constexpr Make makers[] = {
      make_run,
      make_serve,
      make_demo,
      make_poll,
      make_feeds_list,
      make_feeds_check,
      make_feeds_discover,
      make_feeds_revert,
      make_feeds_import,
      make_feeds_export,
      make_search,
      make_show,
      make_stats,
      make_mcp,
      make_subscribers_list,
      make_subscribers_add,
      make_subscribers_remove,
      make_subscribers_resume,
      make_subscribers_export,
      make_subscribers_erase,
      make_subscriptions_list,
      make_subscriptions_add,
      make_subscriptions_change,
      make_subscriptions_end,
      make_subscriptions_secret,
      make_subscriptions_test,
      make_subscriptions_preview,
      make_digest_preview,
      make_digest_build,
      make_digest_send,
      make_digest_explain,
      make_bounces,
      make_outbox_list,
      make_outbox_retry,
      make_outbox_cancel,
      make_outbox_replay,
      make_check,
      make_backup,
      make_restore,
      make_prune,
      make_vacuum,
      make_parse,
      make_tag,
      make_config_show,
      make_config_check,
      make_config_example,
      make_completions,
      make_help_filter,
      make_help_manual,
  };
  std::vector<std::unique_ptr<Command>> commands;
  for (const Make make : makers) commands.push_back(make());
  return commands;
}

}  // namespace sotevahti::cli
