// The text is cut into small pieces (words, numbers, signs), and a few patterns are tried at each: a deadline's lead and a period, a
// stretch ("within three years"), or a period by itself. A period is a part of another ("the end of next year") or a calendar one.
// All patterns are anchored and short, so the scan is linear.
#include "dragoman/mentions/time_grammar.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <unordered_map>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::weekday;
using std::chrono::year_month_day;
using std::chrono::years;

enum class Kind : std::uint8_t {
  other, digits, dash, comma, slash, dot, month, weekday, unit, season, day, direction, number, ordinal, part, daypart, deadline,
  within, since, link, filler, recurring
};

enum class Unit : std::uint8_t { hour, day, week, fortnight, weekend, month, quarter, year, decade, century };

struct Piece {
  Kind kind = Kind::other;
  int value = 0;
  std::string_view word;  // as in the table: lower case; "" for what isn't there
  std::string_view name;  // value as text: "end", "week"
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t width = 0;  // digits of a number
  bool joined = false;    // no blank before
  bool capital = false;
  bool ordinal = false;   // "5th"
  bool plural = false;    // "1990s"
};

const std::unordered_map<std::string_view, TimeWord>& time_words() {
  static const std::unordered_map<std::string_view, TimeWord> words = [] {
    const auto table = parse_tsv(embedded_data("times/words.tsv"), "times/words.tsv", {"word", "kind", "value"});
    if (!table) throw std::logic_error(table.error().message);
    std::unordered_map<std::string_view, TimeWord> map;
    for (const TsvRow& row : table->rows) map[row.cells[0]] = {row.cells[1], row.cells[2]};
    return map;
  }();
  return words;
}

Kind kind_of(std::string_view name) {
  static const std::unordered_map<std::string_view, Kind> kinds = {
      {"month", Kind::month},         {"weekday", Kind::weekday}, {"unit", Kind::unit},       {"season", Kind::season},
      {"day", Kind::day},             {"number", Kind::number},   {"ordinal", Kind::ordinal}, {"direction", Kind::direction},
      {"part", Kind::part},           {"daypart", Kind::daypart}, {"within", Kind::within},   {"deadline", Kind::deadline},
      {"since", Kind::since},         {"link", Kind::link},       {"filler", Kind::filler},   {"recurring", Kind::recurring}};
  const auto found = kinds.find(name);
  return found == kinds.end() ? Kind::other : found->second;
}

Unit unit_of(std::string_view name) {
  if (name == "hour") return Unit::hour;
  if (name == "day") return Unit::day;
  if (name == "week") return Unit::week;
  if (name == "fortnight") return Unit::fortnight;
  if (name == "weekend") return Unit::weekend;
  if (name == "month") return Unit::month;
  if (name == "quarter") return Unit::quarter;
  if (name == "decade") return Unit::decade;
  if (name == "century") return Unit::century;
  return Unit::year;
}

int number_of(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) >= 0x80); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Dashes and the curly apostrophe are the only signs past ASCII that matter here.
bool sign_at(std::string_view text, std::size_t at, std::string_view sign) { return text.substr(at, sign.size()) == sign; }

std::vector<Piece> pieces_of(std::string_view text, ByteSpan range) {
  std::vector<Piece> pieces;
  bool blank = true;
  std::uint32_t at = range.begin;
  char lower[16];
  while (at < range.end) {
    const char c = text[at];
    Piece piece;
    piece.begin = at;
    piece.joined = !blank;
    blank = false;
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      blank = true;
      ++at;
      continue;
    }
    if (sign_at(text, at, "\u00A0")) {
      blank = true;
      at += 2;
      continue;
    }
    if (sign_at(text, at, "–") || sign_at(text, at, "—") || sign_at(text, at, "‑") || sign_at(text, at, "‐")) {
      piece.kind = Kind::dash;
      piece.end = at += 3;
    } else if (sign_at(text, at, "’") || sign_at(text, at, "“") || sign_at(text, at, "”")) {
      piece.end = at += 3;
    } else if (is_digit(c)) {
      while (at < range.end && is_digit(text[at])) ++at;
      piece.kind = Kind::digits;
      piece.width = at - piece.begin;
      piece.value = at - piece.begin > 8 ? 0 : number_of(text.substr(piece.begin, at - piece.begin));
      const std::string_view suffix = text.substr(at, 2);
      const bool ends = at + 2 >= text.size() || !is_letter(text[at + 2]);
      if (ends && (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th")) {
        piece.ordinal = true;
        at += 2;
      } else if (suffix.starts_with('s') && (suffix.size() < 2 || !is_letter(suffix[1]))) {
        piece.plural = true;
        at += 1;
      }
    } else if (is_letter(c)) {
      std::size_t size = 0;
      while (at < range.end && is_letter(text[at]) && !sign_at(text, at, "’") && !sign_at(text, at, "–") && !sign_at(text, at, "—")) {
        if (size < sizeof lower) lower[size] = static_cast<char>(text[at] >= 'A' && text[at] <= 'Z' ? text[at] + 32 : text[at]);
        ++size;
        ++at;
      }
      piece.end = at;
      piece.capital = c >= 'A' && c <= 'Z';
      if (size <= sizeof lower) {
        const auto& words = time_words();
        const auto found = words.find(std::string_view(lower, size));
        if (found != words.end()) {
          piece.word = found->first;
          piece.kind = kind_of(found->second.kind);
          piece.name = found->second.value;
          piece.value = number_of(piece.name);
        } else if (size == 1 && lower[0] == 'q') {
          piece.word = "q";
        } else if (size == 2 && lower[0] == 'i' && lower[1] == 'n') {
          piece.word = "in";
        } else if (size == 2 && lower[0] == 't' && lower[1] == 'o') {
          piece.word = "to";
        } else if (size == 2 && lower[0] == 'o' && lower[1] == 'n') {
          piece.word = "on";
        } else if (size == 2 && lower[0] == 'n' && lower[1] == 'o') {
          piece.word = "no";
        } else if (size == 3 && std::string_view(lower, 3) == "not") {
          piece.word = "not";
        } else if (size == 3 && std::string_view(lower, 3) == "and") {
          piece.word = "and";
        } else if (size == 4 && std::string_view(lower, 4) == "than") {
          piece.word = "than";
        } else if (size == 5 && std::string_view(lower, 5) == "ahead") {
          piece.word = "ahead";
        } else if (size == 5 && std::string_view(lower, 5) == "prior") {
          piece.word = "prior";
        }
      }
      // "may", "march", "fall" in small letters are verbs
      if (piece.kind == Kind::month && !piece.capital) piece.kind = Kind::other;
    } else {
      if (c == '-') piece.kind = Kind::dash;
      if (c == ',') piece.kind = Kind::comma;
      if (c == '/') piece.kind = Kind::slash;
      if (c == '.') piece.kind = Kind::dot;
      piece.end = ++at;
    }
    if (piece.end == 0) piece.end = at;
    pieces.push_back(piece);
  }
  return pieces;
}

