// TABARI and PETRARCH dictionaries: actors and agents as event coders have kept them for decades, into knowledge tables.
//
//   HAMAS [PSEREBHMS]            WASHINGTON [USAGOV]           FOREIGN_MINISTER {} [~GOVFRM]
//   GOLLUM                       +SMEAGOL                      !MINST! = MINISTER, MINISTERS
//     [HOB < 950601]
//     [HOBGOV 19950601 - 19990815]
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/knowledge/knowledge.h"
#include "dragoman/knowledge/rows.h"

namespace dragoman {

struct TabariCode {
  std::string code;  ///< "PSEREBHMS"; the null codes "---" and "+++" are left out
  Date from = earliest, to = latest;
};

struct TabariActor {
  std::vector<std::string> patterns;  ///< as written: "UNITED_NATIONS", "LIBYA_"
  std::vector<TabariCode> codes;
  std::size_t line = 0;
};

struct TabariAgent {
  std::string word;  ///< "foreign minister"
  std::string code;  ///< "GOVFRM"
  bool before = false;  ///< "[NGO~]": it stands before the state's code
  std::size_t line = 0;
};

/// `malformed`, with `name` and line, where a line can't be understood.
[[nodiscard]] Result<std::vector<TabariActor>> parse_tabari_actors(std::string_view text, const std::string& name);
[[nodiscard]] Result<std::vector<TabariAgent>> parse_tabari_agents(std::string_view text, const std::string& name);

/// The tables of an overlay: name of the file and its text, in order. An actor that the base knows by that name gets its codes there; others
/// become entities of their own, `actor:<slug>`, or states of an unknown three-letter code.
struct OverlayTable {
  std::string file, text;
};
[[nodiscard]] std::vector<OverlayTable> overlay_of(const std::vector<TabariActor>& actors, const std::vector<TabariAgent>& agents,
                                                   const Knowledge& base);

}  // namespace dragoman
