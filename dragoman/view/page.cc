#include "dragoman/view/page.h"

#include <algorithm>
#include <cstdio>

namespace dragoman {
namespace {

constexpr std::size_t longest_quote = 300;  ///< bytes shown of a sentence, cut at a blank

std::string shortened(const std::string& text) {
  std::string quote = one_line(text);
  if (quote.size() <= longest_quote) return quote;
  const std::size_t blank = quote.rfind(' ', longest_quote);
  quote.resize(blank == std::string::npos ? longest_quote : blank);
  return quote + " …";
}

std::string speakers_of(const Source& source) {
  std::string names;
  for (const std::string& name : source.speakers) names.append(names.empty() ? "" : "; ").append(name);
  return names;
}

std::string score_of(const MonthRow& row) {
  if (row.scored == 0) return "";
  char text[32];
  std::snprintf(text, sizeof text, "%+.1f", row.goldstein);
  return text;
}

std::string bar(std::int64_t events, std::int64_t most, std::string_view mark) {
  constexpr std::int64_t longest = 24;
  const std::int64_t length = events == 0 ? 0 : std::max<std::int64_t>(1, events * longest / std::max<std::int64_t>(most, 1));
  std::string text;
  for (std::int64_t i = 0; i < length; ++i) text += mark;
  return text;
}

std::int64_t most_of(const std::vector<MonthRow>& months) {
  std::int64_t most = 1;
  for (const MonthRow& row : months)
    most = std::max({most, row.verbal_cooperation + row.material_cooperation, row.verbal_conflict + row.material_conflict});
  return most;
}

}  // namespace

std::string place_of(const Source& source) {
  std::string place = source.outlet.empty() ? source.document : source.outlet;
  if (!source.date.empty()) place += ", " + source.date;
  return place + " [" + std::to_string(source.span.begin) + "–" + std::to_string(source.span.end) + "]";
}

std::string month_name(std::int64_t month) {
  if (month == 0) return "no date";
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02d", static_cast<int>(month / 100), static_cast<int>(month % 100));
  return text;
}

void append_page_text(const Page& page, const PageOptions& options, std::string& out) {
  TerminalText text(out, options.colours, options.width);
  text.line(page.title, 0, 0, Style::bold);
  text.line(page.subtitle, 0, 0, Style::dim);
  for (const PageSection& section : page.sections) {
    text.blank();
    std::string title = section.title;
    std::transform(title.begin(), title.end(), title.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    text.heading(title);
    if (!section.note.empty()) text.line(section.note, 2, 2, Style::dim);
    for (const PageLine& line : section.lines) {
      text.line(whole_line(line), line.heading ? 2 : 4, line.heading ? 2 : 6, line.heading ? Style::bold : line.style);
      for (const Source& source : line.sources) {
        const std::string said = speakers_of(source);
        text.line("“" + shortened(source.quote) + "” " + (said.empty() ? "" : said + ", in ") + place_of(source), 8, 10, Style::dim);
      }
    }
    const std::int64_t most = most_of(section.months);
    for (const MonthRow& row : section.months) {
      const std::int64_t good = row.verbal_cooperation + row.material_cooperation, bad = row.verbal_conflict + row.material_conflict;
      std::string line = "  " + month_name(row.month) + "  ";
      char counts[64];
      std::snprintf(counts, sizeof counts, "%5lld %5lld  %5s  ", static_cast<long long>(good), static_cast<long long>(bad), score_of(row).c_str());
      out += line + counts + bar(good, most, "+") + bar(bad, most, "-") + "\n";
    }
  }
  text.blank();
}

// -- Markdown --------------------------------------------------------------------------------------------------------------------------

namespace {

std::string markdown(std::string_view text) {
  std::string escaped;
  for (const char c : one_line(text)) {
    if (std::string_view("\\`*_{}[]<>#|!~").find(c) != std::string_view::npos) escaped += '\\';
    if (c == '&')
      escaped += "&amp;";
    else
      escaped += c;
  }
  // A number or a sign at the beginning of a line would make a list.
  if (!escaped.empty() && (escaped[0] == '-' || escaped[0] == '+')) escaped.insert(0, "\\");
  return escaped;
}

}  // namespace

void append_page_markdown(const Page& page, std::string& out) {
  out += "# " + markdown(page.title) + "\n\n" + markdown(page.subtitle) + "\n";
  for (const PageSection& section : page.sections) {
    out += "\n## " + markdown(section.title) + "\n\n";
    if (!section.note.empty()) out += "*" + markdown(section.note) + "*\n\n";
    for (const PageLine& line : section.lines) {
      if (line.heading) {
        out += "\n### " + markdown(line.text) + "\n\n";
        continue;
      }
      out += "- " + markdown(whole_line(line)) + "\n";
      for (const Source& source : line.sources) {
        const std::string said = speakers_of(source);
        out += "  - “" + markdown(shortened(source.quote)) + "” " + (said.empty() ? "" : markdown(said) + ", in ") + markdown(place_of(source)) + "\n";
      }
    }
    if (!section.months.empty()) {
      out += "| month | verbal cooperation | material cooperation | verbal conflict | material conflict | claimed | mean score |\n"
             "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n";
      for (const MonthRow& row : section.months) {
        out += "| " + month_name(row.month);
        for (const std::int64_t count : {row.verbal_cooperation, row.material_cooperation, row.verbal_conflict, row.material_conflict, row.claimed})
          out += " | " + std::to_string(count);
        out += " | " + score_of(row) + " |\n";
      }
    }
  }
}

}  // namespace dragoman