// ---- calendar arithmetic

year_month_day ymd(Day day) { return year_month_day(day); }
Day date(int y, unsigned m, unsigned d) {
  return Day(year_month_day(std::chrono::year(y), std::chrono::month(m), std::chrono::day(d)));
}
Day last_of_month(int y, unsigned m) {
  return Day(std::chrono::year_month_day_last(std::chrono::year(y), std::chrono::month_day_last(std::chrono::month(m))));
}
bool exists(int y, int m, int d) {
  return m >= 1 && m <= 12 && d >= 1 && d <= 31 &&
         year_month_day(std::chrono::year(y), std::chrono::month(static_cast<unsigned>(m)), std::chrono::day(static_cast<unsigned>(d))).ok();
}
int year_of(Day day) { return static_cast<int>(ymd(day).year()); }
int month_of(Day day) { return static_cast<int>(static_cast<unsigned>(ymd(day).month())); }
int weekday_of(Day day) { return static_cast<int>(weekday(day).iso_encoding()); }
Day plus_months(Day day, int count) {
  const year_month_day moved = ymd(day) + months(count);
  if (moved.ok()) return Day(moved);
  return Day(moved.year() / moved.month() / std::chrono::last);
}
Day plus(Day day, Unit unit, int count) {
  switch (unit) {
    case Unit::hour: return day + days(count / 24);
    case Unit::day: return day + days(count);
    case Unit::week: case Unit::weekend: return day + days(7 * count);
    case Unit::fortnight: return day + days(14 * count);
    case Unit::month: return plus_months(day, count);
    case Unit::quarter: return plus_months(day, 3 * count);
    case Unit::year: return plus_months(day, 12 * count);
    case Unit::decade: return plus_months(day, 120 * count);
    case Unit::century: return plus_months(day, 1200 * count);
  }
  return day;
}
TimePrecision precision_of(Unit unit) {
  switch (unit) {
    case Unit::hour: case Unit::day: return TimePrecision::day;
    case Unit::week: case Unit::fortnight: case Unit::weekend: return TimePrecision::week;
    case Unit::month: case Unit::quarter: return TimePrecision::month;
    case Unit::year: return TimePrecision::year;
    default: return TimePrecision::decade;
  }
}

struct Period {
  std::size_t next = 0;  // the piece after it
  std::optional<Day> from = {};
  std::optional<Day> to = {};
  TimePrecision precision = TimePrecision::relative;
  bool ambiguous_name = false;  // a bare month name, which may be somebody's name
};

class Scanner {
 public:
  Scanner(std::string_view text, ByteSpan range, const TimeContext& context) : context_(context), pieces_(pieces_of(text, range)) {}

  std::vector<FoundTime> scan() {
    std::vector<FoundTime> found;
    std::size_t at = 0;
    while (at < pieces_.size()) {
      const std::size_t next = scan_at(at, found);
      at = next > at ? next : at + 1;
    }
    return found;
  }

