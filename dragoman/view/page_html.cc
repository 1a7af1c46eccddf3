// The page as one HTML file that needs nothing else.
#include <algorithm>

#include "dragoman/view/page.h"

namespace dragoman {
namespace {

constexpr std::string_view head = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
)html";

constexpr std::string_view style = R"html(<style>
:root { --ink: #1c1b19; --paper: #fdfcf9; --faint: #6b675f; --line: #dcd8cf; --good: #1d6b43; --bad: #a3302a; --open: #8a6100; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e5de; --paper: #191816; --faint: #a09b90; --line: #3a3833; --good: #6cc795; --bad: #f0887f; --open: #e0b354; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem 4rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 Georgia, "Times New Roman", serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 .5rem; padding-top: .75rem; border-top: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; font: .9rem/1.4 system-ui, sans-serif; }
a { color: inherit; }
.note, .sub { color: var(--faint); font: .9rem/1.4 system-ui, sans-serif; }
ul.lines { padding-left: 1.1rem; margin: .25rem 0; }
ul.lines > li { margin: .35rem 0; }
b.good, li.good::marker { color: var(--good); } b.bad, li.bad::marker { color: var(--bad); } b.open, li.open::marker { color: var(--open); }
li > b { font: 600 .8rem/1.5 system-ui, sans-serif; margin-right: .25rem; }
details { margin: .15rem 0 .15rem .25rem; }
summary { cursor: pointer; color: var(--faint); font: .85rem/1.4 system-ui, sans-serif; }
blockquote { margin: .25rem 0 .5rem; padding-left: .75rem; border-left: 3px solid var(--line); }
blockquote footer { color: var(--faint); font: .85rem/1.4 system-ui, sans-serif; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font: .9rem/1.4 system-ui, sans-serif; }
th, td { padding: .15rem .6rem; text-align: right; border-bottom: 1px solid var(--line); }
th { font-weight: 600; vertical-align: bottom; }
th:first-child, td:first-child { text-align: left; white-space: nowrap; }
td { font-variant-numeric: tabular-nums; }
figure { margin: .75rem 0 1.25rem; overflow-x: auto; }
figcaption { display: flex; gap: 1.25rem; color: var(--faint); font: .85rem/1.4 system-ui, sans-serif; }
figcaption span::before { content: ""; display: inline-block; width: .7em; height: .7em; margin-right: .4em; background: var(--good); }
figcaption .down::before { background: var(--bad); }
svg { display: block; margin: .5rem 0 0; }
svg text { fill: var(--faint); font: 11px system-ui, sans-serif; }
svg .up { fill: var(--good); } svg .down { fill: var(--bad); } svg line { stroke: var(--line); }
@media print {
  body { max-width: none; padding: 0; background: none; font-size: 10pt; }
  nav { display: none; }
  h2 { break-after: avoid; } li, tr { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; }
}
</style>
)html";

std::string escaped(std::string_view text) {
  std::string html;
  for (const char c : one_line(text)) {
    switch (c) {
      case '&': html += "&amp;"; break;
      case '<': html += "&lt;"; break;
      case '>': html += "&gt;"; break;
      case '"': html += "&quot;"; break;
      case '\'': html += "&#39;"; break;
      default: html += c;
    }
  }
  return html;
}

void append_source(const Source& source, std::string& out) {
  std::string said;
  for (const std::string& name : source.speakers) said.append(said.empty() ? "" : "; ").append(name);
  out += "<details><summary>" + escaped((said.empty() ? "" : said + ", in ") + place_of(source)) + "</summary><blockquote><q>" +
         escaped(source.quote) + "</q><footer>" + escaped(source.title);
  out += (source.title.empty() ? "" : " · ") + escaped(source.document);
  if (source.url.starts_with("https://") || source.url.starts_with("http://"))
    out += " · <a href=\"" + escaped(source.url) + "\" rel=\"noreferrer noopener\">" + escaped(source.url) + "</a>";
  out += "</footer></blockquote></details>\n";
}

constexpr std::string_view class_of(Style style_of_line) {
  switch (style_of_line) {
    case Style::good: return " class=\"good\"";
    case Style::bad: return " class=\"bad\"";
    case Style::open: return " class=\"open\"";
    default: return "";
  }
}

/// Months since year 0, so that those without events keep their place on the axis.
std::int64_t count_of(std::int64_t month) { return month / 100 * 12 + month % 100 - 1; }

/// Cooperation above the line, conflict below it, a bar a month; years are marked.
void append_chart(const std::vector<MonthRow>& all, std::string& out) {
  std::vector<const MonthRow*> months;
  for (const MonthRow& row : all)
    if (row.month != 0) months.push_back(&row);
  if (months.empty()) return;
  constexpr std::int64_t height = 84, margin = 34, widest = 900;
  std::int64_t most_up = 0, most_down = 0;
  for (const MonthRow* row : months) {
    most_up = std::max(most_up, row->verbal_cooperation + row->material_cooperation);
    most_down = std::max(most_down, row->verbal_conflict + row->material_conflict);
  }
  const std::int64_t most = std::max<std::int64_t>({most_up, most_down, 1});
  const auto length = [&](std::int64_t events) { return events == 0 ? 0 : std::max<std::int64_t>(2, events * height / most); };
  const std::int64_t first = count_of(months.front()->month), span = count_of(months.back()->month) - first + 1;
  const std::int64_t step = std::clamp<std::int64_t>(widest / span, 3, 22), width = margin + span * step + 48;
  const std::int64_t zero = length(most_up) + 14, bottom = zero + length(most_down), full = bottom + 20;
  const auto number = [](std::int64_t value) { return std::to_string(value); };
  const auto text = [&](std::int64_t x, std::int64_t y, std::string_view anchor, const std::string& words) {
    out += "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + std::string(anchor) + "\">" + words + "</text>\n";
  };
  out += "<figure>\n<figcaption><span>cooperation</span><span class=\"down\">conflict</span></figcaption>\n<svg width=\"" + number(width) + "\" height=\"" + number(full) +
         "\" role=\"img\" aria-label=\"Events by month, " + month_name(months.front()->month) + " to " + month_name(months.back()->month) +
         ": cooperation above the line, conflict below it; the table has the figures\">\n";
  if (most_up > 0) text(margin - 6, zero - length(most_up) + 8, "end", number(most_up));
  if (most_down > 0) text(margin - 6, bottom, "end", number(most_down));
  for (std::int64_t month = first; month < first + span; ++month) {
    if (month != first && month % 12 != 0) continue;
    const std::int64_t x = margin + (month - first) * step;
    const bool crowded = month == first && month % 12 != 0 && (12 - month % 12) * step < 60 && span > 12;  // the next January stands too near
    out += "<line x1=\"" + number(x) + "\" x2=\"" + number(x) + "\" y1=\"" + number(zero) + "\" y2=\"" + number(bottom + 6) + "\"/>\n";
    if (!crowded) text(x, full - 2, "start", month_name(month / 12 * 100 + month % 12 + 1));
  }
  for (const MonthRow* row : months) {
    const std::int64_t up = length(row->verbal_cooperation + row->material_cooperation), down = length(row->verbal_conflict + row->material_conflict);
    const auto bar = [&](std::string_view kind, std::int64_t y, std::int64_t size) {
      if (size > 0)
        out += "<rect class=\"" + std::string(kind) + "\" x=\"" + number(margin + (count_of(row->month) - first) * step + 1) + "\" y=\"" + number(y) + "\" width=\"" +
               number(std::max<std::int64_t>(step - 2, 2)) + "\" height=\"" + number(size) + "\"/>\n";
    };
    bar("up", zero - up, up);
    bar("down", zero, down);
  }
  out += "<line x1=\"" + number(margin) + "\" x2=\"" + number(margin + span * step) + "\" y1=\"" + number(zero) + "\" y2=\"" + number(zero) + "\"/>\n</svg>\n</figure>\n";
}

void append_months(const std::vector<MonthRow>& months, std::string& out) {
  append_chart(months, out);
  out += "<div class=\"wide\"><table>\n<tr><th scope=\"col\">month</th><th scope=\"col\">verbal cooperation</th><th scope=\"col\">material cooperation</th>"
         "<th scope=\"col\">verbal conflict</th><th scope=\"col\">material conflict</th><th scope=\"col\">of these claimed</th><th scope=\"col\">mean score</th></tr>\n";
  for (const MonthRow& row : months) {
    out += "<tr><td>" + month_name(row.month) + "</td>";
    for (const std::int64_t count : {row.verbal_cooperation, row.material_cooperation, row.verbal_conflict, row.material_conflict, row.claimed})
      out += "<td>" + std::to_string(count) + "</td>";
    char score[32] = "";
    if (row.scored != 0) std::snprintf(score, sizeof score, "%+.1f", row.goldstein);
    out += "<td>" + std::string(score) + "</td></tr>\n";
  }
  out += "</table></div>\n";
}

}  // namespace

