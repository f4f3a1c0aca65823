#include "feed/adapter.h"

#include <array>

namespace sotevahti::feed {

const Adapter* adapter_for(const AdapterInput& input, const Item& item, std::string_view hint) {
  static constexpr std::array all = {&dynasty, &stt_info, &lausuntopalvelu, &yle, &wordpress, &liferay, &sharepoint};
  for (const Adapter* adapter : all) {
    if (adapter->fits(input, item)) return adapter;
  }
  for (const Adapter* adapter : all) {
    if (adapter->name == hint) return adapter;
  }
  return nullptr;
}

}  // namespace sotevahti::feed