 private:
  const Piece& at(std::size_t i) const {
    static const Piece none;
    return i < pieces_.size() ? pieces_[i] : none;
  }
  bool is(std::size_t i, Kind kind) const { return i < pieces_.size() && pieces_[i].kind == kind; }
  bool word(std::size_t i, std::string_view text) const { return i < pieces_.size() && pieces_[i].word == text; }
  // Part of a longer hyphenated word: "last-minute", "ten-month".
  bool hyphenated(std::size_t i) const {
    return (is(i + 1, Kind::dash) && at(i + 1).joined && at(i + 2).joined) || (i > 0 && at(i).joined && is(i - 1, Kind::dash) && at(i - 1).joined);
  }
  ByteSpan bytes(std::size_t begin, std::size_t end) const { return {pieces_[begin].begin, pieces_[end - 1].end}; }
  TimeDirection direction(std::size_t begin, std::size_t end) const {
    if (forced_) return *forced_;
    return context_.direction ? context_.direction(bytes(begin, end)) : TimeDirection::unknown;
  }

  std::size_t scan_at(std::size_t i, std::vector<FoundTime>& found) {
    const std::size_t core = lead_end(i);
    if (core > i) {
      // "before" can stand beside a past verb, "by" and "until" hardly
      forced_ = word(i, "before") ? std::optional<TimeDirection>() : TimeDirection::forward;
      std::optional<Period> period = period_at(core);
      forced_.reset();
      if (period && usable(*period, core)) {
        FoundTime time = found_time(i, core, *period);
        time.deadline = true;
        // "by July" is by its last day; "before Friday" ends with that day
        if (time.to && at(i).word != "through" && !(is_part_range_)) time.from = time.to;
        found.push_back(time);
        return period->next;
      }
      return i;
    }
    if (is(i, Kind::within)) {
      const std::optional<Period> period = stretch_at(i);
      if (!period) return i;
      FoundTime time = found_time(i, i, *period);
      time.deadline = word(i, "within");
      found.push_back(time);
      return period->next;
    }
    if (is(i, Kind::since)) {
      forced_ = TimeDirection::back;
      const std::optional<Period> period = period_at(i + 1);
      forced_.reset();
      if (!period || !usable(*period, i + 1)) return i;
      FoundTime time = found_time(i, i + 1, *period);
      if (time.from && context_.published) time.to = context_.published;
      found.push_back(time);
      return period->next;
    }
    const std::optional<Period> period = period_at(i);
    if (!period || !usable(*period, i)) return i;
    found.push_back(found_time(i, i, *period));
    return period->next;
  }

  bool usable(const Period& period, std::size_t begin) const {
    if (!period.ambiguous_name) return true;
    return !context_.is_name || context_.is_name(bytes(begin, period.next));
  }

  FoundTime found_time(std::size_t begin, std::size_t core, const Period& period) const {
    FoundTime time;
    time.span = bytes(begin, period.next);
    time.core = bytes(core, period.next);
    time.from = period.from;
    time.to = period.to;
    time.precision = period.precision;
    return time;
  }

  // After "by", "before", "until", "no later than", "ahead of", "prior to"; `i` if none stands there.
  std::size_t lead_end(std::size_t i) const {
    if (is(i, Kind::deadline)) return i + 1;
    if ((word(i, "no") || word(i, "not")) && at(i + 1).word == "later" && word(i + 2, "than")) return i + 3;
    if ((word(i, "ahead") && is(i + 1, Kind::link)) || (word(i, "prior") && word(i + 1, "to"))) return i + 2;
    return i;
  }

  std::size_t skip_filler(std::size_t i) const {
    while (is(i, Kind::filler)) ++i;
    return i;
  }

  // A number in digits or words; sets `value`.
  std::size_t number_at(std::size_t i, int& value) const {
    if (is(i, Kind::digits) && !at(i).ordinal && !at(i).plural && at(i).value < 1000) {
      value = at(i).value;
      return i + 1;
    }
    if (is(i, Kind::number)) {
      value = at(i).value;
      ++i;
      if (is(i, Kind::dash) && is(i + 1, Kind::number) && at(i).joined) {  // "twenty-one"
        value += at(i + 1).value;
        i += 2;
      }
      if (is(i, Kind::link)) ++i;  // "a couple of weeks"
      return i;
    }
    return i;
  }

  // "within three years", "within the next 30 days", "over five years", "within weeks"
  std::optional<Period> stretch_at(std::size_t i) {
    const bool within = word(i, "within");
    std::size_t k = skip_filler(i + 1);
    bool past = false;
    if (is(k, Kind::direction)) {
      past = at(k).value < 0;
      ++k;
    }
    int count = 0;
    const std::size_t after = number_at(k, count);
    const bool counted = after > k;
    k = after;
    if (!is(k, Kind::unit)) return std::nullopt;
    const Unit unit = unit_of(at(k).name);
    const bool plural = at(k).word.ends_with('s');
    if (!counted && (k > i + 1 || plural)) count = plural ? guess(unit) : 1;
    if (count == 0) return std::nullopt;
    Period period{.next = k + 1, .precision = precision_of(unit)};
    if (!within && !past && direction(i, k + 1) == TimeDirection::back) past = true;
    if (context_.published) {
      period.from = past ? plus(*context_.published, unit, -count) : *context_.published;
      period.to = past ? *context_.published : plus(*context_.published, unit, count);
    }
    if (!counted && plural) period.precision = TimePrecision::relative;
    return period;
  }