void append_page_html(const Page& page, std::string& out) {
  out.append(head).append("<title>" + escaped(page.title) + "</title>\n").append(style).append("</head>\n<body>\n<header>\n<h1>");
  out += escaped(page.title) + "</h1>\n<p class=\"sub\">" + escaped(page.subtitle) + "</p>\n</header>\n<nav aria-label=\"Sections\"><ul>\n";
  for (std::size_t i = 0; i < page.sections.size(); ++i)
    out += "<li><a href=\"#s" + std::to_string(i + 1) + "\">" + escaped(page.sections[i].title) + "</a></li>\n";
  out += "</ul></nav>\n<main>\n";
  for (std::size_t i = 0; i < page.sections.size(); ++i) {
    const PageSection& section = page.sections[i];
    const std::string id = "s" + std::to_string(i + 1);
    out += "<section id=\"" + id + "\" aria-labelledby=\"" + id + "h\">\n<h2 id=\"" + id + "h\">" + escaped(section.title) + "</h2>\n";
    if (!section.note.empty()) out += "<p class=\"note\">" + escaped(section.note) + "</p>\n";
    bool open = false;
    for (const PageLine& line : section.lines) {
      if (line.heading) {
        if (open) out += "</ul>\n";
        open = false;
        out += "<h3>" + escaped(line.text) + "</h3>\n";
        continue;
      }
      if (!open) out += "<ul class=\"lines\">\n";
      open = true;
      // Colour on the leading word only, or on the list's mark: long coloured lines are hard to read.
      if (line.lead.empty())
        out += "<li" + std::string(class_of(line.style)) + "><span>" + escaped(line.text) + "</span>\n";
      else
        out += "<li><b" + std::string(class_of(line.style)) + ">" + escaped(line.lead) + "</b> <span>" + escaped(line.text) + "</span>\n";
      for (const Source& source : line.sources) append_source(source, out);
      out += "</li>\n";
    }
    if (open) out += "</ul>\n";
    if (!section.months.empty()) append_months(section.months, out);
    out += "</section>\n";
  }
  out += "</main>\n</body>\n</html>\n";
}

}  // namespace dragoman
