#include "dragoman/knowledge/actor_dictionary.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <sstream>
#include <unordered_map>
#include <unordered_set>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

// ---- lines -----------------------------------------------------------------------------------------------------------------------------

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

struct Line {
  std::string_view text;  // without comment and blanks around it
  std::uint32_t number;
};

// Lines that say something: `#`, `;` and `<!-- -->` comments out (these over several lines, too), none after ---STOP---.
std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  bool in_comment = false;
  std::uint32_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = trimmed(text.substr(begin, end - begin));
    begin = end + 1;
    ++number;
    if (in_comment) {
      in_comment = line.find("-->") == std::string_view::npos;
      continue;
    }
    if (line.starts_with("---STOP---")) break;
    if (line.starts_with('<')) {
      in_comment = line.starts_with("<!--") && line.find("-->") == std::string_view::npos;
      continue;
    }
    line = trimmed(line.substr(0, line.find_first_of("#;")));
    if (!line.empty()) lines.push_back({line, number});
  }
  return lines;
}

// ---- codes -----------------------------------------------------------------------------------------------------------------------------

struct Term {
  std::string code;
  Date from = earliest, to = latest;
  bool dated = false;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "951014" or "19951014": two-digit years up to 30 are of this century, as TABARI has it.
std::optional<Date> date_of(std::string_view text) {
  text = trimmed(text);
  if ((text.size() != 6 && text.size() != 8) || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
  std::string digits(text);
  if (digits.size() == 6) digits.insert(0, digits.substr(0, 2) <= "30" ? "20" : "19");
  const Result<Date> date = parse_date(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2));
  return date ? std::optional(*date) : std::nullopt;
}

// The dictionaries' last days are within their terms; ours are not.
Date day_after(Date date) {
  const int year = date / 10000, month = date / 100 % 100, day = date % 100;
  const Date next = date + 1;
  if (parse_date(to_string_date(next))) return next;
  return day >= 28 && month < 12 ? year * 10000 + (month + 1) * 100 + 1 : (year + 1) * 10000 + 101;
}

// What stands between brackets: "ARN", "ARNGOV 951014-951231", "ARNGOV <950601", "ARNELI > 990816". The error says what is wrong.
Result<Term> term_of(std::string_view inside) {
  inside = trimmed(inside);
  Term term;
  const std::size_t end = std::min(inside.find_first_of(" \t<>"), inside.size());
  term.code = inside.substr(0, end);
  std::transform(term.code.begin(), term.code.end(), term.code.begin(), [](unsigned char c) { return std::toupper(c); });
  const bool letters = std::any_of(term.code.begin(), term.code.end(), [](unsigned char c) { return std::isalpha(c); });
  const bool digits = std::any_of(term.code.begin(), term.code.end(), is_digit);
  if (term.code.empty() || (digits && !letters)) return fail(ErrorCode::malformed, "\"", inside, "\" has no code before its dates");
  const std::string_view rest = trimmed(inside.substr(end));
  if (rest.empty()) return term;
  term.dated = true;
  const auto bad = [&](std::string_view text) {
    return fail(ErrorCode::malformed, "\"", trimmed(text), "\" is no date (expected 951014 or 19951014)");
  };
  if (rest[0] == '<' || rest[0] == '>') {
    const std::optional<Date> date = date_of(rest.substr(1));
    if (!date) return bad(rest.substr(1));
    (rest[0] == '<' ? term.to : term.from) = rest[0] == '<' ? day_after(*date) : *date;
    return term;
  }
  const std::size_t dash = rest.find('-');
  if (dash == std::string_view::npos) return fail(ErrorCode::malformed, "\"", rest, "\" is no term (expected <DATE, >DATE or DATE-DATE)");
  const std::optional<Date> from = date_of(rest.substr(0, dash)), to = date_of(rest.substr(dash + 1));
  if (!from) return bad(rest.substr(0, dash));
  if (!to) return bad(rest.substr(dash + 1));
  if (*to < *from) return fail(ErrorCode::malformed, "\"", rest, "\" ends before it begins");
  term.from = *from;
  term.to = day_after(*to);
  return term;
}

// "---", "+++", "***": PETRARCH's words for no code.
bool is_placeholder(std::string_view code) {
  return std::none_of(code.begin(), code.end(), [](unsigned char c) { return std::isalnum(c); });
}

// ---- names -----------------------------------------------------------------------------------------------------------------------------

// "MINAS_TIRITH" as it stands in a text: "Minas Tirith". Small words and what follows a hyphen may be written either way.
std::string written_name(std::string_view raw) {
  std::string name(raw);
  std::replace(name.begin(), name.end(), '_', ' ');
  const bool shouted = std::none_of(name.begin(), name.end(), [](unsigned char c) { return std::islower(c); });
  static const std::unordered_set<std::string> small{"OF", "THE", "AND", "FOR", "IN", "ON", "DE", "LA", "EL", "AL", "BIN", "IBN", "VAN", "VON"};
  std::string out;
  for (const std::string_view word : split(name, ' ')) {
    std::string piece(word);
    if (out.empty() && piece == "THE" && name.size() > 4) continue;
    if (shouted && piece.find('.') == std::string::npos && piece.size() > 2) {
      const std::size_t hyphen = piece.find('-');
      const bool article = hyphen != std::string::npos && small.contains(piece.substr(0, hyphen));
      for (std::size_t i = 0; i < piece.size(); ++i)
        if (i != (article ? hyphen + 1 : 0)) piece[i] = static_cast<char>(std::tolower(static_cast<unsigned char>(piece[i])));
      if (small.contains(std::string(word)) && !out.empty()) piece[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(piece[0])));
    } else if (shouted && small.contains(piece) && !out.empty()) {
      for (char& c : piece) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    out += (out.empty() ? "" : " ") + piece;
  }
  return out;
}

std::string slug_of(std::string_view name) {
  std::string slug = fold(name);
  std::replace(slug.begin(), slug.end(), ' ', '-');
  std::erase_if(slug, [](unsigned char c) { return !std::isalnum(c) && c != '-'; });
  while (slug.starts_with('-')) slug.erase(0, 1);
  return slug.empty() ? "unnamed" : slug;
}

// How the people of a state that nobody knows may be called: "Dagolathi", "Gondorian", "Rohanese".
std::vector<std::string> demonyms_of(const std::string& name) {
  if (name.size() < 4 || name.find_first_of(" .-") != std::string::npos) return {};
  const char last = name.back();
  if (last == 'a') return {name + "n", name.substr(0, name.size() - 1) + "ese", name.substr(0, name.size() - 1) + "i"};
  if (last == 'e' || last == 'o' || last == 'i' || last == 'u' || last == 'y') return {name + "an", name + "n"};
  return {name + "i", name + "ian", name + "an", name + "ese", name + "ish"};
}

// What three letters of a code say where they name no state (data/entities/actor_codes.tsv).
std::string_view role_kind(std::string_view letters) {
  static const std::unordered_map<std::string_view, std::string_view> kinds = [] {
    const Result<TsvTable> table = parse_tsv(embedded_data("entities/actor_codes.tsv"), "data/entities/actor_codes.tsv", {"code", "kind", "meaning"});
    if (!table) {
      std::fprintf(stderr, "dragoman: %s\n", table.error().message.c_str());
      std::abort();
    }
    std::unordered_map<std::string_view, std::string_view> made;
    for (const TsvRow& row : table->rows) made.emplace(row.cells[0], row.cells[1]);
    return made;
  }();
  const auto found = kinds.find(letters);
  return found == kinds.end() ? std::string_view() : found->second;
}

bool is_bare(const std::string& code) {
  return code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) && role_kind(code).empty();
}