  // How long "the coming days" may be.
  static int guess(Unit unit) {
    switch (unit) {
      case Unit::hour: return 24;
      case Unit::day: return 7;
      case Unit::week: return 4;
      case Unit::month: case Unit::year: return 3;
      default: return 2;
    }
  }

  std::optional<Period> period_at(std::size_t i) {
    is_part_range_ = false;
    std::size_t k = skip_filler(i);
    if (std::optional<Period> part = part_at(k)) return part;
    if (std::optional<Period> quarter = ordinal_part_at(k)) return quarter;
    if (std::optional<Period> ago = ago_at(i)) return ago;
    if (is(k, Kind::daypart)) {  // "midnight on Thursday", "the night of 3 May"
      std::size_t after = k + 1;
      if (word(after, "on") || is(after, Kind::link)) ++after;
      if (after > k + 1)
        if (std::optional<Period> day = calendar_at(skip_filler(after)); day && day->precision == TimePrecision::day) return day;
      return std::nullopt;
    }
    return calendar_at(k);
  }

  // The period that a part is of: "of next year", "of the month", "2026", "this month".
  std::optional<Period> whole_at(std::size_t k, bool must_link) {
    const bool linked = is(k, Kind::link) || word(k, "in");
    if (linked) ++k;
    if (must_link && !linked) return std::nullopt;
    const bool the = word(k, "the");
    if (the) ++k;
    if (the && is(k, Kind::unit) && !hyphenated(k)) {
      const Unit unit = unit_of(at(k).name);
      if (at(k).word.ends_with('s') || unit == Unit::day || unit == Unit::hour) return std::nullopt;
      return unit_period(k + 1, unit, 0);
    }
    std::optional<Period> whole = calendar_at(k);
    if (whole) whole->ambiguous_name = false;
    return whole;
  }

  // "the end of 2026", "late September", "mid-2026", "later this year", "year-end", "the year's end"
  std::optional<Period> part_at(std::size_t k) {
    if (is(k, Kind::unit) && at(k).word == "year") {
      std::size_t e = k + 1;
      if (is(e, Kind::dash)) ++e;
      else if (e < pieces_.size() && at(e).kind == Kind::other && at(e).joined) {
        ++e;
        if (at(e).joined) ++e;  // the s of 's
      } else return std::nullopt;
      if (!word(e, "end")) return std::nullopt;
      std::optional<Period> year = unit_period(e + 1, Unit::year, 0);
      if (year && year->to) year->from = year->to;
      return year;
    }
    if (!is(k, Kind::part)) return std::nullopt;
    const std::string_view part = at(k).name;
    std::size_t after = k + 1;
    if (is(after, Kind::dash) && at(after).joined) ++after;  // mid-December
    if (part == "half") return std::nullopt;
    if (part == "end" && word(k, "close") && !is(after, Kind::link)) return std::nullopt;
    const bool must_link = (part == "start" || part == "rest" || (part == "middle" && !word(k, "mid")));
    std::optional<Period> whole = whole_at(after, must_link);
    if (!whole || whole->next == after) return std::nullopt;
    if (!whole->from || !whole->to) return whole;
    const Day from = *whole->from, to = *whole->to;
    const auto third = (to - from) / 3;
    const TimePrecision finer = whole->precision == TimePrecision::decade ? TimePrecision::year
                                : whole->precision == TimePrecision::year ? TimePrecision::month
                                : whole->precision == TimePrecision::month ? TimePrecision::week
                                                                           : TimePrecision::day;
    if (part == "end") whole->from = to;
    if (part == "start") whole->to = from;
    if (part == "early") { whole->to = from + third; whole->precision = finer; }
    if (part == "middle") { whole->from = from + third; whole->to = to - third; whole->precision = finer; }
    if (part == "late") { whole->from = to - third; whole->precision = finer; }
    if ((part == "after" || part == "rest") && context_.published && *context_.published > from && *context_.published < to)
      whole->from = *context_.published;
    if (part == "before" && context_.published && *context_.published > from && *context_.published < to) whole->to = *context_.published;
    return whole;
  }

  // "the second half of 2026", "the first quarter", "Q1 2026"
  std::optional<Period> ordinal_part_at(std::size_t k) {
    int number = 0;
    std::size_t after = 0;
    bool half = false;
    if (word(k, "q") && is(k + 1, Kind::digits) && at(k + 1).joined) {
      number = at(k + 1).value;
      after = k + 2;
    } else if ((is(k, Kind::ordinal) || (is(k, Kind::digits) && at(k).ordinal)) &&
               (word(k + 1, "half") || word(k + 1, "quarter"))) {
      number = at(k).value;
      half = word(k + 1, "half");
      after = k + 2;
    } else {
      return std::nullopt;
    }
    if (number < 1 || number > (half ? 2 : 4)) return std::nullopt;
    std::optional<Period> whole = whole_at(after, false);
    if (!whole || whole->precision != TimePrecision::year) {
      if (half && !whole) return std::nullopt;  // "the second half" of a match
      whole = unit_period(after, Unit::year, 0);
    }
    if (!whole) return std::nullopt;
    if (whole->from) {
      const int length = half ? 6 : 3;
      const int first = (number - 1) * length;
      const int y = year_of(*whole->from);
      whole->from = date(y, static_cast<unsigned>(first + 1), 1);
      whole->to = last_of_month(y, static_cast<unsigned>(first + length));
      is_part_range_ = true;
    }
    whole->precision = TimePrecision::month;
    return whole;
  }

