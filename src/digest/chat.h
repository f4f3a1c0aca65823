// A digest as the incoming hooks of chat programs take it: Slack blocks, a Teams
// adaptive card, Mattermost markdown, Matrix text with HTML. Short: titles, deadlines and
// sources, the rest behind a link; below each program's bounds. A stranger's text can
// mention nobody and format nothing. Pure; any thread.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "config/taxonomy.h"
#include "digest/outline.h"
#include "digest/texts.h"

namespace sotevahti::digest {

enum class ChatStyle { slack, teams, mattermost, matrix };

std::optional<ChatStyle> chat_style(std::string_view name);

// A sentence of ours, such as that of a test.
std::string chat_note(ChatStyle style, const std::string& text);

// The body to POST, JSON.
std::string chat_body(ChatStyle style, const Outline& outline, const Texts& texts, const config::Taxonomy& taxonomy);

}  // namespace sotevahti::digest