// ---- the import ------------------------------------------------------------------------------------------------------------------------

struct NamedLine {
  std::string name;
  std::uint32_t line;
};

// One record of an actor dictionary.
struct Record {
  const DictionaryText* file;
  std::vector<NamedLine> names;
  std::vector<std::pair<Term, std::uint32_t>> terms;  // with its line
  std::string id;                                     // of the entity, once it is settled
};

class Import {
 public:
  explicit Import(const Knowledge& base) : base_(base) {}

  ImportedDictionaries run(const std::vector<DictionaryText>& actors, const std::vector<DictionaryText>& agents) {
    for (const DictionaryText& file : actors) read_actors(file);
    for (Record& record : records_) settle_terms(record);
    for (Record& record : records_) settle_known(record);
    for (Record& record : records_) settle_state(record);
    for (Record& record : records_) settle_others(record);
    for (const Record& record : records_) keep(record);
    for (const DictionaryText& file : agents) read_agents(file);
    return std::move(result_);
  }

 private:
  static std::string place(const DictionaryText& file, std::uint32_t line) { return file.name + ":" + std::to_string(line); }
  template <class... Parts>
  static std::string cat(const Parts&... parts) {
    std::ostringstream text;
    (text << ... << parts);
    return std::move(text).str();
  }

  // -- reading -------------------------------------------------------------------------------------------------------------------------------