  // "two weeks ago", "in ten days"
  std::optional<Period> ago_at(std::size_t i) {
    const bool in = word(i, "in");
    std::size_t k = skip_filler(in ? i + 1 : i);
    int count = 0;
    std::size_t after = number_at(k, count);
    if (after == k) {
      if (k == i || in || !(word(i, "a") || word(i, "an"))) return std::nullopt;
      count = 1;  // "a week ago"
    }
    if (!is(after, Kind::unit)) return std::nullopt;
    const Unit unit = unit_of(at(after).name);
    Period period{.next = after + 1, .precision = precision_of(unit)};
    if (in) {
      if (count == 0 || direction(i, after + 1) != TimeDirection::forward) return std::nullopt;
      if (context_.published) period.from = period.to = plus(*context_.published, unit, count);
      return period;
    }
    if (at(after + 1).word != "ago") return std::nullopt;
    period.next = after + 2;
    if (!context_.published) {
      period.precision = TimePrecision::relative;
      return period;
    }
    const Day day = plus(*context_.published, unit, -count);
    period.from = period.to = day;
    if (unit == Unit::month) {
      period.from = date(year_of(day), static_cast<unsigned>(month_of(day)), 1);
      period.to = last_of_month(year_of(day), static_cast<unsigned>(month_of(day)));
    }
    if (unit == Unit::year) {
      period.from = date(year_of(day), 1, 1);
      period.to = date(year_of(day), 12, 31);
    }
    return period;
  }

  // The week, month, year `offset` away from publication.
  std::optional<Period> unit_period(std::size_t next, Unit unit, int offset) const {
    Period period{.next = next};
    if (unit == Unit::hour || unit == Unit::century || unit == Unit::fortnight) return std::nullopt;
    if (unit == Unit::day) return offset == 0 ? std::nullopt : std::optional(period);
    if (!context_.published) return period;
    const Day today = *context_.published;
    period.precision = precision_of(unit);
    const int y = year_of(today);
    switch (unit) {
      case Unit::week: {
        const Day monday = today - days(weekday_of(today) - 1) + days(7 * offset);
        period.from = monday;
        period.to = monday + days(6);
        break;
      }
      case Unit::weekend: {
        const Day saturday = today - days(weekday_of(today) - 1) + days(7 * (offset < 0 ? offset : 0) + 5) + days(offset > 0 ? 7 : 0);
        period.from = saturday;
        period.to = saturday + days(1);
        period.precision = TimePrecision::day;
        break;
      }
      case Unit::month: {
        const Day first = plus_months(date(y, static_cast<unsigned>(month_of(today)), 1), offset);
        period.from = first;
        period.to = plus_months(first, 1) - days(1);
        break;
      }
      case Unit::quarter: {
        const Day first = plus_months(date(y, static_cast<unsigned>((month_of(today) - 1) / 3 * 3 + 1), 1), 3 * offset);
        period.from = first;
        period.to = plus_months(first, 3) - days(1);
        break;
      }
      case Unit::year:
        period.from = date(y + offset, 1, 1);
        period.to = date(y + offset, 12, 31);
        break;
      default: {
        const int decade = y / 10 * 10 + 10 * offset;
        period.from = date(decade, 1, 1);
        period.to = date(decade + 9, 12, 31);
      }
    }
    return period;
  }

  std::optional<Period> calendar_at(std::size_t k) {
    if (k >= pieces_.size()) return std::nullopt;
    const Piece& piece = pieces_[k];
    switch (piece.kind) {
      case Kind::digits: return numeric_at(k);
      case Kind::month: return month_at(k);
      case Kind::weekday: return weekday_at(k);
      case Kind::day: return hyphenated(k) ? std::nullopt : day_at(k);
      case Kind::direction: return directed_at(k);
      case Kind::season: return season_at(k, std::nullopt);
      default: return std::nullopt;
    }
  }

  std::optional<Period> day_at(std::size_t k) const {
    Period period{.next = k + 1, .precision = TimePrecision::day};
    if (is(k + 1, Kind::daypart)) ++period.next;  // "tomorrow morning"
    if (k > 0 && at(k).joined && at(k - 1).joined) return std::nullopt;
    if (!context_.published) return Period{.next = period.next};
    period.from = period.to = *context_.published + days(pieces_[k].value);
    if (pieces_[k].word == "overnight") period.to = *context_.published;
    return period;
  }

