// The form on which a reader chooses, as HTML: whole without script, with what is wrong
// beside its field. The same for a new subscription and for a change.
#pragma once
#include <string_view>

#include "web/choices.h"
#include "web/html.h"

namespace sotevahti::web {

// Areas, topics, kinds and words; then when, and in which language. To stand inside a form.
void put_choices(Html& html, const Visit& visit, const Choices& choices, const Faults& faults);

// The attributes that tie a field to its fault, inside its tag; and the fault, behind the field.
void put_fault_link(Html& html, std::string_view field, const Faults& faults);
void put_fault(Html& html, std::string_view field, const Faults& faults);
// How many there are, above the form; nothing where there are none.
void put_fault_count(Html& html, const Visit& visit, const Faults& faults);

// What the chosen would have brought in the last 90 days, in the place where script replaces it. Asked for too
// often or of too much it says so.
void put_preview(Html& html, const Visit& visit, const Chosen& chosen);
// The place alone, before anybody has asked.
void put_preview_place(Html& html, const Visit& visit);

}  // namespace sotevahti::web
