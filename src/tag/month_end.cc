#include "tag/month_end.h"

#include "tag/date_words.h"
#include "tag/written_day.h"

namespace sotevahti::tag {
namespace {

// A month whose end is told.
struct EndingMonth {
  int month = 0;
  int year = 0;  // 0: not told
  bool until = true;
};

constexpr int december = 12;

int own_month(std::chrono::year_month_day published) {
  return static_cast<int>(static_cast<unsigned>(published.month()));
}

// 0 where none stands here.
int read_bare_year(PieceCursor& cursor) {
  if (!is_year(cursor.here())) return 0;
  const int year = cursor.here().value;
  cursor.step();
  return year;
}

// "Lokakuun loppuun", "vuoden 2026 lopussa", "kuun viimeiseen päivään".
std::optional<EndingMonth> read_finnish(PieceCursor& cursor, std::chrono::year_month_day published) {
  const std::string_view span = cursor.here().word;
  EndingMonth end;
  if (span == "vuoden") end.month = december;
  else if (span == "kuun") end.month = own_month(published);
  else if (span.ends_with("kuun")) end.month = month_of(span);
  if (end.month == 0) return std::nullopt;
  const bool names_month = span != "vuoden" && span != "kuun";
  cursor.step();
  end.year = read_bare_year(cursor);

  const Piece& word = cursor.here();
  const Piece& next = cursor.here(1);
  const bool by_last_day = word.is("viimeiseen") && next.is("päivään");
  const bool on_last_day = (word.is("viimeisenä") && next.is("päivänä")) || (word.is("viimeinen") && next.is("päivä"));
  if (by_last_day || on_last_day) {
    end.until = by_last_day;
    cursor.step(2);
    return end;
  }
  const bool is_end = word.is("loppuun") || word.is("lopussa") || word.is("loppu") || word.is("loppua");
  const bool throughout = names_month && (word.is("aikana") || word.is("ajan"));
  if (!is_end && !throughout) return std::nullopt;
  cursor.step();
  return end;
}

// "Den sista oktober", "årets slut", "januari månads utgång", "oktober ut", "slutet av oktober", "end of the year".
std::optional<EndingMonth> read_swedish_or_english(PieceCursor& cursor, std::chrono::year_month_day published) {
  EndingMonth end;
  const Piece& word = cursor.here();
  const Piece& next = cursor.here(1);
  if ((word.is("årets") || word.is("månadens")) && next.is("slut")) {
    end.month = word.is("årets") ? december : own_month(published);
    cursor.step(2);
    return end;
  }
  if (next.is("månads") && (cursor.here(2).is("utgång") || cursor.here(2).is("slut")) && month_of(word.word) != 0) {
    end.month = month_of(word.word);
    cursor.step(3);
    end.year = read_bare_year(cursor);
    return end;
  }
  if (next.is("ut") && month_of(word.word) != 0) {
    end.month = month_of(word.word);
    cursor.step(2);
    end.year = read_bare_year(cursor);
    return end;
  }
  if (cursor.skip("sista")) {
    end.until = false;
    cursor.skip("i");
    end.month = month_of(cursor.here().word);
  } else if (cursor.skip("slutet") || cursor.skip("utgången") || cursor.skip("end")) {
    cursor.skip_each({"av", "of", "the"});
    const Piece& span = cursor.here();
    if (span.is("året") || span.is("year")) end.month = december;
    else if (span.is("månaden") || span.is("month")) end.month = own_month(published);
    else end.month = month_of(span.word);
  }
  if (end.month == 0) return std::nullopt;
  cursor.step();
  end.year = read_bare_year(cursor);
  return end;
}

}  // namespace

std::optional<MonthEnd> read_month_end(PieceCursor& cursor, std::chrono::year_month_day published) {
  for (const auto& read : {read_finnish, read_swedish_or_english}) {
    PieceCursor ahead = cursor;
    const auto end = read(ahead, published);
    if (!end) continue;
    cursor = ahead;
    const int next = static_cast<int>(published.year()) + (end->month < own_month(published) ? 1 : 0);
    return MonthEnd{last_day_of(end->year != 0 ? end->year : next, end->month), end->until};
  }
  return std::nullopt;
}

}  // namespace sotevahti::tag