  // "last week", "the next three years", "recent weeks", "next Monday", "last April", "this autumn", "this morning"
  std::optional<Period> directed_at(std::size_t k) {
    if (hyphenated(k)) return std::nullopt;
    const int offset = at(k).value;
    std::size_t next = k + 1;
    if (is(next, Kind::direction)) ++next;  // "this coming week", "this past year"
    if (next > k + 1 && at(k + 1).value != 0) return directed_at(k + 1);
    int count = 0;
    const std::size_t after = number_at(next, count);
    if (after > next && is(after, Kind::unit)) {
      if (offset == 0) return std::nullopt;
      return stretch_from_now(after + 1, unit_of(at(after).name), count, offset, precision_of(unit_of(at(after).name)));
    }
    if (is(next, Kind::unit) && !hyphenated(next)) {
      const Unit unit = unit_of(at(next).name);
      if (at(next).word.ends_with('s')) {  // "recent weeks", "the coming days"
        if (offset == 0) return std::nullopt;
        return stretch_from_now(next + 1, unit, guess(unit), offset, TimePrecision::relative);
      }
      if (at(k).word == "recent" || at(k).word == "following") return std::nullopt;
      return unit_period(next + 1, unit, offset);
    }
    if (is(next, Kind::weekday)) return weekday_at(next, offset);
    if (is(next, Kind::month)) return month_at(next, offset);
    if (is(next, Kind::season)) return season_at(next, offset);
    if (is(next, Kind::daypart) && (offset == 0 || word(next, "night")) && offset <= 0 && word(next, "night") + (offset == 0) > 0) {
      Period period{.next = next + 1, .precision = TimePrecision::day};
      if (!context_.published) return Period{.next = next + 1};
      period.from = period.to = *context_.published + days(offset);
      return period;
    }
    return std::nullopt;
  }

  std::optional<Period> stretch_from_now(std::size_t next, Unit unit, int count, int offset, TimePrecision precision) const {
    Period period{.next = next, .precision = precision};
    if (!context_.published) return Period{.next = next};
    const Day there = plus(*context_.published, unit, offset < 0 ? -count : count);
    period.from = offset < 0 ? there : *context_.published;
    period.to = offset < 0 ? *context_.published : there;
    return period;
  }

  std::optional<Period> weekday_at(std::size_t k, std::optional<int> offset = std::nullopt) {
    std::size_t next = k + 1;
    std::size_t date_at = next;
    if (is(date_at, Kind::comma)) ++date_at;
    else if (at(date_at).begin > 0 && date_at < pieces_.size() && pieces_[date_at].end - pieces_[date_at].begin == 1 &&
             pieces_[date_at].kind == Kind::other && !pieces_[date_at].capital && pieces_[date_at].word.empty())
      ++date_at;  // "Monday (March 3)"
    if (word(date_at, "the")) ++date_at;
    if (is(date_at, Kind::month) || (is(date_at, Kind::digits) && (is(date_at + 1, Kind::month) || is(date_at + 2, Kind::month)))) {
      std::optional<Period> day = calendar_at(date_at);
      if (day && day->precision == TimePrecision::day) return day;
    }
    if (is(next, Kind::daypart)) ++next;
    Period period{.next = next, .precision = TimePrecision::day};
    std::optional<int> weeks = offset;
    std::size_t week = next;
    if (is(week, Kind::link)) ++week;
    if (!offset && is(week, Kind::direction) && is(week + 1, Kind::unit) && at(week + 1).word == "week") {  // "Monday last week"
      if (!context_.published) return Period{.next = week + 2};
      std::optional<Period> whole = unit_period(week + 2, Unit::week, at(week).value);
      period.from = period.to = *whole->from + days(at(k).value - 1);
      period.next = week + 2;
      return period;
    }
    if (!context_.published) return Period{.next = next};
    const Day today = *context_.published;
    const int behind = (weekday_of(today) - at(k).value + 7) % 7;  // days since that weekday
    const TimeDirection way = weeks ? (*weeks < 0 ? TimeDirection::back : TimeDirection::forward) : direction(k, next);
    if (way == TimeDirection::forward) {
      const int ahead = (7 - behind) % 7;
      period.from = today + days(weeks && *weeks > 0 && ahead == 0 ? 7 : ahead);
    } else {
      period.from = today - days(weeks && *weeks < 0 && behind == 0 ? 7 : behind);
    }
    period.to = period.from;
    return period;
  }

  // A year after a month or season: "2026", "of 2026", ", 2026", "last year", "of next year".
  std::size_t year_after(std::size_t k, int& y) const {
    std::size_t i = k;
    if (is(i, Kind::comma) || is(i, Kind::link)) ++i;
    if (is(i, Kind::digits) && !at(i).plural && at(i).width == 4 && at(i).value >= 1800 && at(i).value <= 2200) {
      y = at(i).value;
      return i + 1;
    }
    i = is(k, Kind::link) ? k + 1 : k;
    if (is(i, Kind::direction) && is(i + 1, Kind::unit) && at(i + 1).word == "year" && context_.published) {
      y = year_of(*context_.published) + at(i).value;
      return i + 2;
    }
    return k;
  }

  Period whole_month(std::size_t next, int y, int m) const {
    return {.next = next,
            .from = date(y, static_cast<unsigned>(m), 1),
            .to = last_of_month(y, static_cast<unsigned>(m)),
            .precision = TimePrecision::month};
  }

