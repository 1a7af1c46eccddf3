#include "dragoman/document/labels.h"

#include <array>

namespace dragoman {
namespace {

// Each table is in the order of its enum.
constexpr std::array<std::string_view, 51> tags = {
    "",    "$",   "''",  ",",   "-LRB-", "-RRB-", ".",   ":",   "ADD",  "AFX", "CC",  "CD",  "DT",
    "EX",  "FW",  "HYPH", "IN", "JJ",    "JJR",   "JJS", "LS",  "MD",   "NFP", "NN",  "NNP", "NNPS",
    "NNS", "PDT", "POS", "PRP", "PRP$",  "RB",    "RBR", "RBS", "RP",   "SYM", "TO",  "UH",  "VB",
    "VBD", "VBG", "VBN", "VBP", "VBZ",   "WDT",   "WP",  "WP$", "WRB",  "XX",  "_SP", "``"};

constexpr std::array<std::string_view, 46> deps = {
    "",         "ROOT",    "acl",    "acomp",     "advcl", "advmod", "agent",  "amod",     "appos", "attr",  "aux",  "auxpass",
    "case",     "cc",      "ccomp",  "compound",  "conj",  "csubj",  "csubjpass", "dative", "dep",  "det",   "dobj", "expl",
    "intj",     "mark",    "meta",   "neg",       "nmod",  "npadvmod", "nsubj", "nsubjpass", "nummod", "oprd", "parataxis",
    "pcomp",    "pobj",    "poss",   "preconj",   "predet", "prep",  "prt",    "punct",    "quantmod", "relcl", "xcomp"};

constexpr std::array<std::string_view, 20> parts = {"",     "ADJ",  "ADP", "ADV",  "AUX",  "CONJ", "CCONJ", "DET",   "INTJ", "NOUN",
                                                    "NUM",  "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",    "SPACE"};

constexpr std::array<std::string_view, 19> entity_labels = {
    "",    "CARDINAL", "DATE",    "EVENT",   "FAC",     "GPE",    "LANGUAGE", "LAW",      "LOC",  "MONEY",
    "NORP", "ORDINAL", "ORG", "PERCENT", "PERSON", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART"};

template <class Label, std::size_t n>
std::optional<Label> find(const std::array<std::string_view, n>& names, std::string_view name) {
  for (std::size_t i = 0; i < n; ++i)
    if (names[i] == name) return static_cast<Label>(i);
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Tag tag) { return tags.at(static_cast<std::size_t>(tag)); }
std::string_view to_string(Dep dep) { return deps.at(static_cast<std::size_t>(dep)); }
std::string_view to_string(Pos pos) { return parts.at(static_cast<std::size_t>(pos)); }
std::string_view to_string(EntityLabel label) { return entity_labels.at(static_cast<std::size_t>(label)); }

std::optional<Tag> tag_of(std::string_view label) { return find<Tag>(tags, label); }
std::optional<Dep> dep_of(std::string_view label) { return find<Dep>(deps, label); }
std::optional<Pos> pos_of(std::string_view label) { return find<Pos>(parts, label); }
std::optional<EntityLabel> entity_label_of(std::string_view label) { return find<EntityLabel>(entity_labels, label); }

}  // namespace dragoman
