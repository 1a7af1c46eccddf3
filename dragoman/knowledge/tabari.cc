#include "dragoman/knowledge/tabari.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// Lines without comments: "# ..." to the end, "<!-- ... -->" over several lines ("<! --" is seen, too), "; ...".
struct Line {
  std::string text;
  std::size_t number;
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  bool in_comment = false;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    std::string kept;
    for (std::size_t at = 0; at < line.size();) {
      if (in_comment) {
        const std::size_t close = line.find("-->", at);
        if (close == std::string_view::npos) break;
        in_comment = false;
        at = close + 3;
        continue;
      }
      if (line.substr(at).starts_with("<!--") || line.substr(at).starts_with("<! --")) {
        in_comment = true;
        at += 4;
        continue;
      }
      if (line[at] == '#' || line[at] == ';') break;
      kept += line[at++];
    }
    if (!trim(kept).empty()) lines.push_back({std::move(kept), number});
  }
  return lines;
}

// "950601" or "19950601"; two-digit years up to 30 are of this century.
std::optional<Date> date_of(std::string_view text) {
  Date date = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), date);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (text.size() == 6) date += date / 10000 <= 30 ? 20000000 : 19000000;
  else if (text.size() != 8) return std::nullopt;
  const Date month = date / 100 % 100, day = date % 100;
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  return date;
}

Date day_after(Date date) {  // good enough for a half-open end: past the month's last day is the next month's first
  const Date day = date % 100;
  if (day < 28) return date + 1;
  const Date month = date / 100 % 100;
  return month == 12 ? (date / 10000 + 1) * 10000 + 101 : date / 10000 * 10000 + (month + 1) * 100 + 1;
}

// What stands in brackets: "HOB", "HOB < 950601", "HOBREB >990816", "HOBGOV 19950601 - 19990815".
Result<TabariCode> code_of(std::string_view inside, const std::string& where) {
  const auto wrong = [&](std::string_view why) { return fail(ErrorCode::malformed, where, ": \"[", inside, "]\" ", why); };
  TabariCode code;
  std::string_view text = trim(inside);
  const std::size_t end = std::min(text.find_first_of(" <>\t"), text.size());
  code.code = text.substr(0, end);
  for (char& c : code.code) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  if (code.code.empty()) return wrong("has no code");
  text = trim(text.substr(end));
  if (text.empty()) return code;
  const char sign = text[0];
  if (sign == '<' || sign == '>') {
    const std::optional<Date> date = date_of(trim(text.substr(1)));
    if (!date) return wrong("has no date after its sign (expected 950601 or 19950601)");
    (sign == '<' ? code.to : code.from) = *date;
    return code;
  }
  const std::size_t dash = text.find('-');
  const std::optional<Date> from = date_of(trim(text.substr(0, dash)));
  const std::optional<Date> to = dash == std::string_view::npos ? from : date_of(trim(text.substr(dash + 1)));
  if (!from || !to) return wrong("has dates that can't be read (expected 950601-990815 or 19950601-19990815)");
  if (*to < *from) return wrong("ends before it begins");
  code.from = *from;
  code.to = day_after(*to);
  return code;
}

bool is_null(std::string_view code) { return code.find_first_not_of("-+") == std::string_view::npos; }