  void read_actors(const DictionaryText& file) {
    Record* record = nullptr;
    for (const Line& line : lines_of(file.text)) {
      const std::size_t open = std::min(line.text.find_first_of("[("), line.text.size());
      std::string_view name = trimmed(line.text.substr(0, open));
      const bool synonym = name.starts_with('+');
      if (synonym) name = trimmed(name.substr(1));
      if (synonym && !record) {
        result_.errors.push_back(cat(place(file, line.number), ": a synonym before any actor; skipped"));
        continue;
      }
      if (!name.empty() && !synonym) {
        records_.push_back({&file, {}, {}, {}});
        record = &records_.back();
      }
      if (!record) {
        result_.errors.push_back(cat(place(file, line.number), ": a code before any actor; skipped"));
        continue;
      }
      if (!name.empty()) {
        const std::string written = written_name(name);
        if (hash_of(written) == word_seed)
          result_.errors.push_back(cat(place(file, line.number), ": \"", name, "\" has no word in it; skipped"));
        else
          record->names.push_back({written, line.number});
      }
      read_codes(file, line, line.text.substr(open), *record);
    }
  }

  void read_codes(const DictionaryText& file, const Line& line, std::string_view rest, Record& record) {
    while (!(rest = trimmed(rest)).empty()) {
      const char closing = rest[0] == '[' ? ']' : ')';
      const std::size_t end = rest.find(closing);
      if ((rest[0] != '[' && rest[0] != '(') || end == std::string_view::npos) {
        result_.errors.push_back(cat(place(file, line.number), ": \"", rest, "\" is no code in brackets; skipped"));
        return;
      }
      const Result<Term> term = term_of(rest.substr(1, end - 1));
      if (!term)
        result_.errors.push_back(cat(place(file, line.number), ": ", term.error().message, "; this code skipped"));
      else
        record.terms.emplace_back(*term, line.number);
      rest.remove_prefix(end + 1);
    }
  }

  // The first that fits a day counts, those without dates last: cut so that no two are of the same days.
  void settle_terms(Record& record) {
    if (record.names.empty()) return;
    std::stable_partition(record.terms.begin(), record.terms.end(), [](const auto& term) { return term.first.dated; });
    std::vector<std::pair<Term, std::uint32_t>> kept;
    for (const auto& [term, line] : record.terms) {
      if (is_placeholder(term.code)) {
        result_.notes.push_back(cat(place(*record.file, line), ": \"", term.code, "\" stands for no code; ", record.names[0].name, " has none",
                                    term.dated ? " on those days" : ""));
        if (!term.dated) continue;
      }
      std::vector<Term> pieces{term};
      for (const auto& [before, other] : kept) {
        std::vector<Term> rest;
        for (const Term& piece : pieces) {
          if (piece.to <= before.from || piece.from >= before.to) {
            rest.push_back(piece);
            continue;
          }
          Term left = piece, right = piece;
          left.to = before.from;
          right.from = before.to;
          if (left.from < left.to) rest.push_back(left);
          if (right.from < right.to) rest.push_back(right);
        }
        pieces = std::move(rest);
      }
      if (pieces.empty()) result_.notes.push_back(cat(place(*record.file, line), ": ", term.code, " never counts: the codes before it cover its days"));
      for (const Term& piece : pieces) kept.emplace_back(piece, line);
    }
    std::erase_if(kept, [](const auto& term) { return is_placeholder(term.first.code); });
    record.terms = std::move(kept);
    if (record.terms.empty())
      result_.notes.push_back(cat(place(*record.file, record.names[0].line), ": ", record.names[0].name, " has no code; skipped"));
  }

