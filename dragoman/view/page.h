// Page: a text in sections, each line with the sources that it rests on. What a dossier is before it becomes terminal text, Markdown or
// HTML.
#pragma once

#include <string>
#include <vector>

#include "dragoman/store/listings.h"
#include "dragoman/store/source.h"
#include "dragoman/view/terminal.h"

namespace dragoman {

struct PageLine {
  std::string text;
  Style style = Style::plain;
  std::vector<Source> sources;   ///< a reader may open each
  bool heading = false;          ///< a heading within the section
  std::string lead = {};         ///< what stands before the text, with a colon: "completed"
};

[[nodiscard]] inline std::string whole_line(const PageLine& line) { return line.lead.empty() ? line.text : line.lead + ": " + line.text; }

struct PageSection {
  std::string title;
  std::string note;              ///< what the lines are, or why there are none
  std::vector<PageLine> lines;
  std::vector<MonthRow> months;  ///< drawn as a timeline, where there are any
};

struct Page {
  std::string title, subtitle;
  std::vector<PageSection> sections;
};

struct PageOptions {
  bool colours = false;
  unsigned width = 100;
};

void append_page_text(const Page& page, const PageOptions& options, std::string& out);
/// CommonMark; words of the stories are escaped, so that nothing in them is markup.
void append_page_markdown(const Page& page, std::string& out);
/// One file: style within, no scripts, nothing loaded from elsewhere (a Content-Security-Policy forbids it); light and dark, and print.
void append_page_html(const Page& page, std::string& out);

/// "Evening Mail, 2026-03-12 [120–245]"
[[nodiscard]] std::string place_of(const Source& source);
/// "2025-11"
[[nodiscard]] std::string month_name(std::int64_t month);

}  // namespace dragoman