  int year_for_month(int m, TimeDirection way) const {
    const int y = year_of(*context_.published), now = month_of(*context_.published);
    if (way == TimeDirection::back) return m <= now ? y : y - 1;
    if (way == TimeDirection::forward) return m >= now ? y : y + 1;
    if (m - now > 6) return y - 1;
    return now - m > 6 ? y + 1 : y;
  }

  // The year of "October 2": by the direction, but for a far day the nearer one (a misread tense shifts by a year).
  int year_for_day(int m, int d, TimeDirection way) const {
    const Day today = *context_.published;
    const int y = year_of(today);
    int best = y;
    long best_distance = 100000;
    for (int candidate = y - 1; candidate <= y + 1; ++candidate) {
      if (!exists(candidate, m, d)) continue;
      const long away = (date(candidate, static_cast<unsigned>(m), static_cast<unsigned>(d)) - today).count();
      long distance = std::labs(away);
      if ((way == TimeDirection::back && away > 0) || (way == TimeDirection::forward && away < 0)) distance += 210;
      if (distance < best_distance) {
        best_distance = distance;
        best = candidate;
      }
    }
    return best;
  }

  // "May 12, 2025", "May 3-5", "May 2026", "May", "May last year"
  std::optional<Period> month_at(std::size_t k, std::optional<int> offset = std::nullopt) {
    const int m = at(k).value;
    std::size_t next = k + 1;
    if (is(next, Kind::dot) && at(next).joined && at(k).word.size() <= 4) ++next;  // "Nov."
    if (!offset && is(next, Kind::digits) && at(next).value >= 1 && at(next).value <= 31 && at(next).width <= 2 &&
        !(is(next + 1, Kind::comma) && at(next + 1).joined && is(next + 2, Kind::digits) && at(next + 2).joined)) {
      const int d = at(next).value;
      return dated(k, next + 1, m, d);
    }
    int y = 0;
    if (const std::size_t after = offset ? next : year_after(next, y); after > next) return whole_month(after, y, m);
    if (hyphenated(k)) return std::nullopt;
    Period period{.next = next, .ambiguous_name = !offset};
    if (!context_.published) return period;
    if (offset) {
      TimeDirection way = *offset < 0 ? TimeDirection::back : TimeDirection::forward;
      y = year_for_month(m, way);
      if (*offset != 0 && m == month_of(*context_.published)) y += *offset;  // "last June", said in June
    } else {
      y = year_for_month(m, direction(k, next));
    }
    period = whole_month(next, y, m);
    period.ambiguous_name = !offset;
    return period;
  }

  // A day of a month, `d m` read already; `next` is the piece after both. Takes ranges ("May 3-5", "May 30-June 2") and years.
  std::optional<Period> dated(std::size_t begin, std::size_t next, int m, int d) {
    int m2 = m, d2 = d;
    if ((is(next, Kind::dash) || word(next, "to") || word(next, "and"))) {
      if (is(next + 1, Kind::digits) && at(next + 1).value <= 31 && at(next + 1).value > d && !is(next + 2, Kind::month)) {
        d2 = at(next + 1).value;
        next += 2;
      } else if (is(next + 1, Kind::month) && is(next + 2, Kind::digits) && at(next + 2).value <= 31 && at(next + 2).value > 0) {
        m2 = at(next + 1).value;
        d2 = at(next + 2).value;
        next += 3;
      }
    }
    return finished_date(begin, next, m, d, m2, d2);
  }

  std::optional<Period> finished_date(std::size_t begin, std::size_t next, int m, int d, int m2, int d2) {
    int y = 0;
    if (const std::size_t after = year_after(next, y); after > next) next = after;
    else if (!context_.published) return Period{.next = next};
    else y = year_for_day(m, d, direction(begin, next));
    if (!exists(y, m, d) || !exists(y, m2, d2)) return std::nullopt;
    Period period{.next = next, .precision = TimePrecision::day};
    period.from = date(y, static_cast<unsigned>(m), static_cast<unsigned>(d));
    period.to = date(y + (m2 < m), static_cast<unsigned>(m2), static_cast<unsigned>(d2));
    return period;
  }

