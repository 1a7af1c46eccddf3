// Layouts: what every table of the store and every layout of `dragoman export` holds, column by column (data/schema/).
#pragma once

#include <string_view>
#include <vector>

namespace dragoman {

struct LayoutColumn {
  std::string_view name, meaning;
};

struct Layout {
  std::string_view name;     ///< "events.csv", "polecat", "store.events"
  std::string_view form;     ///< "tab-separated, heading"
  std::string_view missing;  ///< what stands where there is nothing
  std::string_view meaning;  ///< what a row is
  std::vector<LayoutColumn> columns;
};

/// All of them: the native tables, the foreign layouts, the store.
[[nodiscard]] const std::vector<Layout>& all_layouts();
/// The one of that full name, which must be there.
[[nodiscard]] const Layout& layout_of(std::string_view name);
/// Those that a user means by a word: the full name, or the table's ("events": events.csv and store.events).
[[nodiscard]] std::vector<const Layout*> find_layouts(std::string_view word);

/// What was settled where codebooks disagree, and other things that hold for all layouts.
struct LayoutNote {
  std::string_view topic, note;
};
[[nodiscard]] const std::vector<LayoutNote>& layout_notes();

}  // namespace dragoman
