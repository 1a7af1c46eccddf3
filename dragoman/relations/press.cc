#include "dragoman/relations/press.h"

#include "dragoman/relations/word_classes.h"

namespace dragoman {

bool withholds_name(const Document& document, TokenIndex verb) {
  for (const TokenIndex child : document.children(verb)) {
    const Token& token = document[child];
    if (token.dep == Dep::dobj && is_one_of(WordClass::anonymity, token.lemma)) return true;
    if ((token.dep == Dep::xcomp || token.dep == Dep::ccomp) && is_one_of(WordClass::naming, token.lemma) && document.child(child, Dep::auxpass) != no_token &&
        document.child(child, Dep::oprd) == no_token && document.child(child, Dep::nsubjpass) == no_token)  // "asked to be named envoy", "asked that it be named"
      return true;
  }
  return false;
}

bool meets_press(const Document& document, TokenIndex verb) {
  if (!is_one_of(WordClass::speaking, document[verb].lemma)) return false;
  bool press = false;
  for (const TokenIndex child : document.children(verb)) {
    const Token& token = document[child];
    if (token.dep != Dep::prep || (token.lower != "to" && token.lower != "with")) continue;
    const TokenIndex partner = document.child(child, Dep::pobj);
    if (partner == no_token) continue;
    if (!is_one_of(WordClass::press, document[partner].lemma)) return false;
    press = true;
  }
  return press;
}

bool is_press_occasion(const Document& document, TokenIndex noun) {
  const Token& token = document[noun];
  if (token.lemma != "conference" && token.lemma != "briefing") return false;
  const bool place_of_words = token.dep == Dep::pobj || ((token.dep == Dep::dobj || token.dep == Dep::dative) && document[token.head].lemma == "tell");
  if (!place_of_words) return false;
  for (const TokenIndex child : document.children(noun))
    if (document[child].dep == Dep::compound && is_one_of(WordClass::press_kind, document[child].lower)) return true;
  return false;
}

}  // namespace dragoman