  // -- whom a record means -----------------------------------------------------------------------------------------------------------------

  // The one entity of the base that a name means, if it means one; states before others.
  KnownId known_by(const std::string& name) const {
    std::vector<KnownId> sure, states;
    for (const KnownAlias& alias : base_.aliases_of_text(name)) {
      const KnownEntity it = base_[alias.entity];
      if (alias.kind == AliasKind::surname || it.kind == "office" || (alias.implied && base_.place(alias.entity))) continue;
      if (!alias.ambiguous) sure.push_back(alias.entity);
      if (it.kind == "state" && alias.kind != AliasKind::metonym) states.push_back(alias.entity);
    }
    for (std::vector<KnownId>* list : {&sure, &states}) {
      std::sort(list->begin(), list->end());
      list->erase(std::unique(list->begin(), list->end()), list->end());
      if (list->size() == 1) return list->front();
    }
    return not_known;
  }

  void settle_known(Record& record) {
    if (record.terms.empty()) return;
    for (const NamedLine& name : record.names)
      if (const KnownId known = known_by(name.name); known != not_known) {
        record.id = base_[known].id;
        if (base_[known].kind == "state" && record.terms.size() == 1 && is_bare(record.terms[0].first.code))
          states_.emplace(record.terms[0].first.code, record.id);
        return;
      }
  }

  // Of the records with the same three letters the state is the first whose name begins as they do; the letters may be ISO's, too.
  void settle_state(Record& record) {
    if (record.terms.empty() || !record.id.empty()) return;
    for (const auto& [term, line] : record.terms)
      if (!is_bare(term.code)) return;
    const std::string& code = record.terms.back().first.code;
    if (states_.contains(code)) return;
    const KnownId iso = base_.find(code);
    if (iso != not_known) {
      if (base_[iso].kind == "state") states_.emplace(code, code);
      return;
    }
    const bool begins = std::any_of(record.names.begin(), record.names.end(), [&](const NamedLine& name) { return name.name[0] == code[0]; });
    if (!begins) return;
    record.id = code;
    states_.emplace(code, code);
    add_entity(record, code, "state", code, "GOV");
  }

  // The state that a code begins with, as we call it; "" if none.
  std::string state_in(const std::string& code) const {
    const std::string letters = code.substr(0, 3);
    if (const auto found = states_.find(letters); found != states_.end()) return found->second;
    if (!role_kind(letters).empty()) return "";
    const KnownId known = base_.find(letters);
    return known != not_known && base_[known].kind == "state" ? letters : "";
  }

  void settle_others(Record& record) {
    if (record.terms.empty() || !record.id.empty()) return;
    const std::string& code = record.terms.back().first.code;
    // "PRESIDENT_X": the office is no part of the name
    bool person = false;
    for (NamedLine& name : record.names) {
      std::vector<Word> words;
      find_words(name.name, 0, words);
      std::vector<ClassMeaning> meanings;
      const std::uint32_t office = base_.longest_class(words, meanings);
      if (!office || office >= words.size() || meanings[0].is_body || words[office].written == Case::lower) continue;
      name.name.erase(0, words[office].span.begin);
      person = true;
    }
    if (person) {
      settle_known(record);
      if (!record.id.empty()) return;
    }
    std::string sector, kind;
    for (const auto& [term, line] : record.terms) {
      person |= term.dated && term.code.size() >= 6;  // roles that change with the years are a person's
      for (std::size_t at = 0; at + 3 <= term.code.size() && kind.empty(); at += 3) {
        const std::string letters = term.code.substr(at, 3);
        const std::string_view role = role_kind(letters);
        if (role.empty() || role == "region" || role == "faith") continue;
        kind = role;
        sector = letters;
      }
    }
    if (person) kind = "person";
    if (kind.empty()) kind = "organisation";
    const std::string slug = slug_of(record.names[0].name);
    std::string id = (kind == "person" ? "person:" : "org:") + slug;
    for (int number = 2; base_.find(id) != not_known || ids_.contains(id); ++number) id = "actor:" + slug + "-" + std::to_string(number);
    record.id = id;
    add_entity(record, id, kind, state_in(code), kind == "person" ? "" : sector);
  }

