// Authors, contributors, publishers: as elements with name and address, or as one text
// that mixes both.
#include <algorithm>
#include <array>

#include "feed/ascii.h"
#include "feed/person.h"
#include "feed/place.h"

namespace sotevahti::feed {
namespace {

bool is_nobody(const Person& person) { return person.name.empty() && person.email.empty() && person.url.empty(); }

// Atom's and iTunes' form: name, email, and the address under its several names.
Person person_of_elements(const Element& element) {
  Person person;
  element.each_child([&](const Element& child) {
    const std::string name = lower(child.name());
    if (name == "name") {
      person.name = child.text();
    } else if (name == "email") {
      person.email = child.text();
    } else if (name == "uri" || name == "url" || name == "homepage") {
      person.url = resolved(child, child.text());
    }
  });
  return person;
}

Person read_person(const Element& element) {
  return element.has_elements() ? person_of_elements(element) : person_of_text(element.text());
}

void add(std::vector<Person>& people, Person person) {
  if (!is_nobody(person)) people.push_back(std::move(person));
}

void read_author(const Element& element, Place& place) { add(place.part.authors, read_person(element)); }

void read_contributor(const Element& element, Place& place) { add(place.part.contributors, read_person(element)); }

void read_publisher(const Element& element, Place& place) {
  Person person = read_person(element);
  if (!is_nobody(person)) place.part.publisher = std::move(person);
}

constexpr std::array rows = {
    ElementRow{Ns::rss, "author", read_author},
    ElementRow{Ns::rss, "managingeditor", read_author},
    ElementRow{Ns::dublin_core, "creator", read_author},
    ElementRow{Ns::dublin_core, "author", read_author},
    ElementRow{Ns::itunes, "author", read_author},
    ElementRow{Ns::rss, "contributor", read_contributor},
    ElementRow{Ns::dublin_core, "contributor", read_contributor},
    ElementRow{Ns::rss, "webmaster", read_publisher},
    ElementRow{Ns::rss, "publisher", read_publisher},
    ElementRow{Ns::dublin_core, "publisher", read_publisher},
    ElementRow{Ns::itunes, "owner", read_publisher},
};

}  // namespace

std::span<const ElementRow> person_elements() { return rows; }

}  // namespace sotevahti::feed
