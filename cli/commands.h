// The commands of dragoman, one file each. Data goes to standard output, words about it to standard error.
// Exit status: 0 done, 1 something failed, 2 misused.
#pragma once

#include <span>
#include <string_view>

namespace dragoman::cli {

using Arguments = std::span<const std::string_view>;  ///< without the program's and the command's name

int run_read(Arguments arguments);
int run_annotate(Arguments arguments);
int run_relate(Arguments arguments);
int run_explain(Arguments arguments);
int run_add(Arguments arguments);
int run_cluster(Arguments arguments);
int run_load(Arguments arguments);
int run_ledger(Arguments arguments);
int run_matrix(Arguments arguments);
int run_brief(Arguments arguments);
int run_events(Arguments arguments);
int run_quotes(Arguments arguments);
int run_people(Arguments arguments);
int run_timeline(Arguments arguments);
int run_search(Arguments arguments);
int run_export(Arguments arguments);
int run_schema(Arguments arguments);
int run_review(Arguments arguments);
int run_reread(Arguments arguments);
int run_serve(Arguments arguments);
int run_doctor(Arguments arguments);
int run_pack_model(Arguments arguments);
int run_who(Arguments arguments);
int run_knowledge(Arguments arguments);
int run_compile_knowledge(Arguments arguments);

}  // namespace dragoman::cli