  void add_entity(const Record& record, const std::string& id, const std::string& kind, const std::string& country, const std::string& sector) {
    ids_.insert(id);
    result_.rows.entities.push_back({id, kind, record.names[0].name, country, sector, earliest, latest, {}});
  }

  // -- rows --------------------------------------------------------------------------------------------------------------------------------

  void keep(const Record& record) {
    if (record.terms.empty()) return;
    const bool ours = ids_.contains(record.id);
    bool whole_coded = false;
    for (const NamedLine& name : record.names) {
      const auto where = [&] { return place(*record.file, name.line); };
      const auto [before, is_new] = names_.emplace(fold(name.name), where());
      if (!is_new) {
        result_.notes.push_back(cat(where(), ": \"", name.name, "\" is already in ", before->second, "; this one skipped"));
        continue;
      }
      const KnownId known = known_by(name.name);
      if (known != not_known) {  // the base's words stay its own; they get the code
        ++result_.names_known;
        add_codes(record, std::string(base_[known].id), name.name);
        continue;
      }
      std::vector<Word> words;
      find_words(name.name, 0, words);
      std::vector<ClassMeaning> meanings;
      if (base_.longest_class(words, meanings) == words.size()) {
        result_.notes.push_back(cat(where(), ": \"", name.name, "\" names an office or a body, not one actor; skipped"));
        continue;
      }
      if (!whole_coded) add_codes(record, record.id, name.name);
      whole_coded = true;
      if (!ours || &name != &record.names[0]) add_alias(record.id, name.name, AliasKind::name);
      if (ours && result_kind(record.id) == "state" && &name == &record.names[0]) {
        for (const std::string& demonym : demonyms_of(name.name)) add_demonym(record.id, demonym);
      }
    }
  }

  std::string_view result_kind(const std::string& id) const {
    for (const EntityRow& row : result_.rows.entities)
      if (row.id == id) return row.kind;
    return {};
  }

  void add_alias(const std::string& id, const std::string& name, AliasKind kind) {
    result_.rows.aliases.push_back({id, name, kind, earliest, latest, false, {}});
  }

  // Only where nobody has the word: the dictionary's own synonyms, and the base, go before a form made by rule.
  void add_demonym(const std::string& id, const std::string& word) {
    if (!base_.aliases_of_text(word).empty() || names_.contains(fold(word))) return;
    for (const Record& other : records_)
      for (const NamedLine& name : other.names)
        if (name.name == word && other.id != id) return;
    names_.emplace(fold(word), id);
    add_alias(id, word, AliasKind::demonym);
  }

  // The first name's codes are the entity's; another record's for the same entity count where it goes by that name.
  void add_codes(const Record& record, const std::string& id, const std::string& name) {
    std::vector<const CodeRow*> had;
    for (const CodeRow& row : result_.rows.codes)
      if (row.id == id && row.name.empty()) had.push_back(&row);
    std::vector<CodeRow> rows;
    for (const auto& [term, line] : record.terms)
      rows.push_back({id, had.empty() ? "" : name, term.code, term.from, term.to, place(*record.file, line), {}});
    const bool same = had.size() == rows.size() && std::equal(rows.begin(), rows.end(), had.begin(), [](const CodeRow& a, const CodeRow* b) {
      return a.code == b->code && a.from == b->from && a.to == b->to;
    });
    if (!same) result_.rows.codes.insert(result_.rows.codes.end(), rows.begin(), rows.end());
  }