// Takes the bracketed codes off a line: the rest is the pattern.
Result<std::string> without_codes(const Line& line, const std::string& name, std::vector<std::string>& inside) {
  std::string rest;
  std::string_view text = line.text;
  while (!text.empty()) {
    const std::size_t open = text.find('[');
    rest += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find(']', open);
    if (close == std::string_view::npos) return fail(ErrorCode::malformed, name, ":", line.number, ": \"[\" without \"]\"");
    inside.emplace_back(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  return std::string(trim(rest));
}

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

std::string spaced(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return std::string(trim(text));
}

}  // namespace

Result<std::vector<TabariActor>> parse_tabari_actors(std::string_view text, const std::string& name) {
  std::vector<TabariActor> actors;
  for (const Line& line : lines_of(text)) {
    std::vector<std::string> inside;
    Result<std::string> pattern = without_codes(line, name, inside);
    if (!pattern) return tl::unexpected(pattern.error());
    const std::string where = name + ":" + std::to_string(line.number);
    if (pattern->starts_with('+')) {
      if (actors.empty()) return fail(ErrorCode::malformed, where, ": a synonym with no actor before it");
      const std::string synonym(trim(std::string_view(*pattern).substr(1)));
      if (synonym.empty()) return fail(ErrorCode::malformed, where, ": \"+\" without a name");
      actors.back().patterns.push_back(synonym);
    } else if (!pattern->empty()) {
      if (pattern->starts_with('<')) continue;  // other mark-up of the file
      actors.push_back({{*pattern}, {}, line.number});
    } else if (actors.empty()) {
      return fail(ErrorCode::malformed, where, ": a code with no actor before it");
    }
    for (const std::string& one : inside) {
      Result<TabariCode> code = code_of(one, where);
      if (!code) return tl::unexpected(code.error());
      if (!is_null(code->code)) actors.back().codes.push_back(std::move(*code));
    }
  }
  return actors;
}

Result<std::vector<TabariAgent>> parse_tabari_agents(std::string_view text, const std::string& name) {
  std::vector<TabariAgent> agents;
  std::map<std::string, std::vector<std::string>> sets;
  for (const Line& line : lines_of(text)) {
    const std::string where = name + ":" + std::to_string(line.number);
    const std::string_view whole = trim(line.text);
    if (whole.starts_with('!') && whole.find('=') != std::string_view::npos) {  // !MINST! = MINISTER, MINISTERS
      const std::size_t equals = whole.find('=');
      const std::string key(trim(whole.substr(0, equals)));
      if (key.size() < 3 || !key.ends_with('!')) return fail(ErrorCode::malformed, where, ": a set's name is not in \"!\"");
      for (const std::string_view word : split(whole.substr(equals + 1), ',')) sets[key].emplace_back(word);
      continue;
    }
    std::vector<std::string> inside;
    Result<std::string> pattern = without_codes(line, name, inside);
    if (!pattern) return tl::unexpected(pattern.error());
    if (pattern->starts_with('<')) continue;
    if (inside.size() != 1) return fail(ErrorCode::malformed, where, ": ", inside.size(), " codes in brackets, expected one");
    const std::string code(trim(inside[0]));
    if (code.size() < 2 || (code.front() != '~' && code.back() != '~'))
      return fail(ErrorCode::malformed, where, ": \"[", inside[0], "]\" has no \"~\" where the state's code goes");
    std::string words = *pattern;
    std::vector<std::string> forms;
    if (const std::size_t open = words.find('{'); open != std::string::npos) {
      const std::size_t close = words.find('}', open);
      if (close == std::string::npos) return fail(ErrorCode::malformed, where, ": \"{\" without \"}\"");
      for (const std::string_view form : split(std::string_view(words).substr(open + 1, close - open - 1), ',')) forms.emplace_back(form);
      words.erase(open);
    } else {
      const std::string single(trim(words));
      forms.push_back(single.ends_with('Y') ? single.substr(0, single.size() - 1) + "IES" : single + "S");
    }
    forms.insert(forms.begin(), std::string(trim(words)));
    // A set in the words stands for each of its members.
    std::vector<std::string> spelled;
    for (const std::string& form : forms) {
      const std::size_t open = form.find('!');
      const std::size_t close = open == std::string::npos ? open : form.find('!', open + 1);
      if (close == std::string::npos) {
        spelled.push_back(form);
        continue;
      }
      const std::string key = form.substr(open, close - open + 1);
      if (!sets.contains(key)) return fail(ErrorCode::malformed, where, ": no set ", key);
      for (const std::string& member : sets[key]) spelled.push_back(form.substr(0, open) + member + form.substr(close + 1));
    }
    const bool before = code.back() == '~';
    for (const std::string& form : spelled) {
      const std::string word = lower(spaced(form));
      if (word.empty()) return fail(ErrorCode::malformed, where, ": a code without words");
      agents.push_back({word, before ? code.substr(0, code.size() - 1) : code.substr(1), before, line.number});
    }
  }
  return agents;
}

namespace {

// "UNITED_NATIONS" as a text writes it: "United Nations"; dotted and short forms stay in capitals, too.
std::vector<std::string> spellings(const std::string& pattern) {
  const std::string text = spaced(pattern);
  static const std::set<std::string> words{"us", "it", "who", "is", "am", "as", "at", "an", "in", "on", "or", "to",
                                           "we", "he", "me", "my", "no", "so", "do", "go", "if", "by", "up", "of", "be", "are", "ira", "aid"};
  static const std::set<std::string> small{"of", "the", "and", "for", "in", "on", "to", "de", "la", "al"};
  std::vector<std::string> forms;
  const bool short_word = text.find(' ') == std::string::npos && text.size() <= 3;
  if (short_word || text.find('.') != std::string::npos) forms.push_back(text);
  if (text.find('.') != std::string::npos || (short_word && words.contains(lower(text)))) return forms;
  std::string capitalised;
  bool begins = true, first = true;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = at;
    while (end < text.size() && text[end] != ' ' && text[end] != '-') ++end;
    std::string word = lower(text.substr(at, end - at));
    if (!word.empty() && (first || !small.contains(word)) && begins)
      word[0] = word[0] >= 'a' && word[0] <= 'z' ? static_cast<char>(word[0] - 'a' + 'A') : word[0];
    capitalised += word;
    if (end < text.size()) capitalised += text[end];
    at = end + 1;
    first = false;
  }
  forms.push_back(capitalised);
  return forms;
}

std::string slug(std::string_view text) {
  std::string made = fold(text);
  std::replace(made.begin(), made.end(), ' ', '-');
  return made;
}

std::string_view kind_of_role(std::string_view role) {
  const std::string_view first = role.substr(0, 3);
  if (first == "GOV" || first == "MIL" || first == "JUD" || first == "LEG" || first == "COP" || first == "SPY") return "government_body";
  if (first == "REB" || first == "INS" || first == "SEP" || first == "CRM" || first == "UAF") return "armed_group";
  if (first == "BUS" || first == "MNC") return "company";
  if (first == "OPP" || first == "PTY") return "party";
  if (first == "CVL") return "people";
  return "organisation";
}

class Overlay {
 public:
  explicit Overlay(const Knowledge& base) : base_(base) {
    for (KnownId id = 0; id < base.size(); ++id)
      if (base[id].kind == "state") states_.insert(std::string(base[id].id));
  }

  void add(const TabariActor& actor) {
    if (actor.codes.empty()) return;
    const std::string id = entity_of(actor);
    for (const TabariCode& code : actor.codes)
      if (code.code != id)
        codes_.insert(id + "\t" + code.code + "\t" + to_string_date(code.from) + "\t" + to_string_date(code.to) + "\n");
    for (const std::string& pattern : actor.patterns)
      for (const std::string& form : forms_of(pattern, id))
        if (!already_means(form, id)) aliases_.emplace(form, id);
  }

  void add(const TabariAgent& agent) { agents_.insert(agent.word + "\t" + agent.code + "\t" + (agent.before ? "before" : "after") + "\n"); }

  std::vector<OverlayTable> tables() const {
    const std::string made = "# Made by dragoman knowledge import.\n";
    std::string entities = made + "id\tkind\tname\tcountry\tsector\tfrom\tto\n", aliases = made + "id\talias\tlang\tkind\tfrom\tto\tambiguous\n";
    std::string codes = made + "id\tcode\tfrom\tto\n", agents = made + "word\tcode\tposition\n";
    for (const auto& [id, line] : entities_) entities += line;
    for (const auto& [alias, id] : aliases_) aliases += id + "\t" + alias + "\ten\tname\t..\t..\t\n";
    for (const std::string& line : codes_) codes += line;
    for (const std::string& line : agents_) agents += line;
    return {{"entities.tsv", entities}, {"aliases.tsv", aliases}, {"codes.tsv", codes}, {"agents.tsv", agents}};
  }

 private:
  // The one entity of the base that goes by that name; "" if none or several.
  std::string known_as(const std::string& form) const {
    std::vector<Word> words;
    find_words(form, 0, words);
    const NameMatch match = base_.longest(words);
    std::string only;
    if (match.words != words.size()) return "";
    for (std::uint32_t i = 0; i < match.count; ++i) {
      const std::optional<KnownAlias> alias = base_.alias(match, i, words);
      if (!alias || alias->ambiguous || alias->implied || alias->kind == AliasKind::metonym || alias->kind == AliasKind::surname) continue;
      const std::string id(base_[alias->entity].id);
      if (!only.empty() && only != id) return "";
      only = id;
    }
    return only;
  }

  bool already_means(const std::string& form, const std::string& id) const { return known_as(form) == id; }

  std::string entity_of(const TabariActor& actor) {
    const std::string& code = actor.codes.front().code;
    for (const std::string& pattern : actor.patterns)
      for (const std::string& form : spellings(pattern))
        if (const std::string id = known_as(form); !id.empty()) return id;
    if (code.size() == 3 && states_.contains(code)) return code;
    const std::string country = code.size() >= 3 && states_.contains(code.substr(0, 3)) ? code.substr(0, 3) : "";
    const std::string name = spellings(actor.patterns.front()).back();
    if (code.size() == 3 && country.empty() && code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos) {
      states_.insert(code);
      entities_.emplace(code, code + "\tstate\t" + name + "\t" + code + "\tGOV\t..\t..\n");
      return code;
    }
    const std::string role = country.empty() ? code : code.substr(3);
    const bool igo = code.starts_with("IGO");
    const std::string id = "actor:" + slug(name);
    entities_.emplace(id, id + "\t" + std::string(igo ? "intergovernmental_body" : kind_of_role(role)) + "\t" + name + "\t" + country + "\t" +
                              (igo ? "IGO" : role.substr(0, 3)) + "\t..\t..\n");
    return id;
  }

  // A pattern without "_" at its end also begins longer words: "BULGAR" is Bulgaria and Bulgarian. As the base knows them.
  std::vector<std::string> forms_of(const std::string& pattern, const std::string& id) const {
    std::vector<std::string> forms = spellings(pattern);
    const KnownId known = base_.find(id);
    if (pattern.ends_with('_') || known == not_known) return forms;
    const std::string stem = fold(spaced(pattern));
    for (const std::string_view name : base_.names_of(known)) {
      const std::string folded = fold(name);
      if (folded.size() > stem.size() && folded.size() <= stem.size() + 4 && folded.starts_with(stem)) forms.emplace_back(name);
    }
    return forms;
  }

  const Knowledge& base_;
  std::set<std::string> states_;
  std::map<std::string, std::string> entities_;  // id -> line
  std::map<std::string, std::string> aliases_;   // alias -> id: the first actor keeps a name
  std::set<std::string> codes_, agents_;
};

}  // namespace

std::vector<OverlayTable> overlay_of(const std::vector<TabariActor>& actors, const std::vector<TabariAgent>& agents, const Knowledge& base) {
  Overlay overlay(base);
  for (const TabariActor& actor : actors) overlay.add(actor);
  for (const TabariAgent& agent : agents) overlay.add(agent);
  return overlay.tables();
}

}  // namespace dragoman