  // "2025-11-30", "12 May 2025", "14–15 May", "30.11.2025", "2026", "2026-2027", "1990s", "30 days ago" is elsewhere
  std::optional<Period> numeric_at(std::size_t k) {
    const Piece& first = at(k);
    const std::uint32_t width = first.width;
    if (width == 4 && is(k + 1, Kind::dash) && is(k + 2, Kind::digits) && is(k + 3, Kind::dash) && is(k + 4, Kind::digits) &&
        at(k + 4).joined && exists(first.value, at(k + 2).value, at(k + 4).value)) {
      const Day day = date(first.value, static_cast<unsigned>(at(k + 2).value), static_cast<unsigned>(at(k + 4).value));
      return Period{.next = k + 5, .from = day, .to = day, .precision = TimePrecision::day};
    }
    if (is(k + 1, Kind::dot) && is(k + 3, Kind::dot) && is(k + 2, Kind::digits) && is(k + 4, Kind::digits) && at(k + 1).joined &&
        at(k + 2).joined && at(k + 4).joined && at(k + 4).width == 4 && exists(at(k + 4).value, at(k + 2).value, first.value)) {
      const Day day = date(at(k + 4).value, static_cast<unsigned>(at(k + 2).value), static_cast<unsigned>(first.value));
      return Period{.next = k + 5, .from = day, .to = day, .precision = TimePrecision::day};
    }
    if (first.value >= 1 && first.value <= 31 && width <= 2) {
      std::size_t next = k + 1;
      int d2 = first.value;
      if ((is(next, Kind::dash) || word(next, "to") || word(next, "and")) && is(next + 1, Kind::digits) && at(next + 1).value > first.value &&
          at(next + 1).value <= 31) {
        d2 = at(next + 1).value;
        next += 2;
      }
      if (is(next, Kind::link)) ++next;
      if (is(next, Kind::month)) {
        const int m = at(next).value;
        std::size_t after = next + 1;
        if (is(after, Kind::dot) && at(after).joined && at(next).word.size() <= 4) ++after;
        if (d2 == first.value && (is(after, Kind::dash) || word(after, "to")) && is(after + 1, Kind::digits) && is(after + 2, Kind::month))
          return finished_date(k, after + 3, m, first.value, at(after + 2).value, at(after + 1).value);  // "30 May–2 June"
        return finished_date(k, after, m, first.value, m, d2);
      }
    }
    if (width != 4 || first.value < 1800 || first.value > 2150) return std::nullopt;
    if (first.plural) {
      return Period{.next = k + 1, .from = date(first.value, 1, 1), .to = date(first.value + 9, 12, 31), .precision = TimePrecision::decade};
    }
    Period period{.next = k + 1, .from = date(first.value, 1, 1), .to = date(first.value, 12, 31), .precision = TimePrecision::year};
    if ((is(k + 1, Kind::dash) || is(k + 1, Kind::slash) || word(k + 1, "to") || word(k + 1, "and")) && is(k + 2, Kind::digits)) {
      int last = at(k + 2).value;
      if (at(k + 2).width == 2 && at(k + 1).kind != Kind::other) last += first.value / 100 * 100;
      if (last > first.value && last <= first.value + 60) {
        period.to = date(last, 12, 31);
        period.next = k + 3;
        return period;
      }
    }
    if (context_.is_year && !context_.is_year({first.begin, first.end})) return std::nullopt;
    return period;
  }

  // "spring 2026", "next summer", "the autumn"
  std::optional<Period> season_at(std::size_t k, std::optional<int> offset) {
    int y = 0;
    std::size_t next = k + 1;
    const std::size_t after = year_after(next, y);
    const bool dated_season = after > next;
    const bool led = k > 0 && (word(k - 1, "the") || word(k - 1, "by") || word(k - 1, "in"));
    if (!dated_season && !offset && !led) return std::nullopt;
    if (!dated_season && !offset && word(k, "fall") ) return std::nullopt;  // "the fall of the government"
    if (!dated_season && !offset && (is(k + 1, Kind::link) || hyphenated(k))) return std::nullopt;
    if (dated_season) next = after;
    Period period{.next = next, .precision = TimePrecision::month};
    if (!dated_season) {
      if (!context_.published) return Period{.next = next};
      const Day today = *context_.published;
      TimeDirection way = offset ? (*offset < 0 ? TimeDirection::back : TimeDirection::forward) : direction(k, next);
      y = year_of(today);
      const Day from = date(y, static_cast<unsigned>(at(k).value), 1);
      const Day to = plus_months(from, 3) - days(1);
      if (way == TimeDirection::forward && (to < today || (offset.value_or(0) > 0 && from <= today))) ++y;
      if (way != TimeDirection::forward && (from > today || (offset.value_or(0) < 0 && to >= today))) --y;
    }
    period.from = date(y, static_cast<unsigned>(at(k).value), 1);
    period.to = plus_months(*period.from, 3) - days(1);
    return period;
  }

  const TimeContext& context_;
  std::vector<Piece> pieces_;
  std::optional<TimeDirection> forced_;
  bool is_part_range_ = false;  // a half or quarter after "by" keeps its range
};

}  // namespace

TimeWord time_word(std::string_view lower) {
  const auto& words = time_words();
  const auto found = words.find(lower);
  return found == words.end() ? TimeWord{} : found->second;
}

std::vector<FoundTime> scan_times(std::string_view text, ByteSpan range, const TimeContext& context) {
  return Scanner(text, range, context).scan();
}

std::optional<Day> parse_day(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const int y = number_of(iso.substr(0, 4)), m = number_of(iso.substr(5, 2)), d = number_of(iso.substr(8, 2));
  if (!exists(y, m, d)) return std::nullopt;
  return date(y, static_cast<unsigned>(m), static_cast<unsigned>(d));
}

std::string to_iso(Day day) {
  const year_month_day value(day);
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", static_cast<int>(value.year()), static_cast<unsigned>(value.month()),
                static_cast<unsigned>(value.day()));
  return buffer;
}

}  // namespace dragoman
