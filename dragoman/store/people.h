// People: persons who are named in stories, with their offices as the stories have them.
//
//   actors + entities of all stories  ->  rank_people()  ->  complete_people() for those that are shown
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "dragoman/store/selection.h"
#include "dragoman/store/sqlite.h"

namespace dragoman {

struct PersonRow {
  std::int64_t actor = 0;            ///< actors.actor
  std::string ref, name, party;
  std::vector<std::string> offices;  ///< as the stories name them, latest first
  std::int64_t stories = 0, quotes = 0;
  std::string first, last;           ///< days of publication
};

struct People {
  std::vector<PersonRow> rows;       ///< those in most stories first; days, offices and quotes are left out
  bool anywhere = true;              ///< in all stories; else in `stories` alone
  std::unordered_set<std::int64_t> stories;
  [[nodiscard]] bool counts(std::int64_t doc) const { return anywhere || stories.contains(doc); }
};
/// --between: people of either, in stories about both.
[[nodiscard]] People rank_people(Database& database, const Selection& selection);
/// Fills in days, offices and quotes of some of its rows.
void complete_people(Database& database, const People& people, std::span<PersonRow> rows);

/// The first `limit` of them, whole; 0: all.
[[nodiscard]] std::vector<PersonRow> list_people(Database& database, const Selection& selection, std::size_t limit);

}  // namespace dragoman
