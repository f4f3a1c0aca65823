#include "archive/body.h"

#include <algorithm>
#include <cmath>

#include "archive/bytes.h"

namespace sotevahti::archive {
namespace {

// The text that a piece of evidence points into, where it stands beside it.
std::string_view field_text(tag::Field field, std::string_view title, std::string_view text) {
  if (field == tag::Field::title) return title;
  if (field == tag::Field::text) return text;
  return {};
}

// Words that stand in the text are not written twice.
void write(ByteWriter& out, const tag::Evidence& evidence, std::string_view title, std::string_view text) {
  const std::string_view within = field_text(evidence.field, title, text);
  const bool stands_there = evidence.begin <= evidence.end && evidence.end <= within.size() &&
                            within.substr(evidence.begin, evidence.end - evidence.begin) == evidence.words;
  out.number(static_cast<std::uint64_t>(evidence.field) * 2 + (stands_there ? 1 : 0));
  out.number(evidence.begin);
  out.number(evidence.end);
  if (!stands_there) out.text(evidence.words);
  out.text(evidence.rule);
}

tag::Evidence read_evidence(ByteReader& in, std::string_view title, std::string_view text) {
  tag::Evidence evidence;
  const std::uint64_t head = in.number();
  evidence.field = static_cast<tag::Field>(head / 2);
  evidence.begin = static_cast<std::uint32_t>(in.number());
  evidence.end = static_cast<std::uint32_t>(in.number());
  if (head % 2 == 0) {
    evidence.words = in.text();
  } else {
    const std::string_view within = field_text(evidence.field, title, text);
    if (evidence.end <= within.size() && evidence.begin <= evidence.end) {
      evidence.words = within.substr(evidence.begin, evidence.end - evidence.begin);
    }
  }
  evidence.rule = in.text();
  return evidence;
}

constexpr double score_steps = 1000;

void write(ByteWriter& out, const std::vector<tag::Evidence>& all, std::string_view title, std::string_view text) {
  out.number(all.size());
  for (const tag::Evidence& evidence : all) write(out, evidence, title, text);
}

void read(ByteReader& in, std::vector<tag::Evidence>& all, std::string_view title, std::string_view text) {
  const std::size_t count = in.count();
  all.reserve(count);
  for (std::size_t i = 0; i < count; ++i) all.push_back(read_evidence(in, title, text));
}

void write(ByteWriter& out, const std::vector<tag::Tag>& tags, std::string_view title, std::string_view text) {
  out.number(tags.size());
  for (const tag::Tag& tag : tags) {
    out.text(tag.id);
    out.number(static_cast<std::uint64_t>(std::llround(std::max(0.0, tag.score) * score_steps)));
    write(out, tag.evidence, title, text);
  }
}

void read(ByteReader& in, std::vector<tag::Tag>& tags, std::string_view title, std::string_view text) {
  tags.resize(in.count());
  for (tag::Tag& tag : tags) {
    tag.id = in.text();
    tag.score = static_cast<double>(in.number()) / score_steps;
    read(in, tag.evidence, title, text);
  }
}

}  // namespace

std::string pack(const Body& body, std::string_view title) {
  const std::string_view text = body.text.view();
  ByteWriter out;
  out.text(text);
  out.text(body.html.view());
  out.text(body.guid);
  out.text(body.canonical_url);
  out.text(body.author);
  out.texts(body.categories);
  out.number(body.enclosures.size());
  for (const feed::Enclosure& enclosure : body.enclosures) {
    out.text(enclosure.url);
    out.text(enclosure.type);
    out.number(enclosure.length);
  }
  out.texts(body.facts);
  out.text(body.tags.language);
  out.number(body.tags.relevant ? 1 : 0);
  write(out, body.tags.relevance, title, text);
  write(out, body.tags.areas, title, text);
  write(out, body.tags.topics, title, text);
  return compress(out.bytes());
}

Body unpack_body(std::string_view packed, std::string_view title) {
  const std::string bytes = decompress(packed);
  ByteReader in(bytes);
  Body body;
  body.text = text::PlainText::from(in.text());
  body.html = text::SafeHtml::trusted(std::string(in.text()));
  body.guid = in.text();
  body.canonical_url = in.text();
  body.author = in.text();
  body.categories = in.texts();
  body.enclosures.resize(in.count());
  for (feed::Enclosure& enclosure : body.enclosures) {
    enclosure.url = in.text();
    enclosure.type = in.text();
    enclosure.length = in.number();
  }
  body.facts = in.texts();
  body.tags.language = in.text();
  body.tags.relevant = in.number() != 0;
  const std::string_view text = body.text.view();
  read(in, body.tags.relevance, title, text);
  read(in, body.tags.areas, title, text);
  read(in, body.tags.topics, title, text);
  return body;
}

std::string unpack_text(std::string_view packed) {
  const std::string bytes = decompress(packed);
  return std::string(ByteReader(bytes).text());
}

std::string pack(const OldText& old) {
  ByteWriter out;
  out.text(old.title.view());
  out.text(old.text.view());
  out.texts(old.facts);
  return compress(out.bytes());
}

OldText unpack_old(std::string_view packed) {
  const std::string bytes = decompress(packed);
  ByteReader in(bytes);
  OldText old;
  old.title = text::PlainText::from(in.text());
  old.text = text::PlainText::from(in.text());
  old.facts = in.texts();
  return old;
}

std::string pack_texts(const std::vector<std::string_view>& texts) {
  ByteWriter out;
  out.number(texts.size());
  for (const std::string_view text : texts) out.text(text);
  return compress(out.bytes());
}

std::vector<std::string> unpack_texts(std::string_view packed) {
  const std::string bytes = decompress(packed);
  return ByteReader(bytes).texts();
}

}  // namespace sotevahti::archive
