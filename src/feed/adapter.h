// Adapters: what a publishing platform means by its items, beyond what the format
// says. Each is a small file of its own, chosen by what the item is, not by who
// publishes it. Pure; any thread.
#pragma once
#include <span>
#include <string_view>

#include "base/zone.h"
#include "feed/document.h"
#include "feed/item.h"

namespace sotevahti::feed {

struct AdapterInput {
  const Document& document;
  const Entry& entry;
  const base::Zone& zone;  // of dates that name none
  std::string_view feed_url;
};

struct Adapter {
  std::string_view name;  // as feeds.d's `platform` has it
  bool (*fits)(const AdapterInput& input, const Item& item);
  // The item comes filled from the format. An identity that the platform knows goes
  // to `key`; else that is left empty.
  void (*refine)(const AdapterInput& input, Item& item);
};

// The first that fits; else the one named by the catalogue's hint; else none.
const Adapter* adapter_for(const AdapterInput& input, const Item& item, std::string_view hint);

extern const Adapter dynasty;
extern const Adapter stt_info;
extern const Adapter liferay;
extern const Adapter lausuntopalvelu;
extern const Adapter wordpress;
extern const Adapter yle;
extern const Adapter sharepoint;

}  // namespace sotevahti::feed
