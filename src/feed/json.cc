#include "feed/json.h"

#include <nlohmann/json.hpp>

#include "base/zone.h"

namespace sotevahti::feed {
namespace {

using Json = nlohmann::ordered_json;

void put(Json& to, const char* name, const std::string& value) {
  if (!value.empty()) to[name] = value;
}

template <class Value>
void put(Json& to, const char* name, const std::optional<Value>& value) {
  if (value) to[name] = *value;
}

void put(Json& to, const char* name, const Boxed<std::string>& value) {
  if (value) to[name] = *value;
}

void put(Json& to, const char* name, const Boxed<Date>& date) {
  if (date) to[name] = base::to_rfc3339(date->time);
}

// An empty list is left out.
template <class Value>
void put(Json& to, const char* name, const std::vector<Value>& values, Json (*made)(const Value&)) {
  if (values.empty()) return;
  Json list = Json::array();
  for (const Value& value : values) list.push_back(made(value));
  to[name] = std::move(list);
}

Json detail_of(const Text& text) {
  Json json;
  json["type"] = text.type;
  json["language"] = text.language ? Json(*text.language) : Json(nullptr);
  json["base"] = text.base;
  put(json, "src", text.src);
  return json;
}

Json content_of(const Text& text) {
  Json json;
  json["value"] = text.value;
  json.update(detail_of(text));
  return json;
}

void put(Json& to, const char* name, const Boxed<Text>& text) {
  if (!text) return;
  to[name] = text->value;
  to[std::string(name) + "_detail"] = detail_of(*text);
}

Json json_of(const Link& link) {
  Json json = Json::object();
  put(json, "href", link.href);
  put(json, "rel", link.rel);
  put(json, "type", link.type);
  put(json, "title", link.title);
  put(json, "hreflang", link.hreflang);
  put(json, "length", link.length);
  return json;
}

Json enclosure_of(const Link& link) {
  Json json = Json::object();
  put(json, "href", link.href);
  put(json, "type", link.type);
  put(json, "length", link.length);
  return json;
}

Json json_of(const Person& person) {
  Json json = Json::object();
  put(json, "name", person.name);
  put(json, "email", person.email);
  put(json, "url", person.url);
  return json;
}

Json json_of(const Category& category) {
  Json json = Json::object();
  json["term"] = category.term;
  put(json, "scheme", category.scheme);
  put(json, "label", category.label);
  return json;
}

Json json_of(const Image& image) {
  Json json = Json::object();
  put(json, "url", image.url);
  put(json, "title", image.title);
  put(json, "link", image.link);
  put(json, "description", image.description);
  put(json, "width", image.width);
  put(json, "height", image.height);
  return json;
}

Json json_of(const Generator& generator) {
  Json json = Json::object();
  json["name"] = generator.name;
  put(json, "url", generator.url);
  put(json, "version", generator.version);
  return json;
}

void put_texts(Json& to, const Part& part) {
  put(to, "title", part.title);
  put(to, "subtitle", part.subtitle);
  put(to, "summary", part.summary);
  put(to, "content", part.content, content_of);
  put(to, "rights", part.rights);
  put(to, "info", part.info);
}

void put_addresses(Json& to, const Part& part) {
  put(to, "link", part.link);
  put(to, "links", part.links, json_of);
  put(to, "enclosures", part.enclosures, enclosure_of);
  put(to, "icon", part.icon);
  put(to, "logo", part.logo);
  put(to, "docs", part.docs);
  put(to, "comments", part.comments);
  put(to, "license", part.license);
  put(to, "comments_feed", part.comments_feed);
  if (part.image) to["image"] = json_of(*part.image);
  if (!part.thumbnails.empty()) to["thumbnails"] = part.thumbnails;
}

void put_people(Json& to, const Part& part) {
  put(to, "authors", part.authors, json_of);
  put(to, "contributors", part.contributors, json_of);
  if (part.publisher) to["publisher"] = json_of(*part.publisher);
}

void put_settings(Json& to, const Part& part) {
  put(to, "categories", part.categories, json_of);
  put(to, "language", part.language);
  if (part.generator) to["generator"] = json_of(*part.generator);
  put(to, "ttl", part.ttl);
  put(to, "duration", part.duration);
  if (part.explicit_content) {
    to["explicit"] = *part.explicit_content ? Json(**part.explicit_content) : Json(nullptr);
  }
  put(to, "block", part.block);
}

Json json_of(const Part& part) {
  Json json = Json::object();
  put(json, "id", part.id);
  put(json, "id_is_permalink", part.id_is_permalink);
  put_texts(json, part);
  put_addresses(json, part);
  put(json, "published", part.published);
  put(json, "updated", part.updated);
  put(json, "created", part.created);
  put(json, "expired", part.expired);
  put_people(json, part);
  put_settings(json, part);
  return json;
}

Json json_of(const Entry& entry) {
  Json json = json_of(static_cast<const Part&>(entry));
  if (entry.source) {
    Json source = json_of(static_cast<const Part&>(*entry.source));
    put(source, "href", entry.source->href);
    json["source"] = std::move(source);
  }
  return json;
}

}  // namespace

std::string to_json(const Document& document) {
  Json json;
  json["format"] = to_string(document.format);
  json["encoding"] = document.encoding;
  json["recovered"] = document.recovered;
  put(json, "error", document.error);
  json["feed"] = json_of(document.feed);
  json["entries"] = Json::array();
  for (const Entry& entry : document.entries) json["entries"].push_back(json_of(entry));
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace sotevahti::feed
