// Labels: the closed vocabularies of the annotation (Penn Treebank tags, ClearNLP dependencies, universal POS, OntoNotes entities).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace dragoman {

/// Fine part of speech (Penn Treebank). `none` before the tagger ran.
enum class Tag : std::uint8_t {
  none, dollar, quote_close, comma, lrb, rrb, period, colon, add, afx, cc, cd, dt, ex, fw, hyph, in, jj, jjr, jjs, ls, md, nfp,
  nn, nnp, nnps, nns, pdt, pos, prp, prp_poss, rb, rbr, rbs, rp, sym, to, uh, vb, vbd, vbg, vbn, vbp, vbz, wdt, wp, wp_poss, wrb,
  xx, space, quote_open
};

/// Dependency label (ClearNLP, as spaCy names them).
enum class Dep : std::uint8_t {
  none, root, acl, acomp, advcl, advmod, agent, amod, appos, attr, aux, auxpass, case_, cc, ccomp, compound, conj, csubj,
  csubjpass, dative, dep, det, dobj, expl, intj, mark, meta, neg, nmod, npadvmod, nsubj, nsubjpass, nummod, oprd, parataxis,
  pcomp, pobj, poss, preconj, predet, prep, prt, punct, quantmod, relcl, xcomp
};

/// Universal part of speech.
enum class Pos : std::uint8_t {
  none, adj, adp, adv, aux, conj, cconj, det, intj, noun, num, part, pron, propn, punct, sconj, sym, verb, x, space
};

/// Named-entity label (OntoNotes 5).
enum class EntityLabel : std::uint8_t {
  none, cardinal, date, event, fac, gpe, language, law, loc, money, norp, ordinal, org, percent, person, product, quantity, time,
  work_of_art
};

/// The label as the treebanks write it ("-LRB-", "nsubj", "PROPN", "GPE"); "" for none.
[[nodiscard]] std::string_view to_string(Tag tag);
[[nodiscard]] std::string_view to_string(Dep dep);
[[nodiscard]] std::string_view to_string(Pos pos);
[[nodiscard]] std::string_view to_string(EntityLabel label);

/// None where the label is not of the vocabulary. "" gives `none`.
[[nodiscard]] std::optional<Tag> tag_of(std::string_view label);
[[nodiscard]] std::optional<Dep> dep_of(std::string_view label);
[[nodiscard]] std::optional<Pos> pos_of(std::string_view label);
[[nodiscard]] std::optional<EntityLabel> entity_label_of(std::string_view label);

}  // namespace dragoman