  // -- agents ------------------------------------------------------------------------------------------------------------------------------

  void read_agents(const DictionaryText& file) {
    std::map<std::string, std::vector<std::string>, std::less<>> sets;
    for (const Line& line : lines_of(file.text)) {
      const std::string where = place(file, line.number);
      if (line.text.starts_with('!') && line.text.find('=') != std::string_view::npos) {
        const std::size_t equals = line.text.find('=');
        const std::string_view name = trimmed(line.text.substr(0, equals));
        for (const std::string_view member : split(line.text.substr(equals + 1), ',')) sets[std::string(name)].emplace_back(member);
        if (name.size() < 3 || !name.ends_with('!') || sets[std::string(name)].empty())
          result_.errors.push_back(cat(where, ": \"", line.text, "\" is no set (expected !NAME! = WORD, WORD); skipped"));
        continue;
      }
      const std::size_t open = line.text.find('['), close = line.text.find(']', std::min(open, line.text.size()));
      if (open == std::string_view::npos || close == std::string_view::npos) {
        result_.errors.push_back(cat(where, ": \"", line.text, "\" has no code in brackets; skipped"));
        continue;
      }
      std::string code(trimmed(line.text.substr(open + 1, close - open - 1)));
      if (std::count(code.begin(), code.end(), '~') != 1 || is_placeholder(code)) {
        result_.errors.push_back(cat(where, ": \"", code, "\" has no ~ where the actor's code goes (expected ~GOV or NGO~); skipped"));
        continue;
      }
      std::string_view words = trimmed(line.text.substr(0, open));
      std::string plural;
      if (const std::size_t brace = words.find('{'); brace != std::string_view::npos) {
        const std::size_t end = words.find('}', brace);
        if (end == std::string_view::npos) {
          result_.errors.push_back(cat(where, ": \"", words, "\" has no } after its plural; skipped"));
          continue;
        }
        const std::string_view form = trimmed(words.substr(brace + 1, end - brace - 1));
        plural = form.empty() ? "-" : fold(written_name(form));
        words = trimmed(words.substr(0, brace));
      }
      add_agents(where, std::string(words), code, plural, sets);
    }
  }

  void add_agents(const std::string& where, const std::string& words, const std::string& code, const std::string& plural,
                  const std::map<std::string, std::vector<std::string>, std::less<>>& sets) {
    const std::size_t begin = words.find('!');
    if (begin != std::string::npos) {
      const std::size_t end = words.find('!', begin + 1);
      const auto set = end == std::string::npos ? sets.end() : sets.find(words.substr(begin, end + 1 - begin));
      if (set == sets.end()) {
        result_.errors.push_back(cat(where, ": \"", words, "\" uses a set that is not defined above it; skipped"));
        return;
      }
      for (const std::string& member : set->second) add_agents(where, words.substr(0, begin) + member + words.substr(end + 1), code, "-", sets);
      return;
    }
    const std::string word = fold(written_name(words));
    if (word.empty()) {
      result_.errors.push_back(cat(where, ": \"", words, "\" has no word in it; skipped"));
      return;
    }
    const auto [before, is_new] = agents_.emplace(word, where);
    if (!is_new) {
      result_.notes.push_back(cat(where, ": \"", word, "\" is already in ", before->second, "; this one skipped"));
      return;
    }
    result_.rows.agents.push_back({word, code, plural, where, {}});
  }

  const Knowledge& base_;
  ImportedDictionaries result_;
  std::vector<Record> records_;
  std::map<std::string, std::string> states_;   // our id by the dictionary's three letters
  std::unordered_set<std::string> ids_;         // of entities that are the dictionary's own
  std::unordered_map<std::string, std::string> names_, agents_;  // by folded words: where they stand
};

}  // namespace

ImportedDictionaries import_dictionaries(const std::vector<DictionaryText>& actors, const std::vector<DictionaryText>& agents,
                                         const Knowledge& base) {
  return Import(base).run(actors, agents);
}

}  // namespace dragoman
