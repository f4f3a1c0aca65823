// What each command's file offers.
#pragma once
#include <memory>

#include "cli/command.h"

namespace sotevahti::cli {

std::unique_ptr<Command> make_run();
std::unique_ptr<Command> make_demo();
std::unique_ptr<Command> make_poll();
std::unique_ptr<Command> make_serve();
std::unique_ptr<Command> make_feeds_list();
std::unique_ptr<Command> make_feeds_check();
std::unique_ptr<Command> make_feeds_discover();
std::unique_ptr<Command> make_feeds_revert();
std::unique_ptr<Command> make_feeds_import();
std::unique_ptr<Command> make_feeds_export();
std::unique_ptr<Command> make_search();
std::unique_ptr<Command> make_show();
std::unique_ptr<Command> make_stats();
std::unique_ptr<Command> make_mcp();
std::unique_ptr<Command> make_subscribers_list();
std::unique_ptr<Command> make_subscribers_add();
std::unique_ptr<Command> make_subscribers_remove();
std::unique_ptr<Command> make_subscribers_resume();
std::unique_ptr<Command> make_subscribers_export();
std::unique_ptr<Command> make_subscribers_erase();
std::unique_ptr<Command> make_subscriptions_list();
std::unique_ptr<Command> make_subscriptions_add();
std::unique_ptr<Command> make_bounces();
std::unique_ptr<Command> make_subscriptions_change();
std::unique_ptr<Command> make_subscriptions_end();
std::unique_ptr<Command> make_subscriptions_secret();
std::unique_ptr<Command> make_subscriptions_test();
std::unique_ptr<Command> make_subscriptions_preview();
std::unique_ptr<Command> make_digest_preview();
std::unique_ptr<Command> make_digest_build();
std::unique_ptr<Command> make_digest_send();
std::unique_ptr<Command> make_digest_explain();
std::unique_ptr<Command> make_outbox_list();
std::unique_ptr<Command> make_outbox_retry();
std::unique_ptr<Command> make_outbox_cancel();
std::unique_ptr<Command> make_outbox_replay();
std::unique_ptr<Command> make_parse();
std::unique_ptr<Command> make_tag();
std::unique_ptr<Command> make_check();
std::unique_ptr<Command> make_backup();
std::unique_ptr<Command> make_restore();
std::unique_ptr<Command> make_prune();
std::unique_ptr<Command> make_vacuum();
std::unique_ptr<Command> make_config_show();
std::unique_ptr<Command> make_config_check();
std::unique_ptr<Command> make_config_example();
std::unique_ptr<Command> make_completions();
std::unique_ptr<Command> make_help_filter();
std::unique_ptr<Command> make_help_manual();

}  // namespace sotevahti::cli
