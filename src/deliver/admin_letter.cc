#include "deliver/admin_letter.h"

#include "deliver/payload.h"
#include "digest/mail.h"
#include "text/types.h"

namespace sotevahti::deliver {

AdminAddress AdminAddress::of(const config::Settings& settings) {
  return {settings.mail.from, settings.mail.from_name, settings.mail.admin};
}

base::Result<archive::OutboxRow> letter_to_admin(const AdminAddress& address, const AdminNote& note, base::Time now) {
  if (address.to.empty()) return base::fail("no admin is named ([mail] admin)");
  digest::MailDraft draft;
  draft.from = address.from;
  draft.from_name = address.from_name;
  draft.to = address.to;
  draft.subject = "sotevahti: " + note.subject;
  draft.language = "en";
  draft.date = now;
  draft.message_id = digest::message_id(note.kind, note.key, address.from);
  draft.text = note.text;
  draft.html = "<pre>" + text::escape_html(note.text) + "</pre>";
  auto built = digest::build_mail(draft);
  if (!built) return tl::unexpected(built.error());
  archive::OutboxRow row;
  row.recipient = address.to;
  row.message_id = draft.message_id;
  row.payload = pack_mail({}, *built);
  row.created = row.next_attempt = now;
  return row;
}

}  // namespace sotevahti::deliver
